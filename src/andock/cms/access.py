"""Asks the accounts who an agency editor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    from andock.accounts.queries import is_agency_editor
except ModuleNotFoundError:  # an installation without memberships has no editors

    def is_agency_editor(actor: User | AnonymousUser) -> bool:
        return False


if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User

__all__ = ["is_agency_editor"]
