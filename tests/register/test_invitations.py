"""The agency invites, the person invited answers, the funnel counts."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from andock.accounts.models import Invitation
from andock.audit.models import Entry
from andock.kernel.logs import redact_text
from andock.kernel.modules import loaders
from andock.kernel.permissions import Denied
from andock.notifications.models import Message
from andock.organisations.models import Organisation
from andock.organisations.region_folder import RegionFolder
from andock.register.funnel import funnel
from andock.register.loader import load_approaches
from andock.register.models import Approach, PersonalInvitation
from andock.register.services import approaches
from andock.strategy.models import Framework
from andock.strategy.services.docking import CannotDock
from tests.accounts.cast import Cast
from tests.factories.organisations import docked, municipality
from tests.register.scenes import confirmed, locked, mails, marks, noted

pytestmark = pytest.mark.django_db
WHO = {"addressee": "Sehr geehrte Frau Beispiel,", "email": "buergermeisterin@example.org"}
ANSWER = {"name": "Kim Beispiel", "role": "Bauamt", "mailbox": "bauamt@example.org"}


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    settings.ANDOCK_DEMO = True


def invited(cast: Cast, framework: Framework, **values: object) -> PersonalInvitation:
    return approaches.invite(actor=cast.coordinator, organisation=cast.olpe, framework=framework, **WHO | values)


def link() -> str:
    """The address in the newest mail to the person invited."""
    text = Message.objects.filter(to=WHO["email"], text__contains="einladung/").latest("pk").text
    return re.search(r"/andocken/einladung/[a-z0-9-]+/", text)[0]


def agency(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.coordinator)
    return client


def test_link_in_the_mail_opens_the_page_and_its_token_is_not_stored(cast: Cast, framework: Framework) -> None:
    found = invited(cast, framework)
    token = link().split("/")[-2]

    answer = Client().get(link())

    assert answer.status_code == 200
    assert "Olpe ist eingeladen" in answer.content.decode()
    assert answer["Cache-Control"].startswith("max-age=0")
    assert "noindex" in answer.content.decode()
    assert token not in str(PersonalInvitation.objects.filter(pk=found.pk).values())
    assert len(token) == 23
    assert token not in redact_text(f"GET {link()}")


def test_answer_is_noted_and_told_to_the_agency(cast: Cast, framework: Framework) -> None:
    invited(cast, framework)

    answer = Client().post(link(), ANSWER, follow=True)

    assert "Vielen Dank. Die Agentur schreibt Ihnen." in answer.content.decode()
    assert Approach.objects.get().state == "interested"
    assert mails()[-1] == ("coordinator@example.org", "Olpe interessiert sich für das Andocken")
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.actor_name) == ("register.interested", "Wer den persönlichen Link hat")
    assert "Kim" not in str(entry.data)


@pytest.mark.parametrize(("field", "value"), [("mailbox", "bauamt"), ("name", ""), ("role", "")])
def test_answer_that_lacks_something_is_asked_for(cast: Cast, framework: Framework, field: str, value: str) -> None:
    invited(cast, framework)

    assert Client().post(link(), ANSWER | {field: value}).status_code == 400
    assert Approach.objects.get().state == "invited"


def test_talks_are_not_set_back_by_an_answer(cast: Cast, framework: Framework) -> None:
    invited(cast, framework)
    noted(cast, framework, state="in_talks")

    Client().post(link(), ANSWER)

    assert Approach.objects.get().state == "in_talks"


@pytest.mark.parametrize("ending", ["expired", "revoked", "replaced"])
def test_link_that_is_over_says_so_and_takes_no_answer(cast: Cast, framework: Framework, ending: str) -> None:
    found = invited(cast, framework)
    address = link()
    if ending == "expired":
        past = timezone.now() - timedelta(days=100)
        PersonalInvitation.objects.update(created_at=past, expires_at=past + timedelta(days=90))
    elif ending == "revoked":
        agency(cast).post(f"/verwaltung/andocken/einladung/{found.pk}/widerrufen/")
    else:
        invited(cast, framework)

    shown, sent = Client().get(address), Client().post(address, ANSWER)

    assert (shown.status_code, sent.status_code) == (403, 403)
    assert "abgelaufen oder wurde zurückgenommen" in shown.content.decode()
    assert Approach.objects.get().state == "invited"


def test_unknown_link_is_not_found(cast: Cast, framework: Framework) -> None:
    assert Client().get("/andocken/einladung/7aaaa-aaaaa-aaaaa-aaaaa/").status_code == 404


def test_letter_holds_the_same_link_as_the_mail(cast: Cast, framework: Framework) -> None:
    found = invited(cast, framework)

    answer = agency(cast).get(f"/verwaltung/andocken/einladung/{found.pk}/brief.pdf")
    file = pikepdf.open(io.BytesIO(answer.content))

    assert approaches.token_of(found) == link().split("/")[-2]
    assert "Einladung an Olpe" in str(file.docinfo["/Title"])
    assert file.Root.MarkInfo.Marked
    assert len(file.pages) == 1


def test_letter_survives_a_new_key_of_the_site_while_the_old_is_known(
    cast: Cast, framework: Framework, settings
) -> None:
    found = invited(cast, framework)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "neu" * 20, [settings.SECRET_KEY]
    still = approaches.token_of(found)
    settings.SECRET_KEY_FALLBACKS = []

    answer = agency(cast).get(f"/verwaltung/andocken/einladung/{found.pk}/brief.pdf", follow=True)

    assert still == link().split("/")[-2]
    assert "Laden Sie neu ein" in answer.content.decode()
    assert Client().get(link()).status_code == 200


def test_first_releaser_is_invited_in_the_same_act(cast: Cast, framework: Framework) -> None:
    invited(cast, framework, as_releaser=True)

    assert Invitation.objects.get().role == "municipal_releaser"
    assert [to for to, _subject in mails()] == [WHO["email"], WHO["email"]]


def test_who_acts_there_already_is_refused_and_nothing_is_sent(cast: Cast, framework: Framework) -> None:
    answer = agency(cast).post(
        "/verwaltung/andocken/kommune/olpe/einladen/", WHO | {"email": cast.olpe_releaser.email, "as_releaser": "on"}
    )

    assert answer.status_code == 400
    assert mails() == []
    assert not PersonalInvitation.objects.exists()


def test_docked_municipality_and_company_are_not_invited(cast: Cast, framework: Framework) -> None:
    confirmed(cast, framework)
    with pytest.raises(CannotDock, match="Olpe ist dabei seit"):
        invited(cast, framework)

    Organisation.objects.filter(pk=cast.soest.pk).update(kind="company")
    cast.soest.refresh_from_db()
    with pytest.raises(CannotDock, match="Andocken können"):
        approaches.invite(actor=cast.coordinator, organisation=cast.soest, framework=framework, **WHO)


def test_only_the_owner_invites_and_keeps_notes(cast: Cast, framework: Framework) -> None:
    found = invited(cast, framework)
    place = {"actor": cast.olpe_releaser, "organisation": cast.olpe, "framework": framework}

    for act in (
        lambda: approaches.invite(**place, **WHO),
        lambda: approaches.keep_notes(**place, fields=locked(approaches.notes_of(None), {"state": "declined"})),
        lambda: approaches.revoke(actor=cast.olpe_releaser, invitation=found),
    ):
        with pytest.raises(Denied):
            act()


def test_subject_of_the_mail_cannot_be_split(cast: Cast, framework: Framework) -> None:
    invited(cast, framework, addressee="Guten Tag,\r\nBcc: x@example.org")

    assert Message.objects.get().subject == "Einladung an Olpe: Schließen Sie sich an, „Rahmenstrategie“"


def test_names_are_forgotten_a_year_after_the_link_expired(cast: Cast, framework: Framework) -> None:
    invited(cast, framework)
    Client().post(link(), ANSWER)
    later = timezone.now() + approaches.VALID_FOR

    assert approaches.forget_people(now=later + timedelta(days=364)) == 0
    assert approaches.forget_people(now=later + timedelta(days=366)) == 1
    found = PersonalInvitation.objects.get()
    assert (found.email, found.addressee, found.answer_name, found.answer_mailbox) == ("", "", "", "")


# --- notes and funnel -------------------------------------------------------------------------------------------------
def test_notes_are_kept_and_shown_with_what_is_overdue(cast: Cast, framework: Framework) -> None:
    municipality("Wenden", "05966028")
    me = agency(cast)
    notes = {"state": "in_talks", "next_step": "Anrufen", "next_step_on": "2020-01-01", "note": "Haushalt"}

    me.post("/verwaltung/andocken/kommune/wenden/", notes | marks(approaches.notes_of(None)))
    page = me.get("/verwaltung/andocken/").content.decode()

    assert "Anrufen" in page
    assert "überfällig seit" in page
    assert "Haushalt" in me.get("/verwaltung/andocken/kommune/wenden/").content.decode()


OLPE = "/verwaltung/andocken/kommune/olpe/"


def test_second_note_of_the_agency_shows_both_and_loses_nothing(cast: Cast, framework: Framework) -> None:
    stale = marks(approaches.notes_of(None))
    noted(cast, framework, state="in_talks", note="Ihre Notiz.", next_step_on=date(2026, 5, 4))

    answer = agency(cast).post(
        OLPE, stale | {"state": "in_talks", "next_step": "Anrufen", "next_step_on": "2026-06-01", "note": "Meine."}
    )

    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    found = Approach.objects.get()
    assert answer.status_code == 409
    assert "Ihre Notiz." in page
    assert "Meine." in page
    assert "4. Mai 2026" in page
    assert (found.note, found.next_step, found.next_step_on) == ("Ihre Notiz.", "Anrufen", date(2026, 5, 4))


@pytest.mark.parametrize(("action", "kept"), [("save", "Meine."), ("theirs:note", "Ihre Notiz.")])
def test_after_seeing_both_one_is_chosen(cast: Cast, framework: Framework, action: str, kept: str) -> None:
    noted(cast, framework, state="in_talks", note="Ihre Notiz.")
    seen = marks(approaches.notes_of(Approach.objects.get()))

    answer = agency(cast).post(OLPE, seen | {"state": "in_talks", "note": "Meine.", "action": action})

    assert (answer.status_code, Approach.objects.get().note) == (302, kept)


def test_answer_by_link_while_the_agency_writes_is_not_set_back(cast: Cast, framework: Framework) -> None:
    invited(cast, framework)
    seen = marks(approaches.notes_of(Approach.objects.get()))
    Client().post(link(), ANSWER)

    agency(cast).post(OLPE, seen | {"state": "invited", "note": "Ruft zurück."})

    found = Approach.objects.get()
    assert (found.state, found.note) == ("interested", "Ruft zurück.")


def test_funnel_tells_docked_by_the_register_and_the_rest_by_the_notes(cast: Cast, framework: Framework) -> None:
    towns = [municipality(name, f"0596602{number}") for number, name in enumerate("ABCDE")]
    docked(towns[0], "2020-01-01")
    for town, state in ((towns[0], "declined"), (towns[1], "interested"), (towns[2], "declined")):
        Approach.objects.create(organisation=town.organisation, framework=framework, state=state)

    stages = funnel(framework, date(2026, 1, 1))

    assert {stage.key: [case.organisation.name for case in stage.cases] for stage in stages} == {
        "none": ["D", "E"], "invited": [], "interested": ["B"], "in_talks": [], "docked": ["A"], "declined": ["C"],
    }  # fmt: skip
    assert stages[0].width == "40.00%"


@pytest.mark.parametrize("number", [1, 3])
def test_overview_costs_the_same_queries_for_one_and_three(
    cast: Cast, framework: Framework, number: int, django_assert_num_queries
) -> None:
    for place in range(number):
        town = municipality(f"Ort {place}", f"0596602{place}")
        Approach.objects.create(organisation=town.organisation, framework=framework)
    me = agency(cast)

    with django_assert_num_queries(13):
        assert me.get("/verwaltung/andocken/").status_code == 200


def test_town_reads_no_notes_of_the_agency(cast: Cast, framework: Framework) -> None:
    noted(cast, framework, state="declined", note="Schwierig")
    client = Client()
    client.force_login(cast.olpe_releaser)

    assert "Schwierig" not in client.get("/verwaltung/olpe/andocken/").content.decode()
    assert not Entry.objects.filter(action="register.approached", organisation=cast.olpe).exists()


# --- demonstration ----------------------------------------------------------------------------------------------------
def test_demonstration_fills_the_funnel_once_and_keeps_what_people_wrote(settings) -> None:
    folder = RegionFolder(Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen")
    for load in loaders():
        load(folder)
    note = Approach.objects.first()
    Approach.objects.filter(pk=note.pk).update(state="in_talks", note="Von Hand")

    again = load_approaches(folder)

    assert (again.created, again.changed, again.unchanged) == (0, 0, Approach.objects.count())
    assert all("Erfunden" in found.note for found in Approach.objects.exclude(pk=note.pk))
    assert not any(
        case.period
        for stage in funnel(note.framework, date(2026, 1, 1))
        if stage.key != "docked"
        for case in stage.cases
    )


def test_nothing_invented_is_loaded_outside_of_the_demo(cast: Cast, framework: Framework, settings) -> None:
    settings.ANDOCK_DEMO = False

    load_approaches(RegionFolder(Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"))

    assert not Approach.objects.exists()
