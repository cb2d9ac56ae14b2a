"""For the test suite; SQLite, or the database that ANDOCK_TEST_DATABASE_URL names."""

import os
import tempfile

from andock.kernel.logs import configure as configure_logs

os.environ["ANDOCK_DATA"] = tempfile.mkdtemp(prefix="andock-test-")
os.environ["ANDOCK_DATABASE_URL"] = os.environ.get("ANDOCK_TEST_DATABASE_URL") or "sqlite:///:memory:"
os.environ["ANDOCK_SECRET_KEY"] = "for tests only, " * 4
for name in (
    "ANDOCK_DEMO",
    "ANDOCK_DEMO_PUBLIC",
    "ANDOCK_BASE_URL",
    "ANDOCK_HOSTS",
    "ANDOCK_REDIS_URL",
    "ANDOCK_OIDC_ISSUER",
    "ANDOCK_OIDC_RESIDENCE_CLAIM",
    "ANDOCK_OIDC_RESIDENCE_SCOPE",
):
    os.environ.pop(name, None)

from .base import *  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING = configure_logs(as_json=False)
