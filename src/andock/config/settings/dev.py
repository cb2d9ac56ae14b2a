"""For developers: errors in full, static files straight from the sources."""

from .base import *

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING = logs.configure(as_json=False)
