"""The data folder and what was built."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

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
        _("The data folder can be written"),
        os.access(folder, os.R_OK | os.W_OK | os.X_OK),
        _("Give %(folder)s to the user that runs Andock.") % {"folder": folder},
    )
    yield Finding(
        _("The data folder is closed to other users"),
        not folder.stat().st_mode & stat.S_IWOTH,
        _("Run: chmod o-w %(folder)s") % {"folder": folder},
    )


def key_file() -> Iterator[Finding]:
    """Who reads the key can sign in as anybody."""
    path = settings.ANDOCK_DATA / "secret-key"
    if path.exists():
        yield Finding(
            _("Only its owner can read the secret key"),
            stat.S_IMODE(path.stat().st_mode) & 0o077 == 0,
            _("Run: chmod 600 %(path)s") % {"path": path},
        )


def free_space() -> Iterator[Finding]:
    """A full disk ends writing."""
    usage = shutil.disk_usage(settings.ANDOCK_DATA)
    yield Finding(
        _("There is room on the disk (%(free).1f GB free)") % {"free": usage.free / 1e9},
        usage.free >= LEAST_FREE and usage.free >= usage.total * LEAST_SHARE,
        _("Free at least 1 GB and 5 percent; old backups and logs are the first to look at."),
    )


def static_files() -> Iterator[Finding]:
    """Without the manifest no page can be shown."""
    yield Finding(
        _("The static files are built"),
        settings.DEBUG or (Path(settings.STATIC_ROOT) / MANIFEST).exists(),
        _("Run: andock collectstatic --noinput"),
    )


def catalogues() -> Iterator[Finding]:
    """An installed release has them; a clone compiles them in its set-up."""
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs() if app.name.startswith("andock.")]
    folders += [Path(folder) for folder in settings.LOCALE_PATHS]
    missing = [
        po for folder in folders for po in folder.glob("*/LC_MESSAGES/*.po") if not po.with_suffix(".mo").exists()
    ]
    yield Finding(_("The texts of the interface are compiled"), not missing, _("Run: make setup"))
