"""As for the rush; on PostgreSQL in a schema of its own."""

from . import IDEAS_SCHEMA
from .rush import *  # noqa: F403
from .rush import DATABASES

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"]["options"] += f" -c search_path={IDEAS_SCHEMA}"
