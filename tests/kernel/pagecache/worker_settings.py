"""The test settings for a process of its own."""

from andock.config.settings.test import *

ROOT_URLCONF = "tests.kernel.pagecache.site"
