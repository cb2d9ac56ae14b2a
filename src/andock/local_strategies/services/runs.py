"""Taking over a new edition: start, answer, take back, finish, reopen, retarget, drop."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andock.docking import items as kinds
from andock.docking import plain
from andock.docking.apply import Unanswered, apply
from andock.docking.fields import PARAMETER, TITLE
from andock.docking.items import Item, Resolution, Run, carried, matters, safe_proposals
from andock.docking.local import DECLINED, UNDECIDED, Decision, Strategy, decided
from andock.strategy.choices import EditionState
from andock.strategy.field_lock import fingerprint

from ..choices import RunState, VersionState
from ..models import Answer, LocalStrategy, Version
from ..models import Run as RunRow
from ..queries import (
    finished_run,
    open_run,
    open_version,
    resolutions_of,
    run_value,
    strategy_value,
    version_in_force,
)  # fmt: skip
from ..rules import may_answer, may_take_over
from .deciding import refuse_past
from .drafts import next_version
from .storing import CannotChange, leave_trace, locked, locked_strategy, store
from .wording import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andock.accounts.models import User
    from andock.strategy.models import Edition

LONGEST_LINE = 200
NOTHING = fingerprint(None)
"""The mark of an item nobody has answered yet."""


@transaction.atomic
def start_run(*, actor: User, strategy: LocalStrategy, target: Edition) -> RunRow:
    """Begin to take over an edition, from the draft where there is one, else from the version in force.

    Starting changes nothing that is in force. Raises ``Denied`` or ``CannotChange``.
    """
    may_take_over(actor, strategy).demand()
    strategy = locked_strategy(strategy)
    if running := open_run(strategy):
        return running
    source = open_version(strategy) or version_in_force(strategy)
    refuse_start(source, target)
    assert source, "Refused otherwise."
    run = RunRow.objects.create(
        strategy=strategy, source=source, target=target, started_by=actor, before=plain.plain(strategy_value(source))
    )
    leave_trace(actor=actor, action="run_started", version=source, edition=target.ordinal)
    return run


def refuse_start(source: Version | None, target: Edition) -> None:
    """Whether a take-over may begin from a version. Raises ``CannotChange``."""
    if source is None:
        raise CannotChange(_("There is no local strategy yet. Begin one; it starts with the newest edition anyway."))
    if source.state == VersionState.SUBMITTED:
        raise CannotChange(
            _("Version %d is submitted for decision. Take it back first, or wait for the decision.") % source.number
        )
    if target.state != EditionState.IN_FORCE:
        raise CannotChange(_("%s is not in force. Only an edition in force can be taken over.") % target.label)
    if target.ordinal < source.edition.ordinal:
        raise CannotChange(_("Your strategy follows a newer edition already."))


@transaction.atomic
def answer_item(*, actor: User, run: RunRow, resolution: Resolution, seen: str = NOTHING) -> Answer:
    """Answer one question. ``seen`` is the mark of the answer that stood there (``answer_mark``).

    Raises ``Denied`` or ``CannotChange``, also where a colleague has answered meanwhile; the same answer once more
    (a second click) changes nothing.
    """
    run = locked_run(run, actor)
    value = run_value(run)
    item = next((item for item in value.items if item.key == resolution.item), None)
    given = resolutions_of(run)
    if item is None or not matters(item, given):
        raise CannotChange(_("This question is no longer asked. Go back to the list."))
    answer, before = _checked(item, resolution), given.get(item.key)
    if before and replace(before, identity="") == replace(answer, identity=""):
        return Answer.objects.get(run=run.pk, item=item.key)
    if answer_mark(before) != seen:
        raise CannotChange(_("A colleague has answered this meanwhile. Look at the answer, then change it if need be."))
    return _write(actor, run, item, answer)


def answer_mark(resolution: Resolution | None) -> str:
    """What a page remembers of the answer it was loaded with."""
    return fingerprint(plain.plain(resolution))


@transaction.atomic
def answer_safe(*, actor: User, run: RunRow) -> int:
    """Confirm all proposals that touch nothing local, in one step; returns how many. Raises ``Denied``."""
    run = locked_run(run, actor)
    value = run_value(run)
    found = safe_proposals(value, resolutions_of(run))
    for item in value.items:
        if item.key in found:
            _write(actor, run, item, found[item.key])
    return len(found)


@transaction.atomic
def take_back(*, actor: User, run: RunRow, item: str) -> None:
    """Open a question again; answers that only mattered under it are taken back with it. Raises ``Denied``."""
    run = locked_run(run, actor)
    under = [found.key for found in run_value(run).items if found.given == item]
    Answer.objects.filter(run=run.pk, item__in=[item, *under]).delete()


@transaction.atomic
def finish_run(*, actor: User, run: RunRow) -> Version:
    """Make a draft of the answers. Raises ``Denied``, or ``CannotChange`` while something is open."""
    run = locked_run(run, actor)
    value, given = run_value(run), resolutions_of(run)
    try:
        strategy = _declined_where_kept(value, given, apply(value, given))
    except Unanswered as left:
        raise CannotChange(_("%d questions are still open. Answer or defer them first.") % len(left.items)) from left
    source = locked(run.source) if run.source else None
    draft = (
        source if source and source.is_editable else next_version(version_in_force(run.strategy) or _gone(), run.target)
    )
    draft.edition = run.target
    draft.save()
    store(draft, strategy, after=source)
    run.state, run.result, run.finished_at = RunState.FINISHED, draft, timezone.now()
    run.save()
    leave_trace(actor=actor, action="run_finished", version=draft, edition=run.target.ordinal)
    return draft


def _declined_where_kept(value: Run, given: Mapping[str, Resolution], strategy: Strategy) -> Strategy:
    """Who keeps the former element as one's own has decided about what follows it: it is declined, and the council reads why.

    Where what becomes of the former element was put off nothing is kept yet, and the question comes again.
    """
    kept = {own.origin for own in strategy.own}
    answers = {
        item.key: given[item.key]
        for item in value.items
        if item.key in given and given[item.key].answer == kinds.TO_LOCAL and kept.intersection(item.ending)
    }
    decisions = (_declined(one, answers.get(one.element)) for one in strategy.decisions)
    return replace(strategy, decisions=tuple(decisions))


def _declined(decision: Decision, answer: Resolution | None) -> Decision:
    if answer is None or decision.state != UNDECIDED:
        return decision
    return decided(decision, DECLINED, reason=answer.reason or _("The former element stays as an element of our own."))


def _gone() -> Version:
    raise CannotChange(_("The draft this began from was deleted. Drop this take-over and start again."))


@transaction.atomic
def reopen_run(*, actor: User, run: RunRow) -> RunRow:
    """Back to the questions while the draft is not submitted; what was written into the draft since is lost.

    Raises ``Denied`` or ``CannotChange``.
    """
    may_take_over(actor, run.strategy).demand()
    strategy = locked_strategy(run.strategy)
    run = RunRow.objects.select_for_update(of=("self",)).select_related("result", "target").get(pk=run.pk)
    draft = locked(run.result) if run.result else None
    if draft is None or finished_run(strategy) != run or open_run(strategy):
        raise CannotChange(_("The draft was submitted, decided or deleted meanwhile; the answers stay as they are."))
    before = plain.read_strategy(run.before)
    run.state, run.result, run.finished_at = RunState.OPEN, None, None
    run.save()
    if run.source_id == draft.pk:
        draft.edition = strategy.framework.editions.get(ordinal=before.edition)
        draft.save()
        store(draft, before)
    else:
        draft.delete()
    leave_trace(actor=actor, action="run_reopened", version=run.source or draft, edition=run.target.ordinal)
    return run


@transaction.atomic
def retarget_run(*, actor: User, run: RunRow, target: Edition) -> RunRow:
    """Go on towards a newer edition; answers to wordings that are the same there stay. Raises ``Denied`` or ``CannotChange``."""
    run = locked_run(run, actor)
    refuse_start(run.source, target)
    before, given = run_value(run), resolutions_of(run)
    run.target = target
    run.save()
    after = run_value(run)
    kept = carried(given, before, after)
    Answer.objects.filter(run=run.pk).exclude(item__in=kept).delete()
    leave_trace(
        actor=actor, action="run_retargeted", version=run.source or _gone(), edition=target.ordinal, kept=len(kept)
    )
    return run


@transaction.atomic
def drop_run(*, actor: User, run: RunRow) -> None:
    """Give up a take-over; nothing changes but that it is gone. Raises ``Denied``."""
    run = locked_run(run, actor)
    run.state = RunState.DROPPED
    run.save()
    if run.source:
        leave_trace(actor=actor, action="run_dropped", version=run.source, edition=run.target.ordinal)


def locked_run(run: RunRow, actor: User) -> RunRow:
    """The run as it is now, locked to the end of the transaction. Raises ``Denied``."""
    found = (
        RunRow.objects.select_for_update(of=("self",))
        .select_related("strategy__organisation", "strategy__framework", "target__framework", "source__edition")
        .get(pk=run.pk)
    )
    may_answer(actor, found).demand()
    return found


def _write(actor: User, run: RunRow, item: Item, resolution: Resolution) -> Answer:
    answer, _is_new = Answer.objects.update_or_create(
        run=run, item=item.key,
        defaults={"resolution": plain.plain(resolution), "mark": item.mark, "given_by": actor},
    )  # fmt: skip
    return answer


def _checked(item: Item, resolution: Resolution) -> Resolution:
    """The answer if it fits the question. Raises ``CannotChange``."""
    if resolution.answer not in item.answers:
        raise CannotChange(_("Choose one of the answers."))
    reason = clean(resolution.reason)
    if resolution.answer == kinds.DEFER:
        refuse_past(date.fromisoformat(resolution.until) if resolution.until else None)
    if not reason and (resolution.answer == kinds.DEFER or (item.kind, resolution.answer) in kinds.NEEDS_REASON):
        raise CannotChange(_("Please give a reason in a sentence. The council and your successors will ask for it."))
    if resolution.answer == kinds.EDITED and not resolution.value:
        raise CannotChange(_("The text is empty. Write what shall stand here, or choose another answer."))
    value = _typed(item, resolution.value) if isinstance(resolution.value, str) else resolution.value
    identity = str(uuid.uuid4()) if resolution.answer == kinds.TO_LOCAL else ""
    return replace(resolution, reason=reason, value=value, identity=identity)


def _typed(item: Item, text: str) -> str:
    """What somebody wrote; a title and what fills a slot are one line. Raises ``CannotChange``."""
    if item.field != TITLE and not item.field.startswith(PARAMETER):
        return clean(text)
    line = " ".join(clean(text).split())
    if len(line) > LONGEST_LINE:
        raise CannotChange(_("This is one line of at most %d characters. Please shorten it.") % LONGEST_LINE)
    return line
