"""What people said about passages of the strategy: whoever withdraws or divides one is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from .queries import public_counts_of

if TYPE_CHECKING:
    from collections.abc import Collection


def attached(identities: Collection[str]) -> dict[str, list[str]]:
    """How many public contributions belong to each of these passages."""
    return {
        element_id: [ngettext("%d contribution of citizens", "%d contributions of citizens", number) % number]
        for element_id, number in public_counts_of(identities).items()
    }
