"""How a process begins from a blueprint, is written, published, and a draft deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.events.queries import public_events
from andock.kernel.modules import announce
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.kernel.text import slugify
from andock.organisations.queries import term_keys
from andock.search.services import renew

from .. import queries, rules
from ..blueprints import times_of
from ..choices import Publication
from ..documents import NAME
from ..lacking import lacks
from ..models import Phase, Process
from .answering import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from andock.accounts.models import User
    from andock.organisations.models import Organisation

FIELDS = (
    "title", "summary", "text", "is_region_wide", "asks_age", "asks_place", "needs_residence", "holds_back",
    "contact_email", "result",
)  # fmt: skip
RESERVED_SLUGS = frozenset({"beitraege", "bestaetigen", "ich", "neu", "regeln", "geloescht", "nicht-ich"})
"""Words that stand in the place of a process's name in an address."""


class ChangedMeanwhile(ValueError):
    """Somebody else saved while this form was filled in; ``present`` is the process as it is now."""

    def __init__(self, present: Process) -> None:
        super().__init__(
            _("Somebody else saved here meanwhile. Your text is still in the form; what stands there now is above it.")
        )
        self.present = present


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    """What the desk says about a phase that is there."""

    phase_id: int
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime


@public_transaction()
def begin(
    *, actor: User, organisation: Organisation, blueprint: str, title: str, begins_at: datetime, now: datetime
) -> Process:
    """A draft with the phases of its blueprint, one after the other, and the mailbox named last. Raises ``Denied``."""
    rules.may_keep_processes(actor, organisation).demand()
    process = Process.objects.create(
        organisation=organisation, blueprint=blueprint, title=title, slug=_free_slug(title), changed_at=now,
        contact_email=queries.mailbox_of(organisation),
    )  # fmt: skip
    Phase.objects.bulk_create(
        Phase(process=process, kind=plan.kind, title=plan.title, text=plan.text, starts_at=start, ends_at=end)
        for plan, start, end in times_of(blueprint, begins_at)
    )
    _leave_trace(actor, "begun", process)
    return process


@public_transaction()
def change(
    *, actor: User, process: Process, seen: str, now: datetime, phases: Sequence[PhaseEntry], terms: Iterable[str],
    events: Iterable[str], **fields: Any,
) -> Process:  # fmt: skip
    """Everything its desk says about it. Raises ``Denied``, ``Unfit``, or ``ChangedMeanwhile`` so that no text is lost."""
    rules.may_edit_process(actor, process).demand()
    process = _locked(process)
    if seen != process.changed_at.isoformat():
        raise ChangedMeanwhile(process)
    if fields["needs_residence"] != process.needs_residence and queries.has_begun(process):
        raise Unfit(_("People have taken part already, so whether they prove where they live stays as it is."))
    has_result = bool(process.result)
    for name in FIELDS:
        setattr(process, name, fields[name])
    process.changed_at = now
    process.save()
    process.terms.set([term for key, term in term_keys().items() if key in set(terms)])
    process.events.set(public_events().filter(slug__in=list(events)))
    _write_phases(process, phases)
    _leave_trace(actor, "written", process)
    if process.is_public and process.result and not has_result:
        announce("participation.resulted", process_id=process.pk)
    return process


@public_transaction()
def publish(*, actor: User, process: Process, now: datetime) -> Process:
    """From now on everybody sees it; its phases open and close by themselves. Raises ``Denied`` or ``Unfit``."""
    process = _locked(process)
    rules.may_publish_process(actor, process).demand()
    if lacking := [one for one in lacks(process, now) if not one.may_wait]:
        raise Unfit(" ".join(one.sentence for one in lacking))
    process.publication, process.published_at, process.changed_at = Publication.PUBLISHED, now, now
    process.save()
    _leave_trace(actor, "published", process)
    return process


@public_transaction()
def delete(*, actor: User, process: Process) -> None:
    """Delete a draft for good. Raises ``Denied``."""
    process = _locked(process)
    rules.may_delete_process(actor, process).demand()
    _leave_trace(actor, "deleted", process)
    process.delete()


def _write_phases(process: Process, entries: Sequence[PhaseEntry]) -> None:
    phases = {phase.pk: phase for phase in process.phases.all()}
    for entry in entries:
        phase = phases[entry.phase_id]
        if entry.ends_at <= entry.starts_at:
            raise Unfit(_("“%s” ends before it begins. Please set its days anew.") % entry.title)
        phase.title, phase.text = entry.title, entry.text
        phase.starts_at, phase.ends_at = entry.starts_at, entry.ends_at
        phase.save()


def _free_slug(title: str) -> str:
    plain = slugify(title)[:70].strip("-")
    base = f"beteiligung-{plain}".strip("-") if not plain or plain in RESERVED_SLUGS else plain
    name, number = base, 2
    while queries.is_slug_taken(name):
        name, number = f"{base}-{number}", number + 1
    return name


def _locked(process: Process) -> Process:
    found = Process.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("organisation").get(pk=process.pk)


def _leave_trace(actor: User, act: str, process: Process) -> None:
    record(
        actor=actor, action=f"participation.{act}", thing=process, organisation=process.organisation,
        after={"title": process.title, "changed_at": timezone.localtime(process.changed_at).isoformat()},
        data={"process": process.slug},
    )  # fmt: skip
    if process.is_public:
        bump("participation", f"process:{process.slug}")
        renew(NAME, str(process.pk))
