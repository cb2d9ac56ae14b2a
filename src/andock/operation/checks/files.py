"""The data folder and what was built."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings

from andock.kernel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "staticfiles.json"
LEAST_FREE = 1_000_000_000  # bytes; a backup beside the database needs room
LEAST_SHARE = 0.05


def data_folder() -> Iterator[Finding]:
    """Database, media and key live there."""
    folder = settings.ANDOCK_DATA
    yield Finding(
        "The data folder can be written",
        os.access(folder, os.R_OK | os.W_OK | os.X_OK),
        f"Give {folder} to the user that runs Andock.",
    )
    yield Finding(
        "The data folder is closed to other users",
        not folder.stat().st_mode & stat.S_IWOTH,
        f"Run: chmod o-w {folder}",
    )


def key_file() -> Iterator[Finding]:
    """Who reads the key can sign in as anybody."""
    path = settings.ANDOCK_DATA / "secret-key"
    if path.exists():
        yield Finding(
            "Only its owner can read the secret key",
            stat.S_IMODE(path.stat().st_mode) & 0o077 == 0,
            f"Run: chmod 600 {path}",
        )


def free_space() -> Iterator[Finding]:
    """A full disk ends writing."""
    usage = shutil.disk_usage(settings.ANDOCK_DATA)
    yield Finding(
        f"There is room on the disk ({usage.free / 1e9:.1f} GB free)",
        usage.free >= LEAST_FREE and usage.free >= usage.total * LEAST_SHARE,
        "Free at least 1 GB and 5 percent; old backups and logs are the first to look at.",
    )


def static_files() -> Iterator[Finding]:
    """Without the manifest no page can be shown."""
    yield Finding(
        "The static files are built",
        settings.DEBUG or (Path(settings.STATIC_ROOT) / MANIFEST).exists(),
        "Run: andock collectstatic --noinput",
    )


def catalogues() -> Iterator[Finding]:
    """An installed release has them; a clone compiles them in its set-up."""
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs() if app.name.startswith("andock.")]
    folders += [Path(folder) for folder in settings.LOCALE_PATHS]
    missing = [
        po for folder in folders for po in folder.glob("*/LC_MESSAGES/*.po") if not po.with_suffix(".mo").exists()
    ]
    yield Finding("The texts of the interface are compiled", not missing, "Run: make setup")
