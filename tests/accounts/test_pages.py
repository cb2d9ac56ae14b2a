"""What the pages of the administration do with what people send."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from andock.accounts.models import Invitation, Membership, User
from andock.audit.models import Entry
from andock.audit.services import record
from andock.notifications.models import Message
from andock.organisations.choices import Role
from tests.factories.accounts import PASSWORD

from .cast import Cast


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    """Spares the scenes the second factor."""
    settings.ANDOCK_DEMO = True


@pytest.fixture
def releaser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.olpe_releaser)
    return client


def test_invited_person_sets_up_an_account_and_signs_in(cast: Cast, releaser: Client) -> None:
    releaser.post("/verwaltung/olpe/personen/einladen/", {"email": "neu@example.org", "role": Role.MUNICIPAL_EDITOR})
    link = re.search(r"/konto/einladung/\S+", Message.objects.get().text)[0]
    client = Client()

    client.post(link, {"name": "Nele", "password": PASSWORD, "password_again": PASSWORD})
    client.post("/konto/anmelden/", {"login": "neu@example.org", "password": PASSWORD})

    assert "Olpe" in client.get("/verwaltung/").content.decode()


def test_following_the_link_alone_accepts_nothing(cast: Cast, releaser: Client) -> None:
    releaser.post("/verwaltung/olpe/personen/einladen/", {"email": "neu@example.org", "role": Role.READER})
    link = re.search(r"/konto/einladung/\S+", Message.objects.get().text)[0]

    assert Client().get(link).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_unknown_link_is_not_found(client: Client, db: None) -> None:
    assert client.get("/konto/einladung/gibt-es-nicht/").status_code == 404


def test_differing_passwords_come_back_with_a_sentence(cast: Cast, releaser: Client) -> None:
    releaser.post("/verwaltung/olpe/personen/einladen/", {"email": "neu@example.org", "role": Role.READER})
    link = re.search(r"/konto/einladung/\S+", Message.objects.get().text)[0]

    answer = Client().post(link, {"name": "Nele", "password": PASSWORD, "password_again": "anders"})

    assert answer.status_code == 400
    assert "Bitte geben Sie zweimal dasselbe ein" in answer.content.decode()
    assert not User.objects.filter(email="neu@example.org").exists()


def test_last_releaser_reads_why_leaving_is_refused(cast: Cast, releaser: Client) -> None:
    membership = Membership.objects.get(user=cast.olpe_releaser)

    answer = releaser.post(f"/verwaltung/personen/{membership.pk}/ende/", {})

    assert answer.status_code == 400
    assert "Benennen Sie zuerst eine weitere" in answer.content.decode()


def test_deputy_is_named_on_the_page(cast: Cast, releaser: Client) -> None:
    membership, today = Membership.objects.get(user=cast.olpe_releaser), timezone.localdate()
    week = {"since": today, "last_day": today + timedelta(days=7)}

    releaser.post(f"/verwaltung/personen/{membership.pk}/vertretung/", {"deputy": cast.olpe_editor.pk, **week})

    assert membership.deputies.get().user == cast.olpe_editor


def test_person_of_another_town_cannot_be_chosen_as_deputy(cast: Cast, releaser: Client) -> None:
    membership, today = Membership.objects.get(user=cast.olpe_releaser), timezone.localdate()

    answer = releaser.post(
        f"/verwaltung/personen/{membership.pk}/vertretung/",
        {"deputy": cast.soest_releaser.pk, "since": today, "last_day": today + timedelta(days=7)},
    )

    assert answer.status_code == 400
    assert not membership.deputies.exists()


def test_role_is_changed_and_invitation_revoked_on_the_page(cast: Cast, releaser: Client) -> None:
    membership = Membership.objects.get(user=cast.olpe_reader)
    releaser.post("/verwaltung/olpe/personen/einladen/", {"email": "neu@example.org", "role": Role.READER})

    releaser.post(f"/verwaltung/personen/{membership.pk}/rolle/", {"role": Role.MODERATOR})
    releaser.post(f"/verwaltung/einladungen/{Invitation.objects.get().pk}/zurueckziehen/")

    assert Membership.objects.get(user=cast.olpe_reader, until=None).role == Role.MODERATOR
    assert Invitation.objects.get().revoked_at


def test_trail_shows_acts_and_filters_them(cast: Cast, releaser: Client) -> None:
    releaser.post("/verwaltung/olpe/personen/einladen/", {"email": "neu@example.org", "role": Role.READER})

    everything = releaser.get("/verwaltung/olpe/verlauf/").content.decode()
    other = releaser.get("/verwaltung/olpe/verlauf/", {"action": "accounts.ended"}).content.decode()

    assert everything.count('<th scope="row">Person eingeladen') == 1
    assert '<th scope="row">' not in other


def test_trail_as_csv_runs_no_formula(cast: Cast, releaser: Client) -> None:
    record(
        actor=cast.olpe_releaser,
        action="accounts.ended",
        thing=cast.olpe,
        organisation=cast.olpe,
        reason="=HYPERLINK(1)",
    )

    text = releaser.get("/verwaltung/olpe/verlauf/?format=csv").content.decode()

    assert "'=HYPERLINK" in text


def test_trail_of_another_town_is_empty_of_ours(cast: Cast, releaser: Client) -> None:
    releaser.post("/verwaltung/olpe/personen/einladen/", {"email": "neu@example.org", "role": Role.READER})
    client = Client()
    client.force_login(cast.soest_releaser)

    assert "eingeladen</th>" not in client.get("/verwaltung/soest/verlauf/").content.decode()
    assert client.get("/verwaltung/olpe/verlauf/?format=csv").status_code == 404


# --- commands and checks ----------------------------------------------------------------------------------------------
def test_demo_accounts_are_made_once(cast: Cast) -> None:
    for _run in range(2):
        call_command("create_demo_accounts", stdout=StringIO())

    assert User.objects.filter(is_demo=True).count() == 6
    assert Client().login(email="freigabe.olpe@demo.example", password="andock-demo-2026")


def test_demo_accounts_are_refused_on_a_real_site(cast: Cast, settings) -> None:
    settings.ANDOCK_DEMO = False

    with pytest.raises(CommandError, match="demo mode only"):
        call_command("create_demo_accounts")


def test_deployment_check_is_red_for_demo_mode_and_demo_accounts(cast: Cast, settings) -> None:
    call_command("create_demo_accounts", stdout=StringIO())
    with_demo = {message.id for message in run_checks(include_deployment_checks=True)}
    settings.ANDOCK_DEMO = False
    with_accounts = {message.id for message in run_checks(include_deployment_checks=True)}
    User.objects.filter(is_demo=True).update(is_demo=False)
    clean = {message.id for message in run_checks(include_deployment_checks=True)}

    assert {"andock.accounts.E001", "andock.accounts.E002"} <= with_demo
    assert "andock.accounts.E002" in with_accounts
    assert not {"andock.accounts.E001", "andock.accounts.E002"} & clean


def test_first_person_is_invited_from_the_command_line(cast: Cast) -> None:
    out = StringIO()

    call_command("invite", "erste@example.org", stdout=out)

    assert Invitation.objects.get().organisation == cast.agency
    assert "/konto/einladung/" in out.getvalue()
    assert Entry.objects.get().actor is None


def test_command_line_refuses_a_role_that_does_not_fit(cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("invite", "x@example.org", organisation="olpe", role=Role.AGENCY_EDITOR.value)
    with pytest.raises(CommandError, match="no organisation"):
        call_command("invite", "x@example.org", organisation="gibt-es-nicht")
