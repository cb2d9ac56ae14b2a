"""Edition 2 in consultation with two goals, and Olpe's local strategy; what people say about their paragraphs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from andock.accounts.models import User
from andock.consultation.models import Anchor, Subject
from andock.consultation.queries import text_of
from andock.consultation.services.anchoring import anchor
from andock.consultation.text import element_called, passages
from andock.local_strategies.models import Version
from andock.local_strategies.services.drafts import begin_strategy
from andock.local_strategies.services.states import move
from andock.organisations.models import Organisation, Region
from andock.participation.choices import PhaseKind
from andock.participation.models import Contribution, Phase
from andock.strategy.models import Edition, Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.factories.participation import participant, phase, process, said
from tests.factories.strategy import block, document, element, identity
from tests.local_strategies.scenes import choose, docked

G1 = element("g1", block("b1", "Offene Daten für alle."), block("b2", "Jeden Tag neu."), label="1", title="Offen")
G2 = element("g2", block("b3", "Einfach zu lesen."), label="2", title="Einfach")
NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


def framework() -> Framework:
    region = Region.objects.select_related("agency").get()
    made, _is_new = Framework.objects.get_or_create(
        slug="rahmenstrategie", defaults={"title": "Rahmenstrategie", "owner": region.agency}
    )
    return made


def edition(ordinal: int = 2, state: str = "consultation", *elements: Any) -> Edition:
    owner = framework()
    import_edition(document=document(*(elements or (G1, G2)), ordinal=ordinal, state=state, signatories=()), actor=None)
    return Edition.objects.select_related("framework__owner").get(framework=owner, ordinal=ordinal)


def local_draft(cast: Cast, state: str = "participation") -> Version:
    """Olpe's draft on edition 1: g1 is adopted, g2 undecided."""
    source = edition(1, "in_force")
    docked(cast.olpe, source.framework)
    version = begin_strategy(actor=cast.olpe_editor, organisation=cast.olpe, edition=source)
    choose(cast.olpe_editor, version, "adopted", "g1")
    return moved(cast.olpe_releaser, version, state)


def moved(actor: User, version: Version, state: str) -> Version:
    if version.state == state:
        return version
    return move(actor=actor, version=version, state=state)


def consulted(holder: Organisation, *, days: int = -1, **text: Any) -> Phase:
    """The phase of a published process about this text that began yesterday."""
    text_fields = {name: text.pop(name) for name in ("edition", "version") if name in text}
    made = process(holder, PhaseKind.TEXT, starts=timezone.now() + timedelta(days=days), **text)
    where = phase(made, PhaseKind.TEXT)
    if text_fields:
        Subject.objects.create(phase=where, **text_fields)
    return where


def spoken(where: Phase, text: str = "Sehr gut.", *, at: tuple[str, str] = ("g1", "b1"), **values: Any) -> Contribution:
    """Somebody says something about a block as it reads now."""
    subject = Subject.objects.get(phase=where)
    identified = UUID(identity(at[0]))
    passage = element_called(passages(text_of(subject), {}), identified)
    assert passage
    paragraph = passage.paragraph(UUID(identity(at[1])))
    assert paragraph

    def detail(contribution: Contribution) -> Anchor:
        return anchor(contribution, subject=subject, identity=identified, paragraph=paragraph)

    values = {"kind": "comment", "about": str(passage), "by": participant(f"P{Contribution.objects.count()}")} | values
    element_id = None if passage.is_own else identified
    return said(where.process, text, detail=detail, in_phase=where, now=timezone.now(), element_id=element_id, **values)


def path(where: Phase, *at: str) -> str:
    return "/".join(["/beteiligung", where.process.slug, "text", *map(identity, at), ""])
