"""Solution cards, guides and transfers."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from andock.knowledge.choices import DocumentKind, Publication
from andock.knowledge.models import Guide, Solution, SolutionDocument, Transfer, TransferStage

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

TODAY = date(2026, 5, 4)
"""When the scenes play."""
_numbers = count(1)

ANSWERED: dict[str, Any] = {
    "problem": "Junge Bäume vertrocknen.", "target_group": "Grünflächenamt", "results": "Ein Drittel weniger Fahrten",
    "failures": "Drei Sensoren wurden gestohlen.", "prerequisites": "Ein Funknetz", "cost_once_from": 5000, "cost_once_to": 20000,
    "cost_yearly_from": 0, "cost_yearly_to": 0, "staff_days_from": 10, "staff_days_to": 10, "operator_model": "own",
    "licence": "EUPL-1.2", "repository_url": "https://code.example/baum", "standards": "MQTT", "procurement_path": "tender",
    "data_protection": "Keine personenbezogenen Daten", "accessibility": "Für alle lesbar", "adaptation": "Baumkataster",
    "contact_office": "Grünflächenamt", "answers_until": date(2027, 1, 1), "version": "1.0", "confirmed_on": date(2026, 4, 1),
}  # fmt: skip
"""What answers every question but the one for a template."""


def solution(organisation: Organisation, **values: Any) -> Solution:
    """A published card that says as little as its title."""
    number = next(_numbers)
    made = Solution(
        organisation=organisation, **{
            "slug": f"loesung-{number}", "title": f"Lösung {number}", "kind": "sensors", "state": "operation",
            "publication": Publication.PUBLISHED,
        } | values,
    )  # fmt: skip
    made.put_days()
    made.save(force_insert=True)
    return made


def complete(organisation: Organisation, **values: Any) -> Solution:
    """A published card with every question answered on ``TODAY``."""
    made = solution(organisation, **ANSWERED | values)
    SolutionDocument.objects.create(
        solution=made, kind=DocumentKind.COUNCIL_PAPER, title="Vorlage", url="https://rat.example/1"
    )
    return made


def guide(organisation: Organisation, **values: Any) -> Guide:
    """A published guide."""
    number = next(_numbers)
    return Guide.objects.create(
        organisation=organisation, **{
            "slug": f"leitfaden-{number}", "title": f"Leitfaden {number}", "publication": Publication.PUBLISHED,
        } | values,
    )  # fmt: skip


def transfer(card: Solution, receiver: Organisation, **values: Any) -> Transfer:
    """Somebody takes a solution over; nothing is said of how far they are."""
    return Transfer.objects.create(solution=card, receiver=receiver, **values)


def reached(made: Transfer, stage: str, when: str, **values: Any) -> TransferStage:
    """A row that says so: reported in a newspaper, recorded at the beginning of 2025."""
    told = TransferStage(
        transfer=made, stage=stage, date_text=when, **{"source": "Zeitung", "recorded_on": date(2025, 1, 1)} | values
    )
    told.put_days()
    told.save(force_insert=True)
    return told
