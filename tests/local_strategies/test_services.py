"""From the first draft to a version in force, and over a new edition to the next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from andock.accounts.models import User
from andock.docking import plain
from andock.docking.items import ADOPT, DEFER, EDITED, END, KEEP, TAKE, Resolution
from andock.docking.resolve import resolve
from andock.docking.values import Lineage
from andock.kernel.permissions import Denied
from andock.local_strategies import queries
from andock.local_strategies.choices import Outcome
from andock.local_strategies.desk_sheet import Sheet
from andock.local_strategies.element_page import LocalPage
from andock.local_strategies.models import ElementDecision, Version
from andock.local_strategies.services import deciding, drafts, own, runs, sharing, states
from andock.local_strategies.services.storing import CannotChange
from andock.organisations.choices import Role
from andock.organisations.models import Organisation, Succession
from andock.strategy.models import DockingPeriod, Edition, Framework
from tests.factories.accounts import member, organisation
from tests.factories.strategy import element, identity

from .scenes import COUNCIL, G1, choose, docked, in_force, published, row, second_edition, write

PARTS = {"m2": "M02", "m3": "M03"}
TOMORROW = timezone.localdate() + timedelta(days=1)


def texts(version: Version) -> list[str]:
    return [part.text for passage in queries.resolved_version(version).passages for part in passage.element.blocks]


# --- a predecessor's -------------------------------------------------------------------------------------------------
@pytest.fixture
def successor(releaser: User, draft: Version) -> Organisation:
    """Neu-Olpe, which follows Olpe; Olpe's releaser acts there too."""
    write(releaser, draft, "g1", block__b1="Offene Daten in Olpe.")
    choose(releaser, draft, "declined", "m1", reason="Zu teuer.")
    own.add_own(actor=releaser, version=draft, own=own.OwnText("Stadtführung", "Digital."))
    in_force(releaser, draft)
    town = organisation("neu-olpe")
    member(releaser, town, Role.MUNICIPAL_RELEASER)
    Succession.objects.create(
        predecessor=draft.strategy.organisation, successor=town, kind="merger", date_text="2026-01-01",
        effective_on=date(2026, 1, 1),
    )  # fmt: skip
    return town


def test_successor_begins_as_the_predecessors_strategy_reads(
    releaser: User, draft: Version, successor: Organisation
) -> None:
    made = drafts.inherit_strategy(actor=releaser, organisation=successor, source=draft)

    assert (made.state, made.number, made.title, made.edition) == (
        "drafting",
        1,
        "Local strategy of Neu-olpe",
        draft.edition,
    )
    assert queries.strategy_value(made) == queries.strategy_value(draft)
    assert states.weight_needed(made) == "substantial"
    assert queries.version_in_force(draft.strategy) == draft
    assert not queries.version_in_force(made.strategy)


def test_successor_with_a_strategy_of_its_own_keeps_it(releaser: User, draft: Version, successor: Organisation) -> None:
    drafts.begin_strategy(actor=releaser, organisation=successor)

    with pytest.raises(CannotChange, match="already"):
        drafts.inherit_strategy(actor=releaser, organisation=successor, source=draft)


def test_nobody_else_takes_over_a_strategy(
    releaser: User, coordinator: User, draft: Version, successor: Organisation
) -> None:
    with pytest.raises(Denied):
        drafts.inherit_strategy(actor=coordinator, organisation=successor, source=draft)
    Succession.objects.all().delete()

    with pytest.raises(CannotChange, match="predecessor of Neu-olpe"):
        drafts.inherit_strategy(actor=releaser, organisation=successor, source=draft)


# --- deciding --------------------------------------------------------------------------------------------------------
def test_a_first_draft_has_one_undecided_decision_per_element(draft: Version, edition: Edition) -> None:
    assert list(draft.decisions.values_list("state", flat=True)) == ["undecided"] * 3
    assert texts(draft) == []


def test_declining_without_a_reason_is_refused(editor: User, draft: Version) -> None:
    with pytest.raises(CannotChange, match="reason"):
        choose(editor, draft, "declined", "g2")


def test_what_has_ended_is_not_decided_anew(editor: User, draft: Version) -> None:
    """It does not stand in the edition any more; as "adopted" it would be counted as if it did."""
    draft.decisions.filter(element=identity("m1")).update(state="ended", shown="ended")

    with pytest.raises(CannotChange, match="element of your own"):
        choose(editor, draft, "adopted", "m1")
    assert [state for state, _label in LocalPage(row(draft, "m1")).form.fields["state"].choices] == ["ended"]


def test_deferring_needs_a_day_to_come(editor: User, draft: Version) -> None:
    with pytest.raises(CannotChange, match="after today"):
        choose(editor, draft, "deferred", "g2", reason="Später.", until=timezone.localdate())

    choose(editor, draft, "deferred", "g2", reason="Später.", until=TOMORROW)
    assert row(draft, "g2").until == TOMORROW


def test_a_colleagues_decision_is_not_overwritten_unseen(editor: User, draft: Version) -> None:
    choose(editor, draft, "adopted", "g2")
    disputed = deciding.decide(
        actor=editor, version=draft, reason="Nein.",
        choices=[deciding.Choice(identity("g2"), "declined", "undecided")],
    )  # fmt: skip

    assert [choice.element for choice in disputed] == [identity("g2")]
    assert row(draft, "g2").state == "adopted"


def test_a_branch_is_the_element_and_all_below(draft: Version) -> None:
    assert [found.base["title"] for found in deciding.branch_of(draft, identity("g2"))] == ["g2", "m1"]


# --- wording ---------------------------------------------------------------------------------------------------------
def test_writing_an_addition_adopts_and_adapts(editor: User, draft: Version) -> None:
    write(editor, draft, "g1", add__b2="Auch in Olpe.")

    assert row(draft, "g1").shown == "adapted"
    assert texts(draft) == ["Offene Daten.", "Für alle.", "Auch in Olpe."]


def test_an_addition_of_several_parts_keeps_what_each_of_them_is(editor: User, draft: Version) -> None:
    """What a take-over has kept or placed may be a list, and two may stand at one place."""
    listed = {"block": {"id": "x", "kind": "list", "text": "eins\nzwei"}, "after": identity("b2"), "reason": "", "origin": "local"}  # fmt: skip
    second = listed | {"block": {"id": "y", "kind": "paragraph", "text": "Danach."}}
    ElementDecision.objects.filter(pk=row(draft, "g1").pk).update(state="adopted", additions=[listed, second])

    write(editor, draft, "g1", add__b2="eins\nzwei\ndrei\n\nDanach.\n\nUnd noch etwas.")

    blocks = [addition["block"] for addition in row(draft, "g1").additions]
    assert blocks[:2] == [{"id": "x", "kind": "list", "text": "eins\nzwei\ndrei"}, second["block"]]
    assert blocks[2]["text"] == "Und noch etwas."


def test_the_reason_for_a_wording_stays_with_it_and_is_read_beside_it(editor: User, draft: Version) -> None:
    write(editor, draft, "g1", block__b1="Olpes Daten.", reason="Der Rat will es so.")
    assert (row(draft, "g1").shown, row(draft, "g1").overrides[0]["reason"]) == ("adapted", "Der Rat will es so.")

    write(editor, draft, "g1", block__b1="Olpes offene Daten.", add__b2="Auch in Rhode.")
    write(editor, draft, "g1", reason="Der Rat will es anders.")

    found = queries.decision_value(row(draft, "g1"))
    reasons = {change.reason for change in (*found.overrides, *found.additions)}
    assert reasons == {"Der Rat will es anders."}


def test_a_paragraph_left_empty_is_hidden_and_comes_back_by_itself_with_its_wording(
    editor: User, draft: Version
) -> None:
    write(editor, draft, "g1", block__b1="")
    assert texts(draft) == ["Für alle."]

    write(editor, draft, "g1", block__b1="Offene Daten.")
    assert (row(draft, "g1").shown, row(draft, "g1").overrides) == ("adopted", [])


def test_two_people_in_one_field_the_second_sees_both(editor: User, draft: Version) -> None:
    stale = write(editor, draft, "g1", block__b1="Erste.")
    assert stale.conflicts == {}
    from andock.local_strategies.services.wording import edit_wording
    from andock.strategy.field_lock import Submitted, fingerprint

    late = Submitted("Zweite.", fingerprint("Offene Daten."))
    saved = edit_wording(actor=editor, version=draft, element=identity("g1"), fields={f"block:{identity('b1')}": late})

    (conflict,) = saved.conflicts.values()
    assert (conflict.mine, conflict.theirs) == ("Zweite.", "Erste.")


def test_a_pasted_book_is_refused_with_a_sentence(editor: User, draft: Version) -> None:
    with pytest.raises(CannotChange, match="import it as a document"):
        write(editor, draft, "g1", block__b1="wort " * 400_000)


# --- own elements ----------------------------------------------------------------------------------------------------
def test_an_own_element_keeps_the_identity_of_paragraphs_that_were_edited(editor: User, draft: Version) -> None:
    text = own.OwnText("Stadtführung", "Die Führung ist digital.\n\n- am Markt\n- am See")
    part = own.add_own(actor=editor, version=draft, own=text)
    before = [block["id"] for block in part.content["blocks"]]
    part = own.edit_own(
        actor=editor, version=draft, identity=part.identity,
        own=replace(text, text="Neu.\n\nDie Führung ist ganz digital.\n\n- am Markt\n- am See"),
    )  # fmt: skip

    assert [block["id"] for block in part.content["blocks"]][1:] == before
    assert own.text_of(part).endswith("- am Markt\n- am See")


def test_an_own_element_sent_twice_is_there_once(editor: User, draft: Version) -> None:
    sent = own.OwnText("Bürgerbus", "Fährt.\n\n- montags\n- freitags", after=identity("g1"))

    assert own.add_own(actor=editor, version=draft, own=sent) == own.add_own(actor=editor, version=draft, own=sent)
    own.add_own(actor=editor, version=draft, own=replace(sent, after=identity("g2")))

    assert draft.own_parts.count() == 2


def test_an_own_element_cannot_stand_below_itself(editor: User, draft: Version) -> None:
    part = own.add_own(actor=editor, version=draft, own=own.OwnText("A", "Text."))

    with pytest.raises(CannotChange, match="below itself"):
        own.edit_own(
            actor=editor,
            version=draft,
            identity=part.identity,
            own=own.OwnText("A", "Text.", parent=str(part.identity)),
        )


# --- states ----------------------------------------------------------------------------------------------------------
def test_nothing_is_submitted_while_a_core_element_is_undecided(releaser: User, draft: Version) -> None:
    with pytest.raises(CannotChange, match="1 core elements are still undecided: 1 g1"):
        states.move(actor=releaser, version=draft, state="submitted")


def test_a_deferred_core_element_does_not_block(releaser: User, draft: Version) -> None:
    choose(releaser, draft, "deferred", "g1", reason="Später.", until=TOMORROW)

    assert states.move(actor=releaser, version=draft, state="submitted").state == "submitted"


@pytest.mark.parametrize(
    ("day", "sentence"), [(COUNCIL.decided_on - timedelta(days=1), "before it was decided"), (TOMORROW, "lies ahead")]
)
def test_the_day_it_comes_into_force_fits_the_decision(
    releaser: User, draft: Version, day: date, sentence: str
) -> None:
    choose(releaser, draft, "adopted", "g1", "g2", "m1")
    states.move(actor=releaser, version=draft, state="submitted")

    with pytest.raises(CannotChange, match=sentence):
        states.record_decision(actor=releaser, version=draft, decided=COUNCIL, in_force_on=day)

    assert queries.version_in_force(draft.strategy) is None
    assert not draft.records.exists()


def test_a_version_is_not_in_force_before_the_town_docked(releaser: User, draft: Version, framework: Framework) -> None:
    """Only what is certainly before is refused: docked "in January 2026" may be the day of the decision."""
    docked(organisation("soest"), framework)
    periods = DockingPeriod.objects.filter(docking__organisation=draft.strategy.organisation)
    periods.update(since_text="2026-02-10", since_earliest=date(2026, 2, 10), since_latest=date(2026, 2, 10))
    choose(releaser, draft, "adopted", "g1", "g2", "m1")
    states.move(actor=releaser, version=draft, state="submitted")

    with pytest.raises(CannotChange, match="only after docking"):
        states.record_decision(actor=releaser, version=draft, decided=COUNCIL)
    assert not draft.records.exists()

    periods.update(since_text="2026-01", since_earliest=date(2026, 1, 1), since_latest=date(2026, 1, 31))
    assert states.record_decision(actor=releaser, version=draft, decided=COUNCIL).in_force_on == COUNCIL.decided_on


def test_a_decision_from_before_docking_may_come_into_force_after_it(
    releaser: User, draft: Version, framework: Framework
) -> None:
    docked(organisation("soest"), framework)
    docked_on = date(2026, 2, 10)
    DockingPeriod.objects.filter(docking__organisation=draft.strategy.organisation).update(
        since_text="2026-02-10", since_earliest=docked_on, since_latest=docked_on
    )
    choose(releaser, draft, "adopted", "g1", "g2", "m1")
    states.move(actor=releaser, version=draft, state="submitted")

    found = states.record_decision(actor=releaser, version=draft, decided=COUNCIL, in_force_on=docked_on)

    assert found.in_force_on == docked_on


def test_nobody_decided_before_there_was_a_framework(releaser: User, draft: Version) -> None:
    with pytest.raises(CannotChange, match="exists since"):
        in_force(releaser, draft, replace(COUNCIL, decided_on=date(202, 6, 1)))


def test_the_first_version_needs_the_council(releaser: User, draft: Version) -> None:
    with pytest.raises(CannotChange, match="the council decides"):
        in_force(releaser, draft, replace(COUNCIL, weight="editorial"))


@pytest.mark.parametrize(
    ("steps", "too_light", "enough"),
    [
        (("deferred", "declined"), "administrative", "substantial"),
        (("declined", "deferred"), "administrative", "substantial"),
        (("declined", "undecided"), "administrative", "substantial"),
        (("undecided", "deferred"), "editorial", "administrative"),
    ],
)
def test_decision_that_leaves_the_text_as_it_is_needs_who_may_take_it(
    releaser: User, draft: Version, steps: tuple[str, str], too_light: str, enough: str
) -> None:
    why = {"reason": "Darum.", "until": timezone.localdate() + timedelta(days=9)}
    choose(releaser, draft, "adopted", "g1", "g2")
    choose(releaser, draft, steps[0], "m1", **why)
    states.move(actor=releaser, version=draft, state="submitted")
    first = states.record_decision(actor=releaser, version=draft, decided=COUNCIL)
    version = drafts.begin_draft(actor=releaser, strategy=first.strategy)
    choose(releaser, version, steps[1], "m1", **why)
    states.move(actor=releaser, version=version, state="submitted")

    with pytest.raises(CannotChange, match="heavier decision"):
        states.record_decision(actor=releaser, version=version, decided=replace(COUNCIL, weight=too_light))

    found = states.record_decision(actor=releaser, version=version, decided=replace(COUNCIL, weight=enough))
    assert found.state == "in_force"


@pytest.mark.parametrize("outcome", ["postponed", "rejected", "with_changes"])
def test_any_other_outcome_returns_to_the_draft(releaser: User, draft: Version, outcome: str) -> None:
    assert in_force(releaser, draft, replace(COUNCIL, outcome=outcome)).state == "drafting"


def test_what_is_changed_after_approval_with_changes_is_the_councils(releaser: User, draft: Version) -> None:
    version = in_force(releaser, draft, replace(COUNCIL, outcome="with_changes"))
    write(releaser, version, "g1", block__b1="Wie der Rat will.")

    assert [override["origin"] for override in row(version, "g1").overrides] == ["council"]


def test_a_version_in_force_holds_its_text_with_hash_and_can_be_rebuilt(releaser: User, draft: Version) -> None:
    version = in_force(releaser, draft)

    rebuilt = resolve(queries.strategy_value(version))
    assert plain.digest(rebuilt) == version.content_hash
    assert plain.canonical(queries.resolved_version(version)) == plain.canonical(rebuilt)


def test_an_organisation_that_has_not_docked_tries_but_puts_nothing_in_force(releaser: User, draft: Version) -> None:
    DockingPeriod.objects.all().delete()

    with pytest.raises(Denied, match="not docked"):
        in_force(releaser, draft)


def test_the_database_refuses_to_change_a_version_in_force(releaser: User, draft: Version) -> None:
    version = in_force(releaser, draft)

    for act in (
        lambda: Version.objects.filter(pk=version.pk).update(title="Anders"),
        lambda: ElementDecision.objects.filter(version=version).update(reason="Anders"),
        lambda: ElementDecision.objects.filter(version=version).delete(),
        lambda: version.records.update(body="Anders"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_an_own_element_that_serves_a_regional_one_covers_it(releaser: User, draft: Version) -> None:
    choose(releaser, draft, "declined", "g2", reason="Haben wir selbst.")
    own.add_own(
        actor=releaser, version=draft,
        own=own.OwnText("Eigenes", "Text.", serves=identity("g2"), relation="equal"),
    )  # fmt: skip
    version = in_force(releaser, draft)

    assert row(version, "g2").shown == "covered"


# --- a new edition ---------------------------------------------------------------------------------------------------
@pytest.fixture
def adapted(releaser: User, draft: Version) -> Version:
    """Olpe's version 1 in force; b1 of g1 in its own words."""
    write(releaser, draft, "g1", block__b1="Olpes Daten.")
    return in_force(releaser, draft)


def test_a_run_changes_nothing_until_it_is_decided(releaser: User, adapted: Version, framework: Framework) -> None:
    target = second_edition(framework)
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=target)

    assert {item.key: item.kind for item in queries.run_value(run).items} == {
        f"{identity('g1')}/block:{identity('b1')}": "conflict", identity("g3"): "new", identity("m1"): "withdrawn_clean",
    }  # fmt: skip
    adapted.refresh_from_db()
    assert texts(adapted)[0] == "Olpes Daten."


def test_answers_make_the_next_draft_and_it_can_be_reopened(
    releaser: User, adapted: Version, framework: Framework
) -> None:
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))
    with pytest.raises(CannotChange, match="3 questions are still open"):
        runs.finish_run(actor=releaser, run=run)
    for resolution in (
        Resolution(f"{identity('g1')}/block:{identity('b1')}", KEEP, reason="Unser Portal."),
        Resolution(identity("g3"), ADOPT),
        Resolution(identity("m1"), END),
    ):
        runs.answer_item(actor=releaser, run=run, resolution=resolution)
    draft = runs.finish_run(actor=releaser, run=run)

    assert (draft.number, draft.edition.ordinal, texts(draft)[0]) == (2, 2, "Olpes Daten.")
    assert draft.decisions.get(element=identity("m1")).state == "ended"
    run.refresh_from_db()
    again = runs.reopen_run(actor=releaser, run=run)
    assert (queries.open_version(adapted.strategy), queries.still_open(again)) == (None, 0)


@pytest.mark.parametrize("outcome", [Outcome.WITH_CHANGES, Outcome.POSTPONED, Outcome.REJECTED])
def test_what_a_council_has_looked_at_is_not_reopened(
    releaser: User, adapted: Version, framework: Framework, outcome: str
) -> None:
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))
    for resolution in (
        Resolution(f"{identity('g1')}/block:{identity('b1')}", KEEP),
        Resolution(identity("g3"), ADOPT),
        Resolution(identity("m1"), END),
    ):
        runs.answer_item(actor=releaser, run=run, resolution=resolution)
    draft = runs.finish_run(actor=releaser, run=run)
    assert queries.finished_run(adapted.strategy) == run
    in_force(releaser, draft, replace(COUNCIL, outcome=outcome))

    assert queries.finished_run(adapted.strategy) is None
    with pytest.raises(CannotChange, match="decided"):
        runs.reopen_run(actor=releaser, run=run)
    assert queries.open_version(adapted.strategy) == draft


def test_an_answer_of_a_colleague_is_not_overwritten_unseen(
    releaser: User, adapted: Version, framework: Framework
) -> None:
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))
    runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("g3"), ADOPT))

    with pytest.raises(CannotChange, match="answered this meanwhile"):
        runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("g3"), "leave"))


def test_the_same_answer_once_more_changes_nothing(releaser: User, adapted: Version, framework: Framework) -> None:
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))
    kept = Resolution(identity("m1"), "to_local")
    first = runs.answer_item(actor=releaser, run=run, resolution=kept)

    assert runs.answer_item(actor=releaser, run=run, resolution=kept).resolution == first.resolution


def test_deferring_in_a_run_needs_a_day_and_a_reason(releaser: User, adapted: Version, framework: Framework) -> None:
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))

    with pytest.raises(CannotChange, match="after today"):
        runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("g3"), DEFER, reason="Später."))
    with pytest.raises(CannotChange, match="reason"):
        runs.answer_item(
            actor=releaser, run=run, resolution=Resolution(identity("g3"), DEFER, until=TOMORROW.isoformat())
        )


def test_a_title_written_in_a_run_is_one_line(releaser: User, draft: Version, framework: Framework) -> None:
    write(releaser, draft, "g2", title="Unser Ziel")
    current = in_force(releaser, draft)
    target = published(
        framework,
        2,
        G1,
        element("g2", label="2", title="Das neue Ziel"),
        element("m1", label="M01", parent=identity("g2"), type="measure"),
    )
    run = runs.start_run(actor=releaser, strategy=current.strategy, target=target)
    key = f"{identity('g2')}/title"

    with pytest.raises(CannotChange, match="at most 200"):
        runs.answer_item(actor=releaser, run=run, resolution=Resolution(key, EDITED, "Ziel " * 41))
    given = runs.answer_item(actor=releaser, run=run, resolution=Resolution(key, EDITED, "Unser\nneues Ziel"))

    assert given.resolution["value"] == "Unser neues Ziel"


def test_taking_back_opens_the_question_again(releaser: User, adapted: Version, framework: Framework) -> None:
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))
    runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("g3"), ADOPT))
    runs.take_back(actor=releaser, run=run, item=identity("g3"))

    assert queries.still_open(run) == 3


def test_nobody_writes_the_draft_while_a_run_is_open(releaser: User, adapted: Version, framework: Framework) -> None:
    draft = drafts.begin_draft(actor=releaser, strategy=adapted.strategy)
    runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))

    with pytest.raises(Denied, match="being taken over"):
        choose(releaser, draft, "declined", "g2", reason="Nein.")


def test_no_draft_begins_beside_an_open_take_over(releaser: User, adapted: Version, framework: Framework) -> None:
    runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))

    with pytest.raises(CannotChange, match="makes the next draft"):
        drafts.begin_draft(actor=releaser, strategy=adapted.strategy)


def test_a_draft_is_taken_over_in_place(releaser: User, adapted: Version, framework: Framework) -> None:
    draft = drafts.begin_draft(actor=releaser, strategy=adapted.strategy)
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=second_edition(framework))
    for resolution in (
        Resolution(f"{identity('g1')}/block:{identity('b1')}", TAKE),
        Resolution(identity("g3"), ADOPT),
        Resolution(identity("m1"), "to_local"),
    ):
        runs.answer_item(actor=releaser, run=run, resolution=resolution)
    done = runs.finish_run(actor=releaser, run=run)

    assert done.pk == draft.pk
    assert texts(done)[0] == "Offene Daten, jeden Tag neu."
    assert [part.origin for part in done.own_parts.all()] == [identity("m1")]


def test_what_follows_an_element_kept_as_ones_own_is_decided(
    releaser: User, adapted: Version, framework: Framework
) -> None:
    """The answer says that the parts are not adopted: nothing of them stays open in the draft."""
    parts = [element(name, label=label, parent=identity("g2"), type="measure") for name, label in PARTS.items()]
    split = tuple(Lineage("split", identity("m1"), identity(name), reason="Zwei Aufgaben.") for name in PARTS)
    target = published(framework, 2, G1, element("g2", label="2"), *parts, lineage=split)
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=target)
    runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("m2"), "to_local"))
    runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("m3"), "to_local", reason="Läuft gut."))
    draft = runs.finish_run(actor=releaser, run=run)

    assert [part.origin for part in draft.own_parts.all()] == [identity("m1")]
    assert [(row(draft, name).state, row(draft, name).reason) for name in PARTS] == [
        ("declined", "The former element stays as an element of our own."), ("declined", "Läuft gut."),
    ]  # fmt: skip
    assert Sheet(draft).open_lines == []


def test_a_part_stays_open_while_what_becomes_of_the_former_element_waits(
    releaser: User, adapted: Version, framework: Framework
) -> None:
    parts = [element(name, label=label, parent=identity("g2"), type="measure") for name, label in PARTS.items()]
    split = tuple(Lineage("split", identity("m1"), identity(name), reason="Zwei Aufgaben.") for name in PARTS)
    target = published(framework, 2, G1, element("g2", label="2"), *parts, lineage=split)
    run = runs.start_run(actor=releaser, strategy=adapted.strategy, target=target)
    runs.answer_item(actor=releaser, run=run, resolution=Resolution(identity("m2"), "to_local"))
    later = Resolution(identity("m3"), DEFER, reason="Später.", until=TOMORROW.isoformat())
    runs.answer_item(actor=releaser, run=run, resolution=later)

    assert row(runs.finish_run(actor=releaser, run=run), "m2").state == "undecided"


def test_a_released_reason_stays_released_until_it_is_another_one(
    releaser: User, draft: Version, framework: Framework
) -> None:
    write(releaser, draft, "g1", block__b1="Olpes Daten.", reason="Unser Portal.", reason_public=True)
    choose(releaser, draft, "declined", "g2", reason="Macht der Kreis.")
    write(releaser, draft, "g2", reason_public=True)
    current = in_force(releaser, draft)

    following = drafts.begin_draft(actor=releaser, strategy=current.strategy)
    assert (row(following, "g1").reason_public, row(following, "g2").reason_public) == (True, True)

    run = runs.start_run(actor=releaser, strategy=current.strategy, target=second_edition(framework))
    for resolution in (
        Resolution(f"{identity('g1')}/block:{identity('b1')}", KEEP, reason="Nur unter uns."),
        Resolution(identity("g3"), ADOPT),
        Resolution(identity("m1"), END),
    ):
        runs.answer_item(actor=releaser, run=run, resolution=resolution)
    done = runs.finish_run(actor=releaser, run=run)
    assert (row(done, "g1").reason_public, row(done, "g2").reason_public) == (False, True)


# --- sharing ---------------------------------------------------------------------------------------------------------
def test_a_link_opens_the_draft_until_it_ends_or_is_revoked(editor: User, draft: Version) -> None:
    now = timezone.now()
    link, token = sharing.share(actor=editor, version=draft, label="Ausschuss", expires_at=now + timedelta(days=7))

    assert sharing.shared_version(token, now) == draft
    assert sharing.shared_version(token, now + timedelta(days=8)) is None
    sharing.revoke(actor=editor, link=link)
    assert sharing.shared_version(token, now) is None


def test_the_agency_sees_no_draft(coordinator: User, draft: Version, olpe: Organisation) -> None:
    with pytest.raises(Denied):
        drafts.describe_version(actor=coordinator, version=draft, values={"title": "Anders"})


def test_a_later_version_cannot_begin_before_the_one_in_force(releaser: User, adapted: Version) -> None:
    draft = drafts.begin_draft(actor=releaser, strategy=adapted.strategy)

    with pytest.raises(CannotChange, match="in force since 20 January 2026; a later version cannot begin before"):
        in_force(releaser, draft, replace(COUNCIL, decided_on=date(2025, 1, 1)))
