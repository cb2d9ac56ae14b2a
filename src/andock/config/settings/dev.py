"""For developers: errors in full, static files straight from the sources."""

from .base import *  # noqa: F403

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
LOGGING = logs.configure(as_json=False)  # noqa: F405
