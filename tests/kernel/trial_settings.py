"""The test settings on a database that real processes share, with the jobs of jobs_app."""

import os

import dj_database_url

from andock.config.settings.test import *
from andock.config.settings.test import DATABASES, INSTALLED_APPS

INSTALLED_APPS = ["tests.kernel.jobs_app", *INSTALLED_APPS]
OPTIONS = DATABASES["default"]["OPTIONS"]
DATABASES = {"default": {**dj_database_url.parse(os.environ["TRIAL_DATABASE_URL"]), "OPTIONS": OPTIONS}}
