"""The site as in production; a request that asks for it is told how many queries it took."""

from andock.config.settings.production import *  # noqa: F403
from andock.config.settings.production import MIDDLEWARE

MIDDLEWARE = ["andock.bench.counting.count_queries", *MIDDLEWARE]
