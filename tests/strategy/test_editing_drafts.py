"""A draft is begun, described, shown, put in force or deleted."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from andock.accounts.models import User
from andock.kernel.pagecache.models import Version
from andock.kernel.permissions import Denied
from andock.organisations.models import Organisation
from andock.strategy.choices import EditionState
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.models import Docking, DockingPeriod, Edition, Element, Framework, Signatory
from andock.strategy.queries import edition_document
from andock.strategy.services import drafts
from andock.strategy.services.editions import CannotPublish
from andock.strategy.services.locking import CannotChange
from andock.strategy.services.structure import add_element
from tests.factories.strategy import document, element
from tests.strategy.editing import draft, in_force, uid, version

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def takes_part(framework: Framework, name: str, role: str, since: date, until: date | None = None) -> None:
    organisation = Organisation.objects.create(slug=name.lower(), name=name, kind="municipality")
    docking = Docking.objects.create(framework=framework, organisation=organisation)
    DockingPeriod.objects.create(
        docking=docking, role=role, since_text=since.isoformat(), since_earliest=since, since_latest=since,
        until_text=until.isoformat() if until else "", until_earliest=until, until_latest=until,
    )  # fmt: skip


def test_draft_from_last_edition_keeps_every_identity(framework: Framework, editor: User) -> None:
    before = in_force(framework)

    begun = drafts.begin_draft(actor=editor, framework=framework)

    assert (begun.ordinal, begun.label, begun.state) == (2, "2. Auflage", "draft")
    assert edition_document(begun).edition.elements == edition_document(before).edition.elements


def test_draft_where_there_is_no_edition_begins_empty(framework: Framework, editor: User) -> None:
    begun = drafts.begin_draft(actor=editor, framework=framework)

    assert begun.ordinal == 1
    assert not begun.versions.exists()


def test_draft_begun_by_a_stranger_is_refused(framework: Framework, stranger: User) -> None:
    with pytest.raises(Denied, match="Agentur"):
        drafts.begin_draft(actor=stranger, framework=framework)

    assert not Edition.objects.exists()


def test_two_people_describe_different_fields_and_both_land(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    loaded = {name: fingerprint(value) for name, value in drafts.describe(edition).items()}

    drafts.describe_edition(actor=editor, edition=edition, fields={"title": Submitted("Neu", loaded["title"])})
    conflicts = drafts.describe_edition(
        actor=editor, edition=edition, fields={"note": Submitted("Vorläufig", loaded["note"])}
    )

    edition.refresh_from_db()
    assert conflicts == {}
    assert (edition.title, edition.note) == ("Neu", "Vorläufig")


def test_edition_in_force_is_not_described(framework: Framework, editor: User) -> None:
    edition = in_force(framework)

    with pytest.raises(Denied, match=r"stays as it is|bleibt"):
        drafts.describe_edition(actor=editor, edition=edition, fields={"title": Submitted("Neu", "")})


def test_draft_goes_into_consultation_and_back(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    assert drafts.open_consultation(actor=editor, edition=edition).state == EditionState.CONSULTATION
    assert drafts.back_to_draft(actor=editor, edition=edition).state == EditionState.DRAFT


def test_empty_draft_is_not_opened_for_consultation(framework: Framework, editor: User) -> None:
    edition = drafts.begin_draft(actor=editor, framework=framework)

    with pytest.raises(CannotChange):
        drafts.open_consultation(actor=editor, edition=edition)


def test_published_draft_supersedes_the_edition_before_and_freezes_who_takes_part(
    framework: Framework, editor: User
) -> None:
    edition = draft(framework, editor)
    takes_part(framework, "Olpe", "participating", date(2021, 1, 1))
    takes_part(framework, "Arnsberg", "pioneer", date(2019, 7, 9))
    takes_part(framework, "Werl", "pioneer", date(2019, 7, 9), until=date(2024, 1, 1))

    drafts.publish(actor=editor, edition=edition, day=DAY)

    states = dict(Edition.objects.values_list("ordinal", "state"))
    assert states == {1: EditionState.SUPERSEDED, 2: EditionState.IN_FORCE}
    signatories = list(Signatory.objects.filter(edition=edition).values_list("name", "role"))
    assert signatories == [("Arnsberg", "pioneer"), ("Olpe", "participating")]
    assert Edition.objects.get(ordinal=2).date_text == "2026-11-22"


def test_publishing_an_edition_with_an_empty_element_is_refused_and_changes_nothing(
    framework: Framework, editor: User
) -> None:
    edition = draft(framework, editor)
    add_element(actor=editor, edition=edition, title="Leer")

    with pytest.raises(CannotPublish) as refused:
        drafts.publish(actor=editor, edition=edition, day=DAY)

    assert any("Leer" in reason for reason in refused.value.reasons)
    assert dict(Edition.objects.values_list("ordinal", "state")) == {1: "in_force", 2: "draft"}
    assert Edition.objects.get(ordinal=2).date_text == ""


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12", "2027"])
def test_edition_dated_in_the_future_does_not_come_into_force(framework: Framework, editor: User, day: str) -> None:
    edition = draft(framework, editor)
    Edition.objects.filter(pk=edition.pk).update(date_text=day)

    with pytest.raises(CannotPublish, match="steht noch bevor"):
        drafts.publish(actor=editor, edition=edition, day=DAY)

    assert Edition.objects.get(ordinal=2).state == "draft"


def test_edition_dated_this_month_comes_into_force(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    Edition.objects.filter(pk=edition.pk).update(date_text="2026-11")

    assert drafts.publish(actor=editor, edition=edition, day=DAY).state == "in_force"


def test_publishing_past_an_edition_in_consultation_is_refused(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    drafts.open_consultation(actor=editor, edition=edition)
    next_one = drafts.begin_draft(actor=editor, framework=framework)

    with pytest.raises(CannotPublish, match=r"2\. Auflage"):
        drafts.publish(actor=editor, edition=next_one, day=DAY)


def test_deleted_draft_leaves_only_identities_readers_know(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    new = add_element(actor=editor, edition=edition, title="Neu")

    drafts.delete_draft(actor=editor, edition=edition)

    assert list(Edition.objects.values_list("ordinal", flat=True)) == [1]
    assert not Element.objects.filter(pk=new.element_id).exists()
    assert Element.objects.filter(pk=uid("g1")).exists()


def test_text_in_consultation_is_not_deleted(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    drafts.open_consultation(actor=editor, edition=edition)

    with pytest.raises(CannotChange, match=r"2\. Auflage"):
        drafts.delete_draft(actor=editor, edition=edition)

    assert Edition.objects.filter(ordinal=2).exists()


def test_text_that_readers_knew_is_not_deleted_and_its_citations_say_why(
    framework: Framework, editor: User, client: Client
) -> None:
    edition = draft(framework, editor)
    new = add_element(actor=editor, edition=edition, title="Neu")
    drafts.open_consultation(actor=editor, edition=edition)
    drafts.back_to_draft(actor=editor, edition=edition)

    with pytest.raises(CannotChange, match="zitiert"):
        drafts.delete_draft(actor=editor, edition=edition)

    for address in ("/strategie/auflagen/2/", "/strategie/auflagen/2/1/", f"/strategie/stelle/{new.element_id}/"):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "2. Auflage wird überarbeitet" in answer.content.decode()


def test_file_in_the_place_of_a_text_readers_knew_keeps_that_mark(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    drafts.open_consultation(actor=editor, edition=edition)
    drafts.back_to_draft(actor=editor, edition=edition)

    incoming = document(element("g9"), ordinal=2)
    replaced = drafts.import_draft(actor=editor, framework=framework, document=incoming, replacing=True)

    assert replaced.was_shown


def test_imported_edition_becomes_a_draft_whatever_its_state_says(framework: Framework, editor: User) -> None:
    in_force(framework)

    edition = drafts.import_draft(
        actor=editor, framework=framework, document=document(element("g1"), ordinal=2, state="in_force"),
        replacing=False,
    )  # fmt: skip

    assert edition.state == EditionState.DRAFT
    assert version(edition, "g1").title == "g1"


def test_import_over_a_draft_needs_a_word(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    incoming = document(element("g9"), ordinal=2)

    with pytest.raises(CannotChange, match=r"2\. Auflage"):
        drafts.import_draft(actor=editor, framework=framework, document=incoming, replacing=False)

    assert version(edition, "g1")
    replaced = drafts.import_draft(actor=editor, framework=framework, document=incoming, replacing=True)
    assert [found.title for found in replaced.versions.all()] == ["g9"]


def test_exported_draft_comes_back_unchanged(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    exported = edition_document(edition)
    drafts.delete_draft(actor=editor, edition=edition)

    back = drafts.import_draft(actor=editor, framework=framework, document=exported, replacing=False)

    assert edition_document(back) == replace(exported)


def stamp() -> int:
    """What the page cache knows about the strategy; another number means that readers get it anew."""
    return Version.objects.filter(scope="strategy").values_list("stamp", flat=True).first() or 0


def test_readers_pages_are_renewed_by_what_they_can_see_only(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    begun = stamp()

    add_element(actor=editor, edition=edition, title="Neu")
    assert stamp() == begun

    drafts.open_consultation(actor=editor, edition=edition)
    shown = stamp()
    assert shown != begun

    add_element(actor=editor, edition=edition, title="Noch eine")
    changed = stamp()
    assert changed != shown

    drafts.back_to_draft(actor=editor, edition=edition)
    assert stamp() != changed
