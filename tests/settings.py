"""The settings of the suite, with the jobs that tests of the queue run."""

from andock.config.settings.test import *
from andock.config.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.kernel.jobs_app"]
