"""The test settings for a process of its own."""

from andock.config.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.kernel.pagecache.site"
