"""The site as in production; a request that asks for it is told how many queries it took."""

from andock.config.settings.production import *  # noqa: F403
from andock.config.settings.production import MIDDLEWARE, STORAGES

MIDDLEWARE = ["andock.bench.counting.count_queries", *MIDDLEWARE]
# The same addresses as in production; compressing files that are not measured would take most of the preparation.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
