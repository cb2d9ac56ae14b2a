"""A bare Wagtail site with one page, with the middleware and context processors a Wagtail project starts with."""

import os
from pathlib import Path

SECRET_KEY = "for measuring only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
USE_TZ = True
ROOT_URLCONF = "wagtail.urls"
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Bare"
INSTALLED_APPS = [
    "andock.bench.bare",
    "wagtail",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ.get("ANDOCK_DATA", ".")) / "wagtail.sqlite3",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
