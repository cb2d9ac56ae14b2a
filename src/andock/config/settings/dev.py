"""For developers: errors in full, static files straight from the sources."""

from andock.kernel.logs import configure as configure_logs

from .base import *

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING = configure_logs(as_json=False)
