"""What each module writes is found by the next request as soon as it is public, and no longer when it is not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from andock.cms.models import NewsPage
from andock.events.models import Event, Series
from andock.events.services.editing import edit
from andock.events.services.publishing import cancel, publish
from andock.organisations.models import Profile, Term
from andock.organisations.services.profile import update_profile
from andock.search import building
from andock.search.models import Document
from andock.search.queries import find
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.models import Edition, Framework
from andock.strategy.services.drafts import back_to_draft, begin_draft, open_consultation
from andock.strategy.services.drafts import publish as put_in_force
from andock.strategy.services.editing import Submission, edit_element
from tests.accounts.cast import Cast, cast
from tests.cms.conftest import agency, editor, news, news_folder, pages
from tests.events.desk import complete
from tests.factories.strategy import identity
from tests.strategy.editing import in_force as first_edition
from tests.strategy.editing import typed, uid, version

__all__ = ["agency", "cast", "editor", "news", "news_folder", "pages"]
pytestmark = pytest.mark.django_db

NOW = timezone.now()


def found(question: str, language: str = "de") -> list[str]:
    """The addresses of the hits."""
    return [Document.objects.get(pk=hit.document).url for hit in find(question, language=language).hits]


@pytest.fixture(autouse=True)
def demo(settings, tmp_path) -> None:
    settings.ANDOCK_DEMO = True
    settings.MEDIA_ROOT = tmp_path


# --- events -----------------------------------------------------------------------------------------------------------
def test_event_is_found_once_it_is_published(cast: Cast) -> None:
    draft = complete(cast, title="Aquaponik für alle")
    assert found("Aquaponik") == []

    publish(actor=cast.olpe_releaser, event=draft, now=NOW)

    assert found("Aquaponik") == [f"/veranstaltungen/{draft.slug}/"]
    assert f"/veranstaltungen/{draft.slug}/" in Client().get("/suche/?q=Aquaponik").content.decode()


def test_event_is_found_by_its_new_words_and_stays_when_it_is_cancelled(cast: Cast) -> None:
    made = publish(actor=cast.olpe_releaser, event=complete(cast), now=NOW)
    fields = {"summary": Submitted("Über Bienenstöcke", fingerprint(""))}

    edit(actor=cast.olpe_editor, event=made, section="what", fields=fields, now=NOW)
    assert found("Bienenstock") == [f"/veranstaltungen/{made.slug}/"]

    cancel(actor=cast.olpe_releaser, event=made, reason="Krank", now=NOW)
    assert found("Bienenstock") == [f"/veranstaltungen/{made.slug}/"]


def test_online_room_is_not_found(cast: Cast) -> None:
    made = complete(cast)
    Event.objects.filter(pk=made.pk).update(online_url="https://raum.example/geheimzahl")
    publish(actor=cast.olpe_releaser, event=Event.objects.get(pk=made.pk), now=NOW)

    assert found("geheimzahl") == []


def test_series_is_found_while_one_of_its_events_is_public(cast: Cast) -> None:
    series = Series.objects.create(organisation=cast.olpe, slug="runde", title="Imkerrunde")
    draft = complete(cast)
    Event.objects.filter(pk=draft.pk).update(series=series)
    assert found("Imkerrunde") == []

    made = publish(actor=cast.olpe_releaser, event=Event.objects.get(pk=draft.pk), now=NOW)
    assert set(found("Imkerrunde")) == {"/veranstaltungen/reihen/runde/", f"/veranstaltungen/{made.slug}/"}

    edit(
        actor=cast.olpe_editor, event=made, section="about",
        fields={"series": Submitted("", fingerprint("runde"))}, now=NOW,
    )  # fmt: skip
    assert found("Imkerrunde") == []


# --- organisations ----------------------------------------------------------------------------------------------------
def test_profile_is_found_as_soon_as_it_is_saved(cast: Cast) -> None:
    update_profile(
        actor=cast.olpe_editor, organisation=cast.olpe, seen="", text="Wir züchten Bienen.", links=[],
        contact_office="", contact_email="", contact_phone="",
    )  # fmt: skip

    assert found("Biene") == ["/kommunen/olpe/"]
    assert Profile.objects.get().text == "Wir züchten Bienen."


# --- the strategy -----------------------------------------------------------------------------------------------------
@pytest.fixture
def framework(cast: Cast) -> Framework:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    return Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)


def rewrite(cast: Cast, draft: Edition, title: str) -> None:
    fields = typed(version(draft, "g1"), title=title)
    edit_element(actor=cast.coordinator, edition=draft, element_id=uid("g1"), submission=Submission(fields))


def test_draft_of_the_strategy_is_found_only_while_it_is_in_consultation(cast: Cast, framework: Framework) -> None:
    first_edition(framework)
    draft = begin_draft(actor=cast.coordinator, framework=framework)
    rewrite(cast, draft, "Bienenstöcke")
    assert found("Bienenstöcke") == []

    open_consultation(actor=cast.coordinator, edition=draft)
    assert found("Bienenstöcke") == [f"/strategie/auflagen/2/#s-{identity('g1')}"]

    rewrite(cast, draft, "Ameisenhaufen")
    assert found("Bienenstöcke") == []
    assert found("Ameise") == [f"/strategie/auflagen/2/#s-{identity('g1')}"]

    back_to_draft(actor=cast.coordinator, edition=draft)
    assert found("Ameise") == []


def test_wording_that_stays_is_found_once_and_one_that_went_in_its_edition(cast: Cast, framework: Framework) -> None:
    first_edition(framework)
    draft = begin_draft(actor=cast.coordinator, framework=framework)
    rewrite(cast, draft, "Bienenstöcke")
    open_consultation(actor=cast.coordinator, edition=draft)
    put_in_force(actor=cast.coordinator, edition=draft, day=timezone.localdate())

    assert found("Bienenstöcke offene Daten") == [f"/strategie/auflagen/2/#s-{identity('g1')}"]
    assert found("M01") == [f"/strategie/auflagen/2/#s-{identity('m1')}"]
    assert set(found("Daten")) == {f"/strategie/auflagen/{number}/#s-{identity('g1')}" for number in (1, 2)}
    assert found("Daten")[0] == f"/strategie/auflagen/2/#s-{identity('g1')}", "what is in force comes first"


# --- pages ------------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("news")
def test_news_are_found_until_they_are_unpublished() -> None:
    page = NewsPage.objects.get(title="Olpe misst Müll")
    assert found("Behälter") == ["/neuigkeiten/olpe-misst-muell/"]

    page.unpublish()

    assert found("Behälter") == []


@pytest.mark.usefixtures("news")
def test_saved_draft_of_a_page_is_not_found_and_its_publication_is(editor) -> None:
    page = NewsPage.objects.get(title="Olpe misst Müll")
    page.intro = "Bienenstöcke melden sich."
    revision = page.save_revision(user=editor)
    assert found("Bienenstock") == []

    revision.publish()

    assert found("Bienenstock") == ["/neuigkeiten/olpe-misst-muell/"]


@pytest.mark.usefixtures("pages")
def test_page_is_found_in_the_readers_language_and_deleted_ones_by_nobody() -> None:
    german, english = found("Barrierefreiheit"), found("accessibility", "en")

    assert "/barrierefreiheit/" in german
    assert "/accessibility/" in english
    assert "/barrierefreiheit/" not in found("Barrierefreiheit", "en"), "there is an English one"
    assert "/accessibility/" not in found("accessibility")


@pytest.mark.usefixtures("pages", "news")
def test_index_written_step_by_step_is_the_one_that_is_made_anew() -> None:
    assert [name for name in building.differing() if not name.startswith("organisations")] == []
