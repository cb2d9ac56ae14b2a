"""The page of a topic gathers everything that carries it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from andock.accounts.models import User
from andock.cms import tree
from andock.cms.loader import load_news, load_pages
from andock.cms.models import ContentPage, NewsPage
from andock.kernel.modules import panels
from andock.kernel.pagecache.models import Version
from andock.organisations.models import Organisation, Profile, Term
from andock.organisations.region_folder import RegionFolder
from andock.organisations.services.profile import update_profile
from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast, cast
from tests.factories.organisations import municipality, region
from tests.factories.strategy import document, element

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def klima() -> Term:
    """A topic and a field of action of one name, and another topic."""
    region(agency=Organisation.objects.create(slug="agentur", name="Agentur", kind="agency"))
    Term.objects.create(vocabulary="fields", slug="klima", labels={"de": "Klima"})
    Term.objects.create(vocabulary="topics", slug="kultur", labels={"de": "Kultur"})
    return Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})


def write(folder: Path, number: int) -> RegionFolder:
    """News and pages about the climate, and one piece of news about something else."""
    news = [
        f'- {{date: "2025-01-{day + 1:02}", title: Klima {day}, text: Kurz., terms: [topics/klima, fields/klima]}}\n'
        for day in range(number)
    ]
    (folder / "news.yaml").write_text(
        "".join(news) + '- {date: "2024", title: Konzert, text: Laut., terms: [topics/kultur]}\n', encoding="utf-8"
    )
    (folder / "pages").mkdir(exist_ok=True)
    for page in range(number):
        (folder / "pages" / f"p{page}.yaml").write_text(
            f"key: p{page}\nterms: [topics/klima]\n"
            f"translations:\n  de: {{title: Ratgeber {page}, lead: Rat., body: [{{paragraph: Text.}}]}}\n",
            encoding="utf-8",
        )
    return RegionFolder(folder)


def fill(folder: Path, number: int) -> None:
    """So many of everything that carry the topic."""
    owner = Organisation.objects.get(slug="agentur")
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=owner)
    elements = [
        element(f"g{each}", title=f"Ziel {each}", terms=("topics/klima", "fields/klima")) for each in range(number)
    ]
    import_edition(document=document(*elements, state="in_force", date="2024"), actor=None)
    for each in range(number):
        town = municipality(f"Ort {each}", f"0596600{each}").organisation
        Profile.objects.create(organisation=town).terms.set(Term.objects.filter(slug="klima"))
    files = write(folder, number)
    load_news(files)
    load_pages(files)


@pytest.mark.parametrize("number", [1, 5])
def test_topic_gathers_everything_in_the_same_queries_however_much_there_is(
    client: Client, klima: Term, tmp_path: Path, number: int, django_assert_num_queries
) -> None:
    fill(tmp_path, number)
    client.get("/themen/klima/")  # content types are remembered by the process

    with django_assert_num_queries(12):
        page = client.get("/themen/klima/").content.decode()

    for words in ("Ziel {}", "Ort {}", "Klima {}", "Ratgeber {}"):
        assert [page.count(f">{words.format(each)}</a>") for each in range(number)] == [1] * number
    assert "Konzert" not in page
    order = [page.index(heading) for heading in ('id="stellen"', 'id="wer"', 'id="neuigkeiten"', 'id="seiten"')]
    assert order == sorted(order)


def test_topic_that_nothing_carries_says_so(client: Client, klima: Term) -> None:
    assert "Noch trägt nichts dieses Stichwort." in client.get("/themen/klima/").content.decode()


def test_draft_stands_under_no_topic(client: Client, klima: Term, tmp_path: Path) -> None:
    fill(tmp_path, 1)
    NewsPage.objects.get(title="Klima 0").unpublish()
    ContentPage.objects.get(title="Ratgeber 0").unpublish()

    page = client.get("/themen/klima/").content.decode()

    assert "Klima 0" not in page
    assert "Ratgeber 0" not in page


def test_reader_of_another_language_finds_the_german_page_marked_as_such(
    client: Client, klima: Term, tmp_path: Path
) -> None:
    fill(tmp_path, 1)

    page = client.get("/en/themen/klima/").content.decode()

    assert '<h3 lang="de"><a href="/en/ratgeber-0/">Ratgeber 0</a></h3>' in page


def test_more_news_than_fit_are_behind_a_link_that_shows_them_all(client: Client, klima: Term, tmp_path: Path) -> None:
    load_news(write(tmp_path, 13))

    page = client.get("/themen/klima/").content.decode()
    rest = client.get("/neuigkeiten/?thema=klima&seite=2").content.decode()

    assert 'href="/neuigkeiten/?thema=klima"' in page
    assert ">Klima 0<" not in page
    assert ">Klima 0<" in rest
    assert "Konzert" not in rest
    assert 'href="?thema=klima&amp;seite=1"' in rest


def test_news_about_a_topic_that_is_none_are_all_news(client: Client, klima: Term, tmp_path: Path) -> None:
    load_news(write(tmp_path, 1))

    assert "Konzert" in client.get("/neuigkeiten/?thema=nirgends").content.decode()


def test_page_and_news_lead_to_their_topics(client: Client, klima: Term, tmp_path: Path) -> None:
    fill(tmp_path, 1)

    for address in ("/ratgeber-0/", "/neuigkeiten/klima-0/", "/kommunen/ort-0/"):
        assert 'class="chip" href="/themen/klima/"' in client.get(address).content.decode(), address


def test_loading_again_changes_nothing_and_other_terms_change_the_page(klima: Term, tmp_path: Path) -> None:
    load_news(write(tmp_path, 2))
    assert (load_news(RegionFolder(tmp_path)).changed, load_news(RegionFolder(tmp_path)).unchanged) == (
        0,
        6,
    )  # three languages of the list, three news

    NewsPage.objects.get(title="Konzert").terms.clear()
    page = NewsPage.objects.get(title="Klima 1")
    page.terms = [Term.objects.get(slug="kultur")]
    page.save()

    assert load_news(RegionFolder(tmp_path)).changed >= 1
    assert {term.key for term in NewsPage.objects.get(title="Klima 1").terms.all()} == {"topics/klima", "fields/klima"}


def test_editor_sees_each_term_with_its_vocabulary(klima: Term) -> None:
    with override("de"):
        form = NewsPage.get_edit_handler().get_form_class()(instance=NewsPage(), parent_page=tree.start_page("de"))

        labels = [str(label) for _value, label in form.fields["terms"].choices]

    assert {"Klima (Thema)", "Klima (Handlungsfeld)"} <= set(labels)


def test_published_terms_make_the_topic_stale(klima: Term, tmp_path: Path) -> None:
    load_news(write(tmp_path, 1))
    page = NewsPage.objects.get(title="Konzert")
    before = Version.objects.get(scope="pages").stamp
    page.terms = [klima]

    page.save_revision().publish()

    assert Version.objects.get(scope="pages").stamp != before
    assert klima in NewsPage.objects.get(title="Konzert").terms.all()


def test_every_panel_of_the_topic_says_what_it_shows() -> None:
    names = [f"{panel.__module__}.{panel.__name__}" for panel in panels("portal.topic")]

    assert names == [
        "andock.strategy.panels.elements_of_topic",
        "andock.events.panels.events_of_topic",
        "andock.knowledge.panels.knowledge_of_topic",
        "andock.participation.panels.of_topic",
        "andock.portal.panels.organisations_of_topic",
        "andock.cms.panels.news_of_topic",
    ]


# --- organisations ----------------------------------------------------------------------------------------------------
NOTHING = {"text": "", "links": [], "contact_office": "", "contact_email": "", "contact_phone": ""}


@pytest.fixture
def topics(cast: Cast) -> list[Term]:
    return [Term.objects.create(vocabulary="topics", slug=slug, labels={"de": slug}) for slug in ("klima", "kultur")]


def test_organisation_chooses_its_topics_in_its_profile(cast: Cast, topics: list[Term], settings) -> None:
    settings.ANDOCK_DEMO = True
    client = Client()
    client.force_login(cast.olpe_editor)

    client.post("/verwaltung/olpe/profil/", {"seen": "", "terms": ["topics/klima"]})

    assert [term.key for term in Profile.objects.get().terms.all()] == ["topics/klima"]
    assert 'href="/kommunen/olpe/"' in client.get("/themen/klima/").content.decode()
    assert "checked" in client.get("/verwaltung/olpe/profil/").content.decode()


def test_only_other_topics_are_a_change(cast: Cast, topics: list[Term]) -> None:
    def save(who: User, seen: str, *terms: str) -> Profile:
        return update_profile(actor=who, organisation=cast.olpe, seen=seen, terms=terms, **NOTHING)

    first = save(cast.olpe_editor, "", "topics/klima", "topics/kultur")
    same = save(cast.olpe_editor, first.changed_at.isoformat(), "topics/kultur", "topics/klima")
    other = save(cast.olpe_editor, same.changed_at.isoformat(), "topics/kultur")

    assert first.changed_at == same.changed_at != other.changed_at
    assert [term.key for term in other.terms.all()] == ["topics/kultur"]
