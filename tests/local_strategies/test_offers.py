"""From the bottom up: a municipality offers what is in force, the agency takes it up or says why not."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from andock.accounts.models import User
from andock.kernel.permissions import Denied
from andock.local_strategies.models import Offer, Version
from andock.local_strategies.offering import offerable
from andock.local_strategies.queries import run_value
from andock.local_strategies.services.offers import decline_offer, offer, take_offer, withdraw_offer
from andock.local_strategies.services.own import OwnText, add_own
from andock.local_strategies.services.runs import start_run
from andock.local_strategies.services.storing import CannotChange
from andock.notifications.models import Message
from andock.strategy.models import Edition, Framework, Lineage
from andock.strategy.services.drafts import begin_draft, publish
from tests.factories.strategy import identity
from tests.strategy.test_editing_pages import signed_in

from .scenes import in_force, write

pytestmark = pytest.mark.django_db
OWN_PAGE = "/en/verwaltung/olpe/strategie/angebote/"
LIST = "/en/verwaltung/andocken/angebote/"


@pytest.fixture
def valid(draft: Version, releaser: User) -> Version:
    """In force, with an own element and a wording of its own in g1."""
    add_own(actor=releaser, version=draft, own=OwnText("House of Learning", "Ein Lernort."))
    write(releaser, draft, "g1", block__b1="Offene Daten in Olpe.")
    return in_force(releaser, draft)


@pytest.fixture
def next_draft(framework: Framework, coordinator: User, valid: Version) -> Edition:
    return begin_draft(actor=coordinator, framework=framework)


def own_offer(editor: User, version: Version) -> Offer:
    part = version.own_parts.get()
    return offer(actor=editor, version=version, identity=part.identity, field="", reason="Das kann jede Stadt.")


def word_offer(editor: User, version: Version) -> Offer:
    found = next(one for one in offerable(version) if one.field)
    return offer(actor=editor, version=version, identity=found.identity, field=found.field, reason="Klarer.")


def test_own_element_and_wording_can_be_offered(valid: Version, editor: User) -> None:
    assert [(one.title, one.text) for one in offerable(valid)] == [
        ("House of Learning", "Ein Lernort."), ("1 g1", "Offene Daten in Olpe."),
    ]  # fmt: skip

    assert own_offer(editor, valid).is_own
    with pytest.raises(CannotChange, match="offered already"):
        own_offer(editor, valid)


def test_taken_element_asks_its_municipality_as_its_own(
    valid: Version, editor: User, coordinator: User, next_draft: Edition
) -> None:
    made = own_offer(editor, valid)
    take_offer(actor=coordinator, offer=made, edition=next_draft)

    version = next_draft.versions.get(element=made.identity)
    assert (version.title, version.blocks[0]["text"]) == ("House of Learning", "Ein Lernort.")
    row = Lineage.objects.get(edition=next_draft)
    assert (row.kind, row.source, row.target_id) == ("promoted", None, made.identity)
    assert "Das kann jede Stadt." in row.reason

    next_draft.versions.filter(element=made.identity).update(label="4")
    published = publish(actor=coordinator, edition=next_draft, day=date(2026, 10, 1))
    run = start_run(actor=editor, strategy=valid.strategy, target=published)
    assert [item.kind for item in run_value(run).items if item.element == str(made.identity)] == ["promoted"]


def test_taken_wording_stands_beside_its_passage(
    valid: Version, editor: User, coordinator: User, next_draft: Edition
) -> None:
    take_offer(actor=coordinator, offer=word_offer(editor, valid), edition=next_draft)

    page = (
        signed_in(coordinator).get(f"/en/strategie/bearbeiten/{next_draft.ordinal}/{identity('g1')}/").content.decode()
    )

    assert "Offene Daten in Olpe." in page
    assert next_draft.versions.get(element=identity("g1")).blocks[0]["text"] == "Offene Daten."


def test_no_needs_a_reason_and_reaches_the_municipality(valid: Version, editor: User, coordinator: User) -> None:
    made = own_offer(editor, valid)
    with pytest.raises(CannotChange, match="why not"):
        decline_offer(actor=coordinator, offer=made, answer=" ")

    decline_offer(actor=coordinator, offer=made, answer="Zu örtlich.")

    assert Offer.objects.get().state == "declined"
    told = Message.objects.filter(key__startswith=f"offer-{made.pk}-declined").values_list("to", "text")
    assert {to for to, _text in told} >= {editor.email}
    assert all("Zu örtlich." in text for _to, text in told)
    with pytest.raises(CannotChange, match="answered or withdrawn"):
        withdraw_offer(actor=editor, offer=made)


def test_only_the_agency_answers_and_only_the_municipality_offers(
    valid: Version, editor: User, coordinator: User, next_draft: Edition
) -> None:
    made = own_offer(editor, valid)
    with pytest.raises(Denied):
        take_offer(actor=editor, offer=made, edition=next_draft)
    with pytest.raises(Denied):
        withdraw_offer(actor=coordinator, offer=made)


def test_pages_from_offer_to_answer(valid: Version, editor: User, coordinator: User, next_draft: Edition) -> None:
    town, agency = signed_in(editor), signed_in(coordinator)
    thing = f"{valid.own_parts.get().identity}/"

    refused = town.post(OWN_PAGE, {"thing": thing, "reason": ""})
    assert refused.status_code == 409
    assert "Say in a sentence why others could use it." in refused.content.decode()
    assert town.post(OWN_PAGE, {"thing": thing, "reason": "Das kann jede Stadt."}).status_code == 302

    made = Offer.objects.get()
    assert "Das kann jede Stadt." in agency.get(LIST).content.decode()
    answer = {"offer": made.pk, "act": "take", "draft": next_draft.ordinal, "answer": "Danke."}
    assert agency.post(LIST, answer).status_code == 302
    assert "Danke." in town.get(OWN_PAGE).content.decode()
    assert not mail.outbox, "Mail goes out through the outbox."
