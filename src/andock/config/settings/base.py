"""Settings shared by all ways of running. Runs without any environment variable on SQLite."""

import logging
from email.utils import parseaddr
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from andock.config.environment import read_environment
from andock.config.modules import MODULES
from andock.config.settings.cms import *
from andock.config.settings.cms import WAGTAIL_APPS
from andock.kernel import logs

from .sign_in import *
from .sign_in import SIGN_IN_APPS, SIGN_IN_MIDDLEWARE, shared_cache, sign_in_providers

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parents[2]

ANDOCK_MODULES = MODULES
ANDOCK_CONTACT = ENVIRONMENT.contact
ANDOCK_DATA_LICENCE = ENVIRONMENT.data_licence
ANDOCK_DEMO = ENVIRONMENT.demo
ANDOCK_DEMO_PUBLIC = ENVIRONMENT.demo_public
ANDOCK_BASE_URL = ENVIRONMENT.base_url
ANDOCK_OIDC_RESIDENCE_CLAIM = ENVIRONMENT.oidc_residence_claim
ANDOCK_OIDC_RESIDENCE_SCOPE = ENVIRONMENT.oidc_residence_scope
ANDOCK_DATA = ENVIRONMENT.data
ANDOCK_WORKERS = ENVIRONMENT.workers
ANDOCK_PAGE_CACHE_MB = ENVIRONMENT.page_cache_mb
ANDOCK_BASE_MAP = ENVIRONMENT.base_map
ANDOCK_BASE_MAP_ATTRIBUTION = ENVIRONMENT.base_map_attribution
ANDOCK_INNER_HOSTS = ENVIRONMENT.inner_hosts
ANDOCK_SITE_CONTEXT = "andock.config.site.site_context"
ANDOCK_TILES = "andock.portal.queries.tiles_on"

SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.hosts
ROOT_URLCONF = "andock.config.urls"
WSGI_APPLICATION = "andock.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
SITE_ID = 1

INSTALLED_APPS = [
    *reversed(MODULES),
    "andock.bench",
    *WAGTAIL_APPS,
    "andock.kernel.pagecache",
    "andock.kernel.jobs",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    *SIGN_IN_APPS,
    "django_htmx",
    "django_structlog",
]

MIDDLEWARE = [
    "andock.operation.health.HealthMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # below these three, so that files carry their headers too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "andock.config.language.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *SIGN_IN_MIDDLEWARE,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "andock.cms.gate.EditorialGate",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "andock.design.context.site",
            ],
        },
    },
]

# --- database -------------------------------------------------------------------------------------------------------
DATABASES = {"default": ENVIRONMENT.database}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: with the default mode, two writers that read first end in "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: else REPLACE deletes the row it replaces without asking the rules on frozen rows.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; "
        "PRAGMA recursive_triggers=ON;",
    }
else:
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    # PostgreSQL reckons with a turning disk and so reads whole tables for a few hundred rows: 11 ms instead of 3 for a search.
    # What the operator's address says comes after it and wins.
    _options["options"] = f"-c random_page_cost=1.1 {_options.get('options', '')}".strip()
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Seconds. A connection to SQLite costs a page 2 ms too: a file to open, pragmas, forty functions to register.
DATABASES["default"]["CONN_MAX_AGE"] = 600

FORM_RENDERER = "andock.design.forms.AndockRenderer"

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
# "simple" is the registered BCP 47 variant for simplified language; Django falls back to German messages.
LANGUAGES = [("de", _("German")), ("en", _("English")), ("de-simple", _("Plain language"))]
LOCALE_PATHS = [PACKAGE / "config" / "locale", PACKAGE / "accounts" / "wording" / "locale"]
FORMAT_MODULE_PATH = ["andock.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.region_time_zone

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "andock.design.finders.StylesheetFinder",
]
STATIC_ROOT = ENVIRONMENT.data / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = ENVIRONMENT.data / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# --- security -------------------------------------------------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# So much that a long text reaches its form and is refused there with a sentence, every sign of it written as six.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "andock.kernel.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies
SOCIALACCOUNT_PROVIDERS = sign_in_providers(ENVIRONMENT)
CACHES = {"default": shared_cache(ENVIRONMENT)}

# --- jobs -----------------------------------------------------------------------------------------------------------
# Wagtail's tasks know no other backend than "default"; ours name "queue" (andock.kernel.jobs.BACKEND).
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "queue": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# --- mail -----------------------------------------------------------------------------------------------------------
vars().update({key: value for key, value in ENVIRONMENT.mail.items() if key.startswith("EMAIL_")})
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
SERVER_EMAIL = ENVIRONMENT.mail_from
# Mail servers report to the envelope's sender what could not be delivered, whoever stands in the line "From".
ANDOCK_MAIL_BOUNCES = ENVIRONMENT.mail_bounces or parseaddr(ENVIRONMENT.mail_from)[1]
ANDOCK_MAIL_SENDERS = ENVIRONMENT.mail_senders
EMAIL_TIMEOUT = 20

# --- logs -----------------------------------------------------------------------------------------------------------
# Who tries the demo reads the terminal: only what went wrong, in words.
LOGGING = logs.configure(as_json=not ANDOCK_DEMO, level="WARNING" if ANDOCK_DEMO else "INFO")
# Who asked for what is nobody's business: neither address, browser nor account; requests that went well are not logged.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_STATUS_DEFAULT_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_2XX_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
