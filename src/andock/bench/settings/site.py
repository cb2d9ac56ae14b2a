"""The site as in production, with what only a measurement may ask for (``bench/counting.py``)."""

from andock.config.settings.production import *  # noqa: F403
from andock.config.settings.production import MIDDLEWARE, STORAGES

MIDDLEWARE = ["andock.bench.counting.count_queries", "andock.bench.counting.forget_parts", *MIDDLEWARE]
# The same addresses as in production; compressing files that are not measured would take most of the preparation.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
