"""The operator's settings, typed, from the environment (or a file ``.env`` in the working folder).

Every variable is described in docs/operation/settings.md.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environs import Env, EnvError

from andock.config.expectations import SettingRefused, refusals, unread

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Environment:
    """What an operator may set. Paths are absolute."""

    data: Path
    database: dict[str, Any]
    secret_key: str
    secret_key_fallbacks: list[str]
    hosts: list[str]
    base_url: str
    demo: bool
    demo_public: bool
    mail: dict[str, Any]
    mail_from: str
    mail_bounces: str
    mail_senders: dict[str, str]
    contact: str
    data_licence: str
    redis_url: str
    workers: int
    page_cache_mb: int
    trusted_proxies: int
    oidc_issuer: str
    oidc_client_id: str
    oidc_secret: str
    oidc_name: str
    oidc_residence_claim: str
    oidc_residence_scope: str
    region_time_zone: str
    base_map: str
    base_map_attribution: str
    inner_hosts: list[str]


def read_environment() -> Environment:
    """Read and check the environment. Raises ``SettingRefused`` naming the variable at fault."""
    env = Env()
    env.read_env(str(Path.cwd() / ".env"), recurse=False)
    try:
        environment = _read(env)
    except EnvError as error:
        raise unread(error) from None
    if wrong := list(refusals(_to_check(environment))):
        raise SettingRefused("\n".join(wrong))
    return environment


def _to_check(environment: Environment) -> dict[str, Any]:
    """What is checked beyond its type, by variable."""
    return {
        "ANDOCK_DATABASE_URL": environment.database,
        "ANDOCK_SECRET_KEY": environment.secret_key,
        "ANDOCK_HOSTS": environment.hosts,
        "ANDOCK_BASE_URL": environment.base_url,
        "ANDOCK_MAIL_URL": environment.mail,
        "ANDOCK_MAIL_FROM": environment.mail_from,
        "ANDOCK_MAIL_BOUNCES": environment.mail_bounces,
        "ANDOCK_MAIL_SENDERS": environment.mail_senders,
        "ANDOCK_REDIS_URL": environment.redis_url,
        "ANDOCK_WORKERS": environment.workers,
        "ANDOCK_PAGE_CACHE_MB": environment.page_cache_mb,
        "ANDOCK_TRUSTED_PROXIES": environment.trusted_proxies,
        "ANDOCK_TIME_ZONE": environment.region_time_zone,
        "ANDOCK_BASE_MAP": environment.base_map,
        "ANDOCK_INNER_HOSTS": environment.inner_hosts,
    }


def _read(env: Env) -> Environment:
    data = Path(env.str("ANDOCK_DATA", "var")).absolute()
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingRefused(f"ANDOCK_DATA must be a folder that can be written: {error.strerror}.") from None
    return Environment(
        data=data,
        database=env.dj_db_url("ANDOCK_DATABASE_URL", f"sqlite:///{data / 'andock.sqlite3'}"),
        secret_key=env.str("ANDOCK_SECRET_KEY", "") or _own_key(data / "secret-key"),
        secret_key_fallbacks=env.list("ANDOCK_SECRET_KEY_FALLBACKS", []),
        hosts=env.list("ANDOCK_HOSTS", list(LOOPBACK)),
        base_url=env.str("ANDOCK_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        demo=env.bool("ANDOCK_DEMO", False),
        demo_public=env.bool("ANDOCK_DEMO_PUBLIC", False),
        mail=env.dj_email_url("ANDOCK_MAIL_URL", "smtp://127.0.0.1:25"),
        mail_from=env.str("ANDOCK_MAIL_FROM", "andock@localhost"),
        mail_bounces=env.str("ANDOCK_MAIL_BOUNCES", ""),
        mail_senders=_pairs(env.list("ANDOCK_MAIL_SENDERS", [])),
        contact=env.str("ANDOCK_CONTACT", ""),
        data_licence=env.str("ANDOCK_DATA_LICENCE", "https://www.govdata.de/dl-de/by-2-0"),
        redis_url=env.str("ANDOCK_REDIS_URL", ""),
        workers=env.int("ANDOCK_WORKERS", 2),
        page_cache_mb=env.int("ANDOCK_PAGE_CACHE_MB", 32),
        trusted_proxies=env.int("ANDOCK_TRUSTED_PROXIES", 0),
        oidc_issuer=env.str("ANDOCK_OIDC_ISSUER", "").rstrip("/"),
        oidc_client_id=env.str("ANDOCK_OIDC_CLIENT_ID", ""),
        oidc_secret=env.str("ANDOCK_OIDC_SECRET", ""),
        oidc_name=env.str("ANDOCK_OIDC_NAME", "OpenID Connect"),
        oidc_residence_claim=env.str("ANDOCK_OIDC_RESIDENCE_CLAIM", "").strip(),
        oidc_residence_scope=env.str("ANDOCK_OIDC_RESIDENCE_SCOPE", "").strip(),
        region_time_zone=env.str("ANDOCK_TIME_ZONE", "Europe/Berlin"),
        base_map=env.str("ANDOCK_BASE_MAP", ""),
        base_map_attribution=env.str("ANDOCK_BASE_MAP_ATTRIBUTION", ""),
        inner_hosts=env.list("ANDOCK_INNER_HOSTS", []),
    )


def _pairs(entries: list[str]) -> dict[str, str]:
    """From ``name=value``; the reader's own kind for that has no words for an entry without a value."""
    found = [entry.partition("=") for entry in entries]
    return {name.strip(): value.strip() for name, _is, value in found}


def _own_key(path: Path) -> str:
    """The key of this installation, made at the first start and readable by its owner only.

    Written aside and linked into place, so that of several processes that start at once none reads half a key.
    """
    if not path.exists():
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text().strip()
