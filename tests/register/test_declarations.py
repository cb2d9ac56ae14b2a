"""From the letter to the register, step by step; and what is refused, with the sentence that helps."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from andock.audit.models import Entry
from andock.kernel.pagecache.models import Version
from andock.kernel.permissions import Denied
from andock.organisations.models import Organisation, Succession
from andock.organisations.region_folder import Refused, RegionFolder
from andock.register.models import Declaration
from andock.register.services import declarations, standing
from andock.register.services.declarations import fields_of
from andock.strategy.loader import load_dockings
from andock.strategy.models import DockingPeriod, Edition, Framework
from andock.strategy.queries import newest_period, pauses_on, signatories_on
from andock.strategy.services.docking import CannotDock
from tests.accounts.cast import Cast
from tests.factories.pdfs import pdf, upload
from tests.register.scenes import (
    DAY,
    LETTER,
    RESOLUTION,
    confirmed,
    declared,
    handed_in,
    locked,
    mails,
    periods,
    prepared,
)

pytestmark = pytest.mark.django_db


def files() -> list[Path]:
    return [path for path in Path(configured.MEDIA_ROOT).rglob("*") if path.is_file()]


def stamps() -> dict[str, int]:
    return dict(Version.objects.values_list("scope", "stamp"))


# --- the way in -------------------------------------------------------------------------------------------------------
def test_letter_becomes_an_entry_with_its_date_and_source(cast: Cast, framework: Framework) -> None:
    found = confirmed(cast, framework)

    assert periods(cast.olpe) == [("participating", "letter_of_intent", "2026-03-12", "", "")]
    assert found.period.source == "Absichtserklärung vom 12. März 2026"
    assert stamps().keys() >= {"strategy", "register"}


def test_each_step_is_told_and_stands_in_the_trail(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)

    assert mails() == [
        ("coordinator@example.org", "Olpe hat eine Erklärung eingereicht"),
        ("olpe_editor@example.org", "Angedockt: Olpe"),
        ("olpe_releaser@example.org", "Angedockt: Olpe"),
    ]
    assert list(Entry.objects.order_by("pk").values_list("action", "actor__email")) == [
        ("register.prepared", "olpe_editor@example.org"),
        ("register.handed_in", "olpe_releaser@example.org"),
        ("strategy.docked", "coordinator@example.org"),
        ("register.confirmed", "coordinator@example.org"),
    ]


def test_question_goes_back_and_the_changed_declaration_comes_again(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)

    declarations.ask_back(actor=cast.coordinator, declaration=found, question="Welcher Tag?")
    again = prepared(cast, framework, day=date(2026, 3, 13), evidence=None)
    declarations.hand_in(actor=cast.olpe_releaser, declaration=again)
    declarations.confirm(actor=cast.coordinator, declaration=again)

    assert again.pk == found.pk
    assert periods(cast.olpe)[0][2] == "2026-03-13"
    assert Entry.objects.get(action="register.asked_back").reason == "Welcher Tag?"


def test_who_docked_signs_the_next_edition(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)

    assert [period.docking.organisation for period in signatories_on(DAY, framework)] == [cast.olpe]
    assert signatories_on(DAY - timedelta(days=1), framework) == []


def test_resolution_makes_the_basis_better_without_a_break(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)

    second = confirmed(cast, framework, **RESOLUTION)

    assert periods(cast.olpe) == [
        ("participating", "letter_of_intent", "2026-03-12", "2026-05-04", "upgraded"),
        ("participating", "council_resolution", "2026-05-04", "", ""),
    ]
    assert second.period.source == "Ratsbeschluss vom 4. Mai 2026, Nr. 45/2026"


def test_pioneer_stays_a_pioneer_on_a_better_basis(cast: Cast, framework: Framework) -> None:
    docking = framework.dockings.create(organisation=cast.olpe)
    early = date(2019, 7, 9)
    docking.periods.create(role="pioneer", basis="funder_selection", since_text="2019-07-09", since_earliest=early, since_latest=early)  # fmt: skip

    confirmed(cast, framework, **RESOLUTION)

    assert [found[0] for found in periods(cast.olpe)] == ["pioneer", "pioneer"]


def test_resolution_within_an_imprecise_beginning_goes_on_from_there(cast: Cast, framework: Framework) -> None:
    """Docked "at the latest autumn 2021"; then the resolution of March 2021 is found."""
    early = {"since_text": "[2020-09-15..2021-23]", "since_earliest": date(2020, 9, 15), "since_latest": date(2021, 11, 30)}  # fmt: skip
    framework.dockings.create(organisation=cast.olpe).periods.create(role="participating", **early)

    found = confirmed(cast, framework, **RESOLUTION | {"day": date(2021, 3, 10)})
    assert newest_period(cast.olpe, framework) == found.period

    standing.pause(
        actor=cast.olpe_releaser, organisation=cast.olpe, framework=framework, day=date(2026, 6, 1), reason=""
    )
    assert [period.pk for period in pauses_on(date(2026, 7, 1))] == [found.period_id]
    assert [(since, until, ending) for _role, _basis, since, until, ending in periods(cast.olpe)] == [
        ("[2020-09-15..2021-23]", "2021-03-10", "upgraded"),
        ("2021-03-10", "2026-06-01", "paused"),
    ]


def test_association_of_municipalities_docks_too(cast: Cast, framework: Framework) -> None:
    Organisation.objects.filter(pk=cast.olpe.pk).update(kind="association")
    cast.olpe.refresh_from_db()

    assert confirmed(cast, framework).period.role == "participating"


# --- pause, end, come back --------------------------------------------------------------------------------------------
def test_pause_and_return_keep_role_basis_and_history(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)
    place = {"organisation": cast.olpe, "framework": framework, "actor": cast.olpe_releaser}

    standing.pause(**place, day=date(2026, 6, 1), reason="Haushalt")
    standing.resume(**place, day=date(2026, 9, 1))

    assert periods(cast.olpe) == [
        ("participating", "letter_of_intent", "2026-03-12", "2026-06-01", "paused"),
        ("participating", "letter_of_intent", "2026-09-01", "", ""),
    ]
    assert [subject for _to, subject in mails()[-2:]] == [
        "Olpe setzt aus ab dem 1. Juni 2026",
        "Olpe ist wieder dabei ab dem 1. September 2026",
    ]


def test_end_then_docking_again_begins_a_new_time(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)
    standing.end(actor=cast.olpe_releaser, organisation=cast.olpe, framework=framework, day=date(2026, 6, 1), reason="")

    confirmed(cast, framework, day=date(2026, 7, 1))

    assert [(since, until, ending) for _role, _basis, since, until, ending in periods(cast.olpe)] == [
        ("2026-03-12", "2026-06-01", "ended"), ("2026-07-01", "", ""),
    ]  # fmt: skip


def test_pause_can_become_an_end(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)
    place = {"organisation": cast.olpe, "framework": framework, "actor": cast.olpe_releaser, "reason": ""}
    standing.pause(**place, day=date(2026, 6, 1))

    standing.end(**place, day=date(2026, 9, 1))

    assert periods(cast.olpe)[0][3:] == ("2026-06-01", "ended")


@pytest.mark.parametrize(
    ("act", "day", "sentence"),
    [
        (standing.pause, DAY, "späteren Tag"),
        (standing.end, date(2099, 1, 1), "mehr als ein Jahr"),
        (standing.resume, date(2026, 6, 1), "setzt nicht aus"),
    ],
)
def test_day_that_does_not_fit_the_register_is_refused(
    cast: Cast, framework: Framework, act: object, day: date, sentence: str
) -> None:
    confirmed(cast, framework)

    with pytest.raises(CannotDock, match=sentence):
        act(actor=cast.olpe_releaser, organisation=cast.olpe, framework=framework, day=day, reason="")

    assert periods(cast.olpe)[0][3] == ""


def test_who_never_docked_has_nothing_to_end(cast: Cast, framework: Framework) -> None:
    with pytest.raises(CannotDock, match="nimmt zurzeit nicht teil"):
        standing.end(actor=cast.olpe_releaser, organisation=cast.olpe, framework=framework, day=DAY, reason="")


# --- the files of the region ------------------------------------------------------------------------------------------
def load(folder: Path, *rows: str) -> None:
    head = "organisation,role,since,until,basis,verified,source,note"
    (folder / "dockings.csv").write_text("\n".join((head, *rows, "")), encoding="utf-8")
    load_dockings(RegionFolder(folder))


def test_loading_the_region_again_leaves_what_was_done_here(cast: Cast, framework: Framework, tmp_path: Path) -> None:
    row = "olpe,participating,2021-03-01,,letter_of_intent,,,"
    load(tmp_path, row)
    confirmed(cast, framework, **RESOLUTION)
    upgraded = periods(cast.olpe)
    assert [ending for *_rest, ending in upgraded] == ["upgraded", ""]

    load(tmp_path, row)
    assert periods(cast.olpe) == upgraded

    standing.end(actor=cast.olpe_releaser, organisation=cast.olpe, framework=framework, day=date(2026, 6, 1), reason="")
    ended = periods(cast.olpe)
    load(tmp_path, row)
    assert periods(cast.olpe) == ended


def test_file_that_docks_a_second_time_is_refused_with_its_line(
    cast: Cast, framework: Framework, tmp_path: Path
) -> None:
    confirmed(cast, framework)

    with pytest.raises(Refused, match=r"since.*12\. März 2026"):
        load(tmp_path, "olpe,participating,2025-01-01,,letter_of_intent,,,")

    assert len(periods(cast.olpe)) == 1


# --- refusals ---------------------------------------------------------------------------------------------------------
def test_day_in_the_future_is_refused(cast: Cast, framework: Framework) -> None:
    with pytest.raises(CannotDock, match="Zukunft"):
        prepared(cast, framework, day=timezone.localdate() + timedelta(days=1))


def test_day_before_the_framework_is_refused(cast: Cast, framework: Framework) -> None:
    Edition.objects.create(framework=framework, ordinal=1, label="1. Auflage", title="R", state="consultation", date_text="2020-09", was_shown=True)  # fmt: skip

    with pytest.raises(CannotDock, match=r"gibt es erst seit dem 1\. September 2020"):
        prepared(cast, framework, day=date(2020, 8, 31))


def test_day_before_the_municipality_is_refused(cast: Cast, framework: Framework) -> None:
    Succession.objects.create(
        predecessor=cast.soest,
        successor=cast.olpe,
        kind="merger",
        date_text="2025-01-01",
        effective_on=date(2025, 1, 1),
    )

    with pytest.raises(CannotDock, match=r"Olpe gibt es erst seit dem 1\. Januar 2025"):
        prepared(cast, framework, day=date(2024, 12, 31))


def test_municipality_that_is_no_more_does_not_dock(cast: Cast, framework: Framework) -> None:
    Succession.objects.create(
        predecessor=cast.olpe,
        successor=cast.soest,
        kind="merger",
        date_text="2026-04-01",
        effective_on=date(2026, 4, 1),
    )

    with pytest.raises(CannotDock, match=r"endete am 1\. April 2026"):
        prepared(cast, framework)


@pytest.mark.parametrize("values", [LETTER | {"day": date(2026, 6, 1)}, RESOLUTION | {"day": date(2026, 6, 1)}])
def test_docked_already_on_as_good_a_basis_is_refused(cast: Cast, framework: Framework, values: dict) -> None:
    confirmed(cast, framework, **RESOLUTION)

    with pytest.raises(CannotDock, match="Bereits angedockt seit"):
        prepared(cast, framework, **values)


def test_resolution_older_than_the_letter_is_refused(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)

    with pytest.raises(CannotDock, match="späteren Tag"):
        prepared(cast, framework, **RESOLUTION | {"day": DAY})


def test_return_before_the_end_is_refused(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)
    standing.end(actor=cast.olpe_releaser, organisation=cast.olpe, framework=framework, day=date(2026, 6, 1), reason="")

    with pytest.raises(CannotDock, match=r"endete erst am 1\. Juni 2026"):
        prepared(cast, framework, day=date(2026, 5, 31))


def test_company_does_not_dock(cast: Cast, framework: Framework) -> None:
    Organisation.objects.filter(pk=cast.olpe.pk).update(kind="company")
    cast.olpe.refresh_from_db()

    with pytest.raises(Denied, match="Kommunen und ihre Verbände"):
        prepared(cast, framework)


def test_declaration_without_evidence_is_refused(cast: Cast, framework: Framework) -> None:
    with pytest.raises(CannotDock, match="als PDF"):
        prepared(cast, framework, evidence=None)


def test_what_changed_since_it_was_handed_in_is_seen_when_confirming(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)
    Organisation.objects.filter(pk=cast.olpe.pk).update(kind="company")

    with pytest.raises(CannotDock):
        declarations.confirm(actor=cast.coordinator, declaration=found)

    assert periods(cast.olpe) == []


# --- who ----------------------------------------------------------------------------------------------------------------
def test_nobody_acts_for_another_organisation(cast: Cast, framework: Framework) -> None:
    found = prepared(cast, framework)
    stranger = cast.soest_releaser

    for act in (
        lambda: declared(cast, framework, LETTER | {"evidence": upload()}, actor=stranger),
        lambda: declarations.hand_in(actor=stranger, declaration=found),
        lambda: declarations.withdraw(actor=stranger, declaration=found),
        lambda: declarations.release_evidence(actor=stranger, declaration=found, is_released=True),
        lambda: declarations.hand_in(actor=cast.olpe_editor, declaration=found),
        lambda: declarations.hand_in(actor=cast.coordinator, declaration=found),
        lambda: standing.end(actor=cast.coordinator, organisation=cast.olpe, framework=framework, day=DAY, reason=""),
    ):
        with pytest.raises(Denied):
            act()

    declarations.hand_in(actor=cast.olpe_releaser, declaration=found)
    for person in (cast.olpe_releaser, stranger):
        with pytest.raises(Denied):
            declarations.confirm(actor=person, declaration=found)


# --- two people at once -------------------------------------------------------------------------------------------------
def test_second_writer_sees_both_and_nothing_is_mixed(cast: Cast, framework: Framework) -> None:
    found = prepared(cast, framework)
    before = fields_of(found)
    prepared(cast, framework, **RESOLUTION | {"evidence": None})

    late = locked(before, LETTER | {"day": date(2026, 3, 13), "evidence": None})
    answer = declarations.prepare(actor=cast.olpe_releaser, organisation=cast.olpe, framework=framework, fields=late)

    assert {name: (one.mine, one.theirs) for name, one in answer.conflicts.items()} == {
        "basis": ("letter_of_intent", "council_resolution"), "day": ("2026-03-13", "2026-05-04"),
        "number": ("", "45/2026"), "is_released": (False, True),
    }  # fmt: skip
    found.refresh_from_db()
    assert (found.basis, found.day, found.number) == ("council_resolution", date(2026, 5, 4), "45/2026")


def test_other_file_of_a_colleague_is_not_replaced_unseen(cast: Cast, framework: Framework) -> None:
    before = fields_of(prepared(cast, framework))
    theirs = prepared(cast, framework, evidence=upload(pdf(pages=2))).evidence.name

    for mine in (None, upload(pdf(pages=3))):
        late = locked(before, LETTER | {"evidence": mine})
        answer = declarations.prepare(actor=cast.olpe_editor, organisation=cast.olpe, framework=framework, fields=late)
        assert list(answer.conflicts) == ["evidence"]

    assert Declaration.objects.get().evidence.name == theirs
    assert len(files()) == 2


def test_same_declaration_sent_twice_is_no_conflict(cast: Cast, framework: Framework) -> None:
    sent = [locked(fields_of(None), LETTER | {"evidence": upload()}) for _click in range(2)]

    for fields in sent:
        answer = declarations.prepare(
            actor=cast.olpe_editor, organisation=cast.olpe, framework=framework, fields=fields
        )
        assert answer.conflicts == {}

    assert Declaration.objects.count() == 1


def test_declaration_withdrawn_meanwhile_does_not_come_back_unseen(cast: Cast, framework: Framework) -> None:
    found = prepared(cast, framework)
    before = fields_of(found)
    declarations.withdraw(actor=cast.olpe_releaser, declaration=found)

    late = locked(before, LETTER | {"evidence": None})
    answer = declarations.prepare(actor=cast.olpe_editor, organisation=cast.olpe, framework=framework, fields=late)

    assert answer.conflicts.keys() == {"basis", "day", "evidence"}
    assert not Declaration.objects.exclude(state="withdrawn").exists()


def test_only_what_was_seen_is_handed_in(cast: Cast, framework: Framework) -> None:
    found = prepared(cast, framework)
    seen = declarations.mark_of(found)
    prepared(cast, framework, day=date(2026, 3, 13), evidence=None)

    with pytest.raises(CannotDock, match="inzwischen geändert"):
        declarations.hand_in(actor=cast.olpe_releaser, declaration=found, seen=seen)

    assert Declaration.objects.get().state == "draft"


def test_handed_in_declaration_is_not_changed_or_handed_in_again(cast: Cast, framework: Framework) -> None:
    found = handed_in(cast, framework)

    with pytest.raises(Denied, match="Eingereicht"):
        prepared(cast, framework)
    with pytest.raises(Denied, match="Eingereicht"):
        declarations.hand_in(actor=cast.olpe_releaser, declaration=found)


# --- evidence -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied_afterwards")
def test_other_evidence_and_withdrawal_delete_the_file(cast: Cast, framework: Framework) -> None:
    found = prepared(cast, framework)
    first = files()
    prepared(cast, framework, evidence=upload(pdf(pages=2)))
    second = files()

    declarations.withdraw(actor=cast.olpe_releaser, declaration=found)

    assert (len(first), len(second), files()) == (1, 1, [])
    assert first != second
    assert "olpe" not in str(first[0].relative_to(configured.MEDIA_ROOT))


def test_withdrawal_after_handing_in_is_told_and_another_can_follow(cast: Cast, framework: Framework) -> None:
    declarations.withdraw(actor=cast.olpe_releaser, declaration=handed_in(cast, framework))

    assert mails()[-1] == ("coordinator@example.org", "Olpe hat seine Erklärung zurückgezogen")
    assert handed_in(cast, framework).state == "handed_in"


# --- the database -------------------------------------------------------------------------------------------------------
def test_second_open_declaration_is_refused(cast: Cast, framework: Framework) -> None:
    prepared(cast, framework)

    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.create(organisation=cast.olpe, framework=framework, basis="letter_of_intent", day=DAY, evidence="x.pdf")  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"state": "confirmed"}, {"state": "unknown"}, {"basis": "not_documented"}, {"evidence": ""},
        {"basis": "council_resolution", "number": ""},
    ],
)  # fmt: skip
def test_row_that_makes_no_sense_is_refused(cast: Cast, framework: Framework, values: dict) -> None:
    found = prepared(cast, framework)

    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.filter(pk=found.pk).update(**values)


@pytest.mark.parametrize(
    "statement", ["UPDATE register_declaration SET day = '2020-01-01'", "DELETE FROM register_declaration"]
)
def test_confirmed_declaration_is_frozen(cast: Cast, framework: Framework, statement: str) -> None:
    confirmed(cast, framework)

    with pytest.raises(DatabaseError, match="cannot change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_second_running_period_is_refused(cast: Cast, framework: Framework) -> None:
    period = confirmed(cast, framework).period
    period.pk, period.role = None, "supporter"

    with pytest.raises(IntegrityError), transaction.atomic():
        period.save(force_insert=True)
    assert DockingPeriod.objects.count() == 1
