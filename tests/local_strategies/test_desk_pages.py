"""The workspace as its people meet it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.accounts.models import User
from andock.local_strategies.desk_sheet import Sheet
from andock.local_strategies.models import Note, Version
from andock.local_strategies.services import deciding, own
from andock.local_strategies.services.states import move
from andock.organisations.choices import Role
from andock.organisations.models import Organisation, Succession
from andock.strategy.models import DockingPeriod, Edition, Framework
from tests.factories.accounts import member, organisation
from tests.factories.strategy import identity
from tests.local_strategies.desk import DESK, element_page, element_url, post, sheet, told
from tests.local_strategies.scenes import choose, in_force, row, write

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
B1, B2 = f"block:{identity('b1')}", f"block:{identity('b2')}"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    """No second factor is asked for."""
    settings.ANDOCK_DEMO = True


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(editor: User) -> Client:
    return at_desk(editor)


@pytest.fixture
def releasers_desk(releaser: User) -> Client:
    return at_desk(releaser)


# --- beginning -------------------------------------------------------------------------------------------------------
def test_strategy_begins_on_the_edition_in_force(desk: Client, olpe: Organisation, edition: Edition) -> None:
    assert "Begin the local strategy" in told(desk.get(DESK))

    answer = desk.post(f"{DESK}beginnen/", follow=True)

    assert "0 of 3 decided" in told(answer)


def test_town_that_has_not_docked_reads_that_its_draft_is_private(
    desk: Client, olpe: Organisation, edition: Edition
) -> None:
    DockingPeriod.objects.all().delete()

    page = told(desk.get(DESK))
    assert "nobody but your own people sees the draft, also not the agency" in page
    assert "only after docking" in told(desk.post(f"{DESK}beginnen/", follow=True))


def test_successor_is_offered_the_predecessors_strategy(releaser: User, releasers_desk: Client, draft: Version) -> None:
    in_force(releaser, draft)
    town = organisation("neu-olpe")
    member(releaser, town, Role.MUNICIPAL_RELEASER)
    address = "/en/verwaltung/neu-olpe/strategie/"
    assert "Begin as the strategy of" not in told(releasers_desk.get(address))
    Succession.objects.create(
        predecessor=draft.strategy.organisation, successor=town, kind="merger", date_text="2026-01-01",
        effective_on="2026-01-01",
    )  # fmt: skip

    assert "Begin as the strategy of Olpe reads (1. Auflage)" in told(releasers_desk.get(address))
    answer = releasers_desk.post(f"{address}beginnen/", {"as": str(draft.pk)}, follow=True)

    assert "3 of 3 decided" in told(answer)


def test_way_to_the_desk_stands_on_the_start_page_and_the_towns_page(desk: Client, draft: Version) -> None:
    assert "Local strategy of Olpe" in told(desk.get("/en/verwaltung/"))
    assert DESK in desk.get("/en/kommunen/olpe/").content.decode()
    assert DESK not in Client().get("/en/kommunen/olpe/").content.decode()


def test_another_towns_people_are_refused(draft: Version, editor: User) -> None:
    organisation("soest")

    assert at_desk(editor).get("/en/verwaltung/soest/strategie/").status_code == 403


# --- deciding --------------------------------------------------------------------------------------------------------
def test_one_save_writes_every_changed_line(desk: Client, draft: Version) -> None:
    data = sheet(
        draft, g1="adopted", g2="declined", g2__reason="Haben wir selbst.", m1="deferred", m1__reason="Erst der Haushalt.",
        m1__until=TOMORROW,
    )  # fmt: skip

    assert "3 of 3 decided" in told(post(desk, "", data))
    assert (row(draft, "g1").state, row(draft, "g2").reason, row(draft, "m1").until.isoformat()) == (
        "adopted", "Haben wir selbst.", TOMORROW,
    )  # fmt: skip


def test_missing_reason_saves_nothing_and_keeps_what_was_typed(desk: Client, draft: Version) -> None:
    answer = post(desk, "", sheet(draft, g1="adopted", g2="declined", m1="deferred", m1__reason="Später einmal."))

    assert answer.status_code == 400
    page = told(answer)
    assert "Please give a reason in a sentence" in page
    assert "Until when?" in page
    assert "Später einmal." in page
    assert row(draft, "g1").state == "undecided"


def test_reason_of_a_declined_element_is_rewritten(editor: User, desk: Client, draft: Version) -> None:
    choose(editor, draft, "declined", "g2", reason="Alt.")
    post(desk, "", sheet(draft, g2__reason="Neu."))

    assert row(draft, "g2").reason == "Neu."


def test_second_person_sees_both_decisions_and_chooses(editor: User, desk: Client, draft: Version) -> None:
    stale = sheet(draft, g1="adopted", g2="declined", g2__reason="Nein.")
    choose(editor, draft, "deferred", "g2", reason="Erst prüfen.", until=timezone.localdate() + timedelta(days=9))

    answer = post(desk, "", stale)

    page = told(answer)
    assert answer.status_code == 409
    assert "Somebody else decided meanwhile: deferred – Erst prüfen." in page
    assert (row(draft, "g1").state, row(draft, "g2").state) == ("adopted", "deferred")
    post(desk, "", sheet(draft, g2="declined", g2__reason="Nein."))
    assert (row(draft, "g2").state, row(draft, "g2").reason) == ("declined", "Nein.")


def test_changed_reason_of_a_colleague_is_not_overwritten_unseen(editor: User, desk: Client, draft: Version) -> None:
    choose(editor, draft, "declined", "g2", reason="Alt.")
    stale = sheet(draft, g2__reason="Meiner.")
    choose(editor, draft, "declined", "g2", reason="Ihrer.")

    assert post(desk, "", stale).status_code == 409
    assert row(draft, "g2").reason == "Ihrer."


def test_ticked_elements_are_adopted_at_once(desk: Client, draft: Version) -> None:
    ticked = [identity("g1"), identity("m1")]
    post(desk, "", sheet(draft) | {"ticked": ticked, "action": "adopt"})

    assert [row(draft, name).state for name in ("g1", "g2", "m1")] == ["adopted", "undecided", "adopted"]


def test_branch_is_adopted_with_one_button_but_not_what_was_decided_before(
    editor: User, desk: Client, draft: Version
) -> None:
    choose(editor, draft, "declined", "m1", reason="Nein.")
    post(desk, "", sheet(draft, g1="adopted") | {"action": f"branch:{identity('g2')}"})

    assert [row(draft, name).state for name in ("g1", "g2", "m1")] == ["adopted", "adopted", "declined"]


def test_whole_branch_is_declined_for_one_reason(editor: User, desk: Client, draft: Version) -> None:
    choose(editor, draft, "adopted", "m1")
    branch = f"stelle/{identity('g2')}/zweig/"

    assert post(desk, branch, {"state": "declined"}).status_code == 400
    post(desk, branch, {"state": "declined", "reason": "Macht der Kreis."})
    assert [row(draft, name).state for name in ("g2", "m1")] == ["declined", "adopted"]
    post(desk, branch, {"state": "declined", "reason": "Macht der Kreis.", "with_decided": "on"})
    assert row(draft, "m1").reason == "Macht der Kreis."


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [("offen", {"m1"}), ("kern", {"g1"}), ("angepasst", {"g1"}), ("abgelehnt", {"g2"}), ("eigene", {"Eigenes"})],
)
def test_filter_shows_only_what_fits(editor: User, desk: Client, draft: Version, wanted: str, shown: set[str]) -> None:
    write(editor, draft, "g1", add__b2="Auch hier.")
    choose(editor, draft, "declined", "g2", reason="Nein.")
    own.add_own(actor=editor, version=draft, own=own.OwnText("Eigenes", "Text."))

    lines = desk.get(f"{DESK}?zeige={wanted}").context["sheet"].shown
    assert {line.content["title"] for line in lines} == shown


def test_page_of_an_element_is_closed_once_the_version_is_submitted(
    releaser: User, desk: Client, draft: Version
) -> None:
    assert not re.search(r"<(textarea|input)[^>]* (readonly|disabled)", desk.get(element_url("g1")).content.decode())
    choose(releaser, draft, "adopted", "g1")
    move(actor=releaser, version=draft, state="submitted")

    page = desk.get(element_url("g1")).content.decode()

    form = page[page.index('<form class="write"') : page.index("save-bar")]
    fields = re.findall(r'<(?:textarea|select|input(?! type="hidden"))[^>]*>', form)
    assert len(fields) > 8
    assert [field for field in fields if " readonly" not in field and " disabled" not in field] == []


def test_what_is_wrong_on_the_desk_stands_first(desk: Client, draft: Version) -> None:
    """Above progress and filters, where the bar at the bottom covers nothing of it."""
    page = post(desk, "", sheet(draft, g1="declined")).content.decode()

    assert page.index('class="errs"') < page.index('id="fortschritt"') < page.index('class="filters"')


def test_unknown_selection_says_that_everything_is_shown(desk: Client, draft: Version) -> None:
    assert "does not exist. Everything is shown." in told(desk.get(f"{DESK}?zeige=quatsch"))
    assert "does not exist" not in told(desk.get(f"{DESK}?zeige=offen"))


def test_desk_of_a_submitted_version_shows_why_nothing_can_be_changed(
    releaser: User, releasers_desk: Client, draft: Version
) -> None:
    data = sheet(draft, g2="adopted")
    choose(releaser, draft, "adopted", "g1")
    post(releasers_desk, "stand/", {"to": "submitted"})

    assert "Take it back before you change it" in told(releasers_desk.get(DESK))
    answer = post(releasers_desk, "", data)
    assert (answer.status_code, row(draft, "g2").state) == (409, "undecided")


def test_form_is_made_only_for_lines_somebody_has_touched(editor: User, desk: Client, draft: Version) -> None:
    """Making and drawing forms for all lines took half of the time the desk took."""
    choose(editor, draft, "deferred", "m1", reason="Später.", until=timezone.localdate() + timedelta(days=9))

    page = desk.get(DESK)

    assert not any(line.form for line in page.context["sheet"].lines)
    assert page.content.decode().count('<input type="date"') == 3
    touched = Sheet(draft, data=sheet(draft, g2="adopted"))
    assert [line.identity for line, _form in touched.changed] == [identity("g2")]


@pytest.mark.parametrize("number", [1, 3])
def test_desk_asks_the_database_as_often_for_many_elements_as_for_one(
    editor: User, desk: Client, draft: Version, number: int, django_assert_num_queries: Callable
) -> None:
    for place in range(number):
        own.add_own(actor=editor, version=draft, own=own.OwnText(f"Eigenes {place}", "Text."))
        Note.objects.create(strategy=draft.strategy, identity=identity("g1"), author=editor, text="x")
    desk.get(DESK)

    with django_assert_num_queries(18):
        desk.get(DESK)


def test_agency_does_not_see_in_the_trail_that_there_is_a_draft(
    editor: User, coordinator: User, desk: Client, draft: Version
) -> None:
    choose(editor, draft, "adopted", "g1")
    trail = "/en/verwaltung/olpe/verlauf/"
    assert '<th scope="row">Elements decided</th>' in desk.get(trail).content.decode()

    agency = at_desk(coordinator)

    for page in (trail, f"{trail}?format=csv", f"{trail}?action=local_strategies.decided"):
        assert "Elements decided;" not in agency.get(page).content.decode()
        assert '<th scope="row">' not in agency.get(page).content.decode()


# --- one element -----------------------------------------------------------------------------------------------------
def test_addition_and_wording_are_written_and_the_difference_shown(desk: Client, draft: Version) -> None:
    desk.post(element_url("g1"), element_page(draft, "g1", add__b2="In Olpe auch.", block__b1="Offene Daten in Olpe."))

    assert row(draft, "g1").shown == "adapted"
    assert "<ins>" in desk.get(element_url("g1")).content.decode()


def test_emptied_paragraph_is_left_out(desk: Client, draft: Version) -> None:
    desk.post(element_url("g1"), element_page(draft, "g1", block__b1=""))

    assert "Left out here." in told(desk.get(element_url("g1")))


def test_second_person_in_a_field_sees_both_and_can_keep_the_saved_one(
    editor: User, desk: Client, draft: Version
) -> None:
    stale = element_page(draft, "g1", block__b1="Meiner.", title="Mein Titel")
    write(editor, draft, "g1", block__b1="Ihrer.")

    answer = desk.post(element_url("g1"), stale)

    page = told(answer)
    assert answer.status_code == 409
    assert "Saved meanwhile by somebody else: Ihrer." in page
    assert "Meiner." in page
    assert row(draft, "g1").overrides[1]["value"] == "Mein Titel"
    again = element_page(draft, "g1", block__b1="Meiner.") | {"action": f"theirs:{B1}"}
    assert desk.post(element_url("g1"), again).status_code == 302
    assert {override["field"] for override in row(draft, "g1").overrides} == {B1, "title"}


def test_declining_without_reason_lands_on_the_page_with_everything_typed(desk: Client, draft: Version) -> None:
    answer = desk.post(element_url("g1"), element_page(draft, "g1", state="declined", add__b2="Bleibt stehen."))

    assert answer.status_code == 409
    assert "Please give a reason in a sentence" in told(answer)
    assert "Bleibt stehen." in told(answer)


def test_pasted_book_is_refused_with_a_sentence(desk: Client, draft: Version) -> None:
    answer = desk.post(element_url("g1"), element_page(draft, "g1", block__b1="wort " * 400_000))

    assert answer.status_code == 409
    assert "Divide it, or import it as a document" in told(answer)


def test_colleagues_leave_notes(desk: Client, releasers_desk: Client, draft: Version) -> None:
    desk.post(f"{element_url('g1')}notiz/", {"text": "Frag den Kämmerer."})
    assert "Frag den Kämmerer." in told(releasers_desk.get(element_url("g1")))
    assert "one note" in told(desk.get(DESK))

    releasers_desk.post(f"{element_url('g1')}notiz/", {"remove": str(Note.objects.get().pk)})
    assert not Note.objects.exists()


# --- own elements ----------------------------------------------------------------------------------------------------
OWN = {"title": "Stadtführung", "text": "Digital.\n\n- Markt\n- See", "type": "measure"}


def test_own_element_stands_after_the_one_it_follows(desk: Client, draft: Version) -> None:
    post(desk, "eigene/neu/", OWN | {"place": f"after:{identity('g1')}"})

    assert [line.content["title"] for line in desk.get(DESK).context["sheet"].lines] == [
        "g1",
        "Stadtführung",
        "g2",
        "m1",
    ]


def test_own_element_is_placed_below_and_mapped(desk: Client, draft: Version) -> None:
    post(
        desk, "eigene/neu/", OWN | {"place": f"below:{identity('g2')}", "serves": identity("g1"), "relation": "part_of"}
    )

    part = draft.own_parts.get()
    assert (part.content["parent"], part.relation, str(part.serves_id)) == (identity("g2"), "part_of", identity("g1"))


def test_mapping_without_a_relation_is_asked_for(desk: Client, draft: Version) -> None:
    answer = post(desk, "eigene/neu/", OWN | {"serves": identity("g1"), "relation": "none"})

    assert "How does your element relate" in told(answer)
    assert not draft.own_parts.exists()


def test_own_element_changed_by_a_colleague_is_not_overwritten_unseen(
    editor: User, desk: Client, draft: Version
) -> None:
    part = own.add_own(actor=editor, version=draft, own=own.OwnText("Eigenes", "Alt."))
    stale = OWN | {"seen": own.mark_of(part)}
    part = own.edit_own(actor=editor, version=draft, identity=part.identity, own=own.OwnText("Eigenes", "Ihrer."))

    answer = post(desk, f"eigene/{part.identity}/", stale)
    assert answer.status_code == 409
    assert "Ihrer." in told(answer)
    assert "Digital." in told(answer)
    post(desk, f"eigene/{part.identity}/", stale | {"seen": own.mark_of(part)})
    part.refresh_from_db()
    assert part.content["title"] == "Stadtführung"


def test_own_element_is_taken_out_after_asking(editor: User, desk: Client, draft: Version) -> None:
    part = own.add_own(actor=editor, version=draft, own=own.OwnText("Eigenes", "Alt."))
    assert "goes out of this draft" in told(desk.get(f"{DESK}eigene/{part.identity}/entfernen/"))

    post(desk, f"eigene/{part.identity}/entfernen/", {})
    assert not draft.own_parts.exists()


def test_all_own_elements_are_mapped_in_one_form(editor: User, desk: Client, draft: Version) -> None:
    one = own.add_own(actor=editor, version=draft, own=own.OwnText("Eins", "Text."))
    two = own.add_own(actor=editor, version=draft, own=own.OwnText("Zwei", "Text."))
    data = {
        f"{one.identity}-serves": identity("g1"),
        f"{one.identity}-relation": "none",
        f"{two.identity}-relation": "none",
    }

    assert "How does your element relate" in told(post(desk, "eigene/zuordnen/", data))
    post(desk, "eigene/zuordnen/", data | {f"{one.identity}-relation": "wider"})
    one.refresh_from_db()
    assert (str(one.serves_id), one.relation) == (identity("g1"), "wider")


# --- states ----------------------------------------------------------------------------------------------------------
DECIDED = {
    "outcome": "approved", "weight": "substantial", "body": "Stadtverordnetenversammlung", "decided_on": "2026-01-20",
    "reference": "7/2026",
}  # fmt: skip


def test_version_is_submitted_decided_and_in_force(releaser: User, releasers_desk: Client, draft: Version) -> None:
    assert "One core element is still open: 1 g1" in told(releasers_desk.get(f"{DESK}stand/"))
    choose(releaser, draft, "adopted", "g1")
    post(releasers_desk, "stand/", {"to": "participation"})
    post(releasers_desk, "stand/", {"to": "submitted"})

    answer = post(releasers_desk, "stand/beschluss/", DECIDED)

    page = told(answer)
    assert "The version is in force" in page
    assert "Stadtverordnetenversammlung" in page
    assert "7/2026" in page
    draft.refresh_from_db()
    assert draft.state == "in_force"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"weight": "editorial"}, "heavier decision"),
        ({"decided_on": "2999-01-01"}, "lies in the future"),
        ({"decided_on": "31.2.2026"}, "not a day in the calendar"),
        ({"body": ""}, "Name of the committee"),
        ({"outcome": ""}, "What was decided?"),
    ],
)
def test_refusals_of_a_decision_stand_on_the_form(
    releaser: User, releasers_desk: Client, draft: Version, values: dict, sentence: str
) -> None:
    choose(releaser, draft, "adopted", "g1")
    post(releasers_desk, "stand/", {"to": "submitted"})

    answer = post(releasers_desk, "stand/beschluss/", DECIDED | values)
    assert answer.status_code == 409
    assert sentence in told(answer)
    assert not draft.records.exists()


def test_editor_reads_who_submits(desk: Client, editor: User, draft: Version) -> None:
    choose(editor, draft, "adopted", "g1")

    assert "Only a releaser of Olpe does this" in told(desk.get(f"{DESK}stand/"))
    assert "Only a releaser of Olpe does this" in told(post(desk, "stand/", {"to": "submitted"}))


def test_next_draft_begins_as_the_version_in_force_reads(
    releaser: User, releasers_desk: Client, draft: Version
) -> None:
    in_force(releaser, draft)
    assert "Version 1 is in force since" in told(releasers_desk.get(DESK))

    assert "3 of 3 decided" in told(post(releasers_desk, "beginnen/", {}))


def test_draft_is_deleted_after_asking(releasers_desk: Client, draft: Version) -> None:
    assert "go for good" in told(releasers_desk.get(f"{DESK}stand/loeschen/"))

    post(releasers_desk, "stand/loeschen/", {})
    assert not Version.objects.exists()


def test_service_decides_a_branch_and_says_how_many(editor: User, draft: Version) -> None:
    assert deciding.decide_branch(actor=editor, version=draft, element=identity("g2"), state="adopted") == 2


# --- the place is gone -----------------------------------------------------------------------------------------------
def test_own_element_that_a_colleague_took_out_can_be_added_anew_with_what_was_typed(
    desk: Client, editor: User, draft: Version
) -> None:
    part = own.add_own(actor=editor, version=draft, own=own.OwnText("Bürgerbus", "Fährt."))
    own.remove_own(actor=editor, version=draft, identity=part.identity)
    typed = {"title": "Bürgerbus", "text": "Fährt jeden Tag.", "type": "measure", "place": "below:"}

    answer = desk.post(f"{DESK}eigene/{part.identity}/", typed)

    assert answer.status_code == 409
    assert "taken this element out meanwhile" in told(answer)
    assert "Fährt jeden Tag." in answer.content.decode()
    assert f'action="{DESK}eigene/neu/"' in answer.content.decode()
    desk.post(f"{DESK}eigene/neu/", typed)
    assert draft.own_parts.get().content["blocks"][0]["text"] == "Fährt jeden Tag."


def test_text_for_a_draft_that_came_into_force_meanwhile_is_given_back(
    desk: Client, releaser: User, draft: Version
) -> None:
    typed = element_page(draft, "g1", add__b1="Auch in Rhode.")
    in_force(releaser, draft)

    answer = desk.post(element_url("g1"), typed)

    assert answer.status_code == 409
    assert "There is no draft to work on" in told(answer)
    assert "Auch in Rhode." in answer.content.decode()
    assert "base_" not in answer.content.decode()


def test_text_for_an_element_that_left_with_a_take_over_is_given_back(
    desk: Client, releaser: User, draft: Version, framework: Framework
) -> None:
    typed = element_page(draft, "m1", title="Unser M01")
    draft.decisions.filter(element=identity("m1")).delete()

    answer = desk.post(element_url("m1"), typed)

    assert answer.status_code == 409
    assert "Unser M01" in answer.content.decode()


def test_a_decision_sent_twice_leads_to_what_is_recorded(
    releasers_desk: Client, releaser: User, draft: Version
) -> None:
    in_force(releaser, draft)
    sent = {"outcome": "approved", "weight": "substantial", "body": "Rat", "decided_on": "2026-01-20"}

    assert "Decisions so far" in told(post(releasers_desk, "stand/beschluss/", sent))
    assert draft.records.count() == 1
