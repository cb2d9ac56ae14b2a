"""What is said of a transfer as a whole, as plain values that people write and that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andock.organisations.queries import organisations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .models import Transfer

COLUMNS = ("version", "what_changed", "cost", "staff_days")
ANSWERS = {"yes": True, "no": False, "": None}
"""Yes, no, or not known."""
QUESTIONS = ("adapted", "contributed_back")


def read(transfer: Transfer) -> dict[str, Any]:
    """As it is saved."""
    words = {answer: word for word, answer in ANSWERS.items()}
    found: dict[str, Any] = {name: getattr(transfer, name) for name in COLUMNS}
    found |= {name: words[getattr(transfer, name)] for name in QUESTIONS}
    return found | {"giver": transfer.giver.slug if transfer.giver else ""}


def put(transfer: Transfer, values: Mapping[str, Any]) -> None:
    """Write it into the transfer, not saved yet. The owner of the card is no other giver."""
    for name in COLUMNS:
        setattr(transfer, name, values[name])
    for name in QUESTIONS:
        setattr(transfer, name, ANSWERS[values[name]])
    giver = organisations().filter(slug=values["giver"]).first() if values["giver"] else None
    transfer.giver = None if giver == transfer.solution.organisation else giver
