"""The editor's pages as a browser uses them, without JavaScript."""

from __future__ import annotations

import re
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from andock.accounts.models import User
from andock.audit.models import Entry
from andock.strategy.exchange import dump
from andock.strategy.models import Edition, Framework
from andock.strategy.queries import edition_document
from andock.strategy.services import drafts, structure
from tests.factories.strategy import document, element, identity
from tests.strategy.editing import draft, in_force, order, text_of, uid, version

pytestmark = pytest.mark.django_db
B1, B2 = identity("b1"), identity("b2")
FIELD = re.compile(r"<(?:input|textarea|select)\b[^>]*\bname=\"([^\"]+)\"[^>]*>")
CHECKED = {"checkbox", "radio"}


def signed_in(user: User) -> Client:
    """A browser of somebody with a second factor."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def edition(framework: Framework, editor: User) -> Edition:
    return draft(framework, editor)


def address(name: str, edition: Edition, element_name: str = "") -> str:
    return reverse(f"strategy:{name}", args=[edition.ordinal, *([uid(element_name)] if element_name else [])])


def filled(html: str) -> dict[str, object]:
    """What a browser would send if the form of class ``write`` were saved untouched."""
    html = html[html.index('class="write"') :]
    data: dict[str, object] = {}
    for tag, attributes in re.findall(r"<(input|textarea|select)\b([^>]*)>", html):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        name, kind = found.get("name"), found.get("type", tag)
        if not name or kind == "submit" or (kind in CHECKED and "checked" not in attributes):
            continue
        value = unescape(found.get("value", "on" if kind in CHECKED else ""))
        start = html.index(f'name="{name}"')
        if tag == "textarea":
            value = unescape(html[html.index(">", start) + 1 : html.index("</textarea>", start)]).removeprefix("\n")
        if tag == "select":
            options = html[start : html.index("</select>", start)]
            value = (re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options))[1]
        if name in data:
            data[name] = [*(data[name] if isinstance(data[name], list) else [data[name]]), value]
        else:
            data[name] = value
    return data


def page_of(client: Client, url: str) -> dict[str, object]:
    return filled(client.get(url).content.decode())


ADDRESSES = [
    "edit_edition", "edit_describe", "edit_reasons", "edit_add", "edit_numbers", "edit_missing", "edit_preview",
    "edit_publish", "edit_delete", "edit_export",
]  # fmt: skip
ELEMENT_ADDRESSES = ["edit_element", "edit_put", "edit_split", "edit_join", "edit_replace", "edit_withdraw"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_of_a_draft_opens_and_is_never_stored(desk: Client, edition: Edition, name: str) -> None:
    answer = desk.get(address(name, edition))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ELEMENT_ADDRESSES)
def test_page_of_an_element_opens_and_is_never_stored(desk: Client, edition: Edition, name: str) -> None:
    answer = desk.get(address(name, edition, "g1"))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", [*ADDRESSES, *ELEMENT_ADDRESSES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_is_closed_to_people_of_other_places(edition: Edition, stranger: User, name: str, method: str) -> None:
    url = address(name, edition, "g1" if name in ELEMENT_ADDRESSES else "")

    answer = getattr(signed_in(stranger), method)(url)

    assert answer.status_code in {403, 405}
    assert "g1" not in answer.content.decode()
    assert order(edition) == ["g1", "g2", ".m1", ".m2"]


@pytest.mark.parametrize("name", [*ADDRESSES, *ELEMENT_ADDRESSES])
def test_page_sends_a_visitor_to_sign_in(edition: Edition, name: str) -> None:
    answer = Client().get(address(name, edition, "g1" if name in ELEMENT_ADDRESSES else ""))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_public_pages_do_not_show_a_draft(desk: Client, edition: Edition) -> None:
    assert desk.get(reverse("strategy:edition", args=[2])).status_code == 404


def test_draft_is_begun_by_button(desk: Client, framework: Framework) -> None:
    in_force(framework)

    answer = desk.post(reverse("strategy:edit"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("strategy:edit_describe", args=[2])
    assert Entry.objects.filter(action="strategy.draft_begun").count() == 1


def test_untouched_page_saved_changes_nothing(desk: Client, edition: Edition) -> None:
    before = dump(edition_document(edition))

    answer = desk.post(address("edit_element", edition, "g1"), page_of(desk, address("edit_element", edition, "g1")))

    assert answer.status_code == 302
    assert dump(edition_document(edition)) == before
    assert not Entry.objects.filter(action="strategy.element_edited").exists()


def test_typed_text_is_saved_and_traced(desk: Client, edition: Edition) -> None:
    data = page_of(desk, address("edit_element", edition, "g1"))
    data[f"b-{B1}-text"] = "Neuer Satz.\r\nZweite Zeile."
    data |= {"sources-0-title": "Beschluss", "sources-0-url": "https://example.org/", "terms:topics": []}
    data |= {"parameters-0-label": "Zieljahr", "parameters-0-type": "year"}

    desk.post(address("edit_element", edition, "g1"), data)

    found = version(edition, "g1")
    assert text_of(edition, "g1")[0] == (B1, "Neuer Satz.\nZweite Zeile.")
    assert found.sources == [{"title": "Beschluss", "url": "https://example.org/"}]
    assert found.parameters == [{"key": "zieljahr", "label": "Zieljahr", "type": "year", "unit": "", "value": ""}]
    assert not found.terms.exists()
    assert Entry.objects.filter(action="strategy.element_edited").count() == 1


def test_two_browsers_in_different_fields_both_land(desk: Client, edition: Edition) -> None:
    url = address("edit_element", edition, "g1")
    one, two = page_of(desk, url), page_of(desk, url)

    desk.post(url, one | {"title": "Titel von A"})
    answer = desk.post(url, two | {f"b-{B1}-text": "Text von B."})

    assert answer.status_code == 302
    assert version(edition, "g1").title == "Titel von A"
    assert text_of(edition, "g1")[0] == (B1, "Text von B.")


def test_two_browsers_in_one_field_second_sees_both_and_decides(desk: Client, edition: Edition) -> None:
    url = address("edit_element", edition, "g1")
    one, two = page_of(desk, url), page_of(desk, url)
    desk.post(url, one | {f"b-{B1}-text": "Anna schreibt."})

    answer = desk.post(url, two | {f"b-{B1}-text": "Bernd schreibt."})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Anna schreibt." in html
    assert filled(html)[f"b-{B1}-text"] == "Bernd schreibt."
    assert text_of(edition, "g1")[0] == (B1, "Anna schreibt.")

    assert desk.post(url, filled(html)).status_code == 302
    assert text_of(edition, "g1")[0] == (B1, "Bernd schreibt.")


def test_second_browser_may_keep_the_saved_wording(desk: Client, edition: Edition) -> None:
    url = address("edit_element", edition, "g1")
    one, two = page_of(desk, url), page_of(desk, url)
    desk.post(url, one | {f"b-{B1}-text": "Anna schreibt."})
    html = desk.post(url, two | {f"b-{B1}-text": "Bernd schreibt."}).content.decode()

    desk.post(url, filled(html) | {"title": "Neu", "action": f"theirs:block:{B1}:text"})

    assert text_of(edition, "g1")[0] == (B1, "Anna schreibt.")
    assert version(edition, "g1").title == "Neu"


def test_text_in_a_deleted_paragraph_stays_in_the_form_and_can_be_put_back(desk: Client, edition: Edition) -> None:
    url = address("edit_element", edition, "g1")
    one, two = page_of(desk, url), page_of(desk, url)
    desk.post(url, one | {f"b-{B1}-delete": "on"})

    html = desk.post(url, two | {f"b-{B1}-text": "Noch dazu."}).content.decode()
    assert text_of(edition, "g1") == [(B2, "Für alle.")]
    assert filled(html)[f"b-{B1}-text"] == "Noch dazu."

    desk.post(url, filled(html))
    assert text_of(edition, "g1") == [(B2, "Für alle."), (B1, "Noch dazu.")]


def test_conflict_in_a_list_of_sources_shows_both(desk: Client, edition: Edition) -> None:
    url = address("edit_element", edition, "g1")
    one, two = page_of(desk, url), page_of(desk, url)
    desk.post(url, one | {"sources-0-title": "Quelle A"})

    answer = desk.post(url, two | {"sources-0-title": "Quelle B"})

    assert answer.status_code == 409
    assert "Quelle A" in answer.content.decode()
    assert filled(answer.content.decode())["sources-0-title"] == "Quelle B"


def test_invalid_field_keeps_everything_typed(desk: Client, edition: Edition) -> None:
    url = address("edit_element", edition, "g1")
    data = page_of(desk, url) | {"title": "", f"b-{B1}-text": "Lange getippt.", "sources-0-url": "ftp://x"}

    html = desk.post(url, data).content.decode()

    assert filled(html)[f"b-{B1}-text"] == "Lange getippt."
    assert 'role="alert"' in html
    assert version(edition, "g1").title == "g1"


def test_block_step_saves_text_and_returns_to_the_block(desk: Client, edition: Edition) -> None:
    url = address("edit_element", edition, "g1")
    data = page_of(desk, url) | {f"b-{B1}-text": "Getippt.", "action": f"down:{B1}"}

    answer = desk.post(url, data)

    assert text_of(edition, "g1") == [(B2, "Für alle."), (B1, "Getippt.")]
    assert answer["Location"].endswith(f"absatz={B1}")
    assert re.search(rf'id="id_b-{B1}-text"[^>]*autofocus', desk.get(answer["Location"]).content.decode())


def test_moved_element_gets_the_focus_back(desk: Client, edition: Edition) -> None:
    answer = desk.post(address("edit_edition", edition), {"move": f"up:{identity('m2')}"})

    html = desk.get(answer["Location"]).content.decode()
    assert order(edition) == ["g1", "g2", ".m2", ".m1"]
    assert re.search(rf'value="up:{identity("m2")}" disabled', html)
    assert html.count("<summary autofocus>") == 1

    answer = desk.post(address("edit_edition", edition), {"move": f"down:{identity('g1')}"})
    html = desk.get(answer["Location"]).content.decode()
    assert re.search(rf'id="e-{identity("g1")}" class="moved-here"', html)


@pytest.mark.parametrize("move", ["", "up", "up:no-uuid", f"sideways:{identity('m2')}", f"up:{identity('nobody')}"])
def test_broken_move_changes_nothing(desk: Client, edition: Edition, move: str) -> None:
    assert desk.post(address("edit_edition", edition), {"move": move}).status_code == 302
    assert order(edition) == ["g1", "g2", ".m1", ".m2"]


def test_element_is_split_on_its_page(desk: Client, edition: Edition) -> None:
    data = {"title": "Für alle", "blocks": [B2], "reason": "Zwei Gedanken."}

    desk.post(address("edit_split", edition, "g1"), data)

    assert order(edition) == ["g1", "Für alle", "g2", ".m1", ".m2"]


def test_split_without_reason_keeps_what_was_typed(desk: Client, edition: Edition) -> None:
    html = desk.post(
        address("edit_split", edition, "g1"), {"title": "Für alle", "blocks": [B2], "reason": ""}
    ).content.decode()

    assert 'value="Für alle"' in html
    assert 'role="alert"' in html
    assert order(edition) == ["g1", "g2", ".m1", ".m2"]


def test_withdrawn_element_is_brought_back_from_the_list(desk: Client, edition: Edition) -> None:
    desk.post(address("edit_withdraw", edition, "m2"), {"reason": "Weg."})
    assert order(edition) == ["g1", "g2", ".m1"]

    desk.post(address("edit_missing", edition), {"action": f"back:{identity('m2')}", "reason": ""})

    assert order(edition) == ["g1", "g2", ".m1", ".m2"]


def test_reason_of_a_change_is_rewritten(desk: Client, edition: Edition) -> None:
    desk.post(address("edit_withdraw", edition, "m2"), {"reason": "Weg."})
    row = edition.lineage.get()
    html = desk.get(address("edit_reasons", edition)).content.decode()
    base = re.search(rf'name="base_reason_{row.pk}" value="([^"]+)"', html)[1]

    desk.post(address("edit_reasons", edition), {f"reason_{row.pk}": "Erledigt.", f"base_reason_{row.pk}": base})

    assert edition.lineage.get().reason == "Erledigt."


def test_obstacles_lead_to_their_element(desk: Client, edition: Edition, editor: User) -> None:
    new = structure.add_element(actor=editor, edition=edition, title="Leer")

    html = desk.get(address("edit_publish", edition)).content.decode()

    assert reverse("strategy:edit_element", args=[2, new.element_id]) in html
    assert 'name="sure"' not in html


def test_future_date_leads_to_the_page_where_it_is_changed(desk: Client, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(date_text="2999-01-01")

    html = desk.get(address("edit_publish", edition)).content.decode()

    assert "1. Januar 2999" in html
    assert address("edit_describe", edition) in html
    assert 'name="sure"' not in html


def test_renumbering_says_which_numbers_people_know_and_asks(desk: Client, edition: Edition) -> None:
    measures = edition.versions.filter(label__startswith="M").order_by("position")
    desk.post(address("edit_edition", edition), {"move": f"down:{measures[0].element_id}"})

    html = desk.get(address("edit_numbers", edition)).content.decode()
    assert "öffentlich als M01" in html
    refused = desk.post(address("edit_numbers", edition), {}).content.decode()
    assert "zitiert" in refused

    desk.post(address("edit_numbers", edition), {"knowingly": "1"})
    assert [found.label for found in measures] == ["M01", "M02"]


def test_publishing_needs_the_tick(desk: Client, edition: Edition) -> None:
    desk.post(address("edit_publish", edition), {})
    assert Edition.objects.get(ordinal=2).state == "draft"

    answer = desk.post(address("edit_publish", edition), {"sure": "1"})

    assert Edition.objects.get(ordinal=2).state == "in_force"
    assert answer["Location"] == reverse("strategy:edition", args=[2])
    assert Entry.objects.filter(action="strategy.edition_published").count() == 1


def test_published_edition_can_no_longer_be_opened_here(desk: Client, edition: Edition) -> None:
    desk.post(address("edit_publish", edition), {"sure": "1"})

    answer = desk.get(address("edit_edition", edition))

    assert answer.status_code == 403
    assert "2. Auflage" in answer.content.decode()


def test_consultation_is_opened_and_taken_back(desk: Client, edition: Edition) -> None:
    desk.post(address("edit_state", edition), {"to": "consultation"})
    assert Client().get(reverse("strategy:edition", args=[2])).status_code == 200

    desk.post(address("edit_state", edition), {"to": "draft"})
    assert Client().get(reverse("strategy:edition", args=[2])).status_code == 404


def test_draft_is_deleted_after_asking(desk: Client, edition: Edition) -> None:
    desk.get(address("edit_delete", edition))
    assert Edition.objects.filter(ordinal=2).exists()

    desk.post(address("edit_delete", edition))
    assert not Edition.objects.filter(ordinal=2).exists()


def test_way_to_the_editor_is_shown_to_editors_only(framework: Framework, desk: Client, stranger: User) -> None:
    url = reverse("accounts:start")

    assert reverse("strategy:edit") in desk.get(url).content.decode()
    assert reverse("strategy:edit") not in signed_in(stranger).get(url).content.decode()


@pytest.mark.parametrize(
    "name", ["edit_edition", "edit_preview", "edit_publish", "edit_join", "edit_element", "edit_numbers"]
)
def test_number_of_queries_does_not_grow_with_the_elements(  # noqa: PLR0917
    desk: Client,
    framework: Framework,
    editor: User,
    django_assert_num_queries,
    django_assert_max_num_queries,
    name: str,
) -> None:
    small = drafts.import_draft(
        actor=editor, framework=framework, document=document(element("g1"), ordinal=1), replacing=False
    )
    large = drafts.import_draft(
        actor=editor, framework=framework, replacing=False,
        document=document(element("h1"), element("h2"), element("h3", parent=identity("h2")), ordinal=2),
    )  # fmt: skip
    element_page = name in ELEMENT_ADDRESSES
    desk.get(address(name, small, "g1" if element_page else ""))
    with django_assert_max_num_queries(40) as few:
        desk.get(address(name, small, "g1" if element_page else ""))

    with django_assert_num_queries(len(few)):
        desk.get(address(name, large, "h1" if element_page else ""))
