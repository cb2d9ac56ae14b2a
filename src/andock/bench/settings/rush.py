"""The site as in production, with the reference beside it, and addresses of clients as a proxy would name them."""

from .site import *  # noqa: F403
from .site import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "andock.bench.turnstile"]
ROOT_URLCONF = "andock.bench.turnstile.urls"
