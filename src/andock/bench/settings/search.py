"""The site's settings for a database that holds the search and nothing else; on PostgreSQL a schema of its own."""

from . import SCHEMA
from .site import *  # noqa: F403
from .site import DATABASES

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"]["options"] += f" -c search_path={SCHEMA}"
