"""Texts that are rendered once for everyone show what is true now; no page is kept here, so that only they could be old."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from andock.kernel.pagecache.layer import PageCache
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.models import Organisation, Term
from andock.strategy.models import Framework
from tests.factories.strategy import block, element
from tests.kernel.pagecache.conftest import Browser
from tests.strategy.scenes import publish

COMPARISON = "/strategie/vergleich/?von=1&bis=2"

pytestmark = pytest.mark.usefixtures("transactional_db", "emptied_afterwards")


@pytest.fixture
def browser(transactional_db: None) -> Iterator[Browser]:
    owner = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=owner)
    publish(element("g7", block("b", "Im Anfang."), terms=("topics/klima",)))
    consult("Entwurf.")
    browser = Browser(PageCache(get_wsgi_application(), max_bytes=0))
    yield browser
    browser.app.versions.close()


def consult(text: str) -> None:
    publish(element("g7", block("b", text), terms=("topics/klima",)), ordinal=2, state="consultation")


def read(browser: Browser, address: str) -> str:
    return browser.get(address).body.decode()


def queries(browser: Browser, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address, **headers).status == 200
    return len(asked)


def test_text_changed_in_consultation_is_read_and_compared_at_once(browser: Browser) -> None:
    assert "Entwurf." in read(browser, "/strategie/auflagen/2/")
    assert "Entwurf" in read(browser, COMPARISON)

    consult("Beschluss.")

    assert "Beschluss." in read(browser, "/strategie/auflagen/2/")
    assert "Beschluss" in read(browser, COMPARISON)
    assert "Im Anfang." in read(browser, "/strategie/")


def test_topic_renamed_is_read_at_once(browser: Browser) -> None:
    assert ">Klima<" in read(browser, "/strategie/")

    with public_transaction():
        Term.objects.update(labels={"de": "Wetter"})
        bump("organisations")

    assert ">Wetter<" in read(browser, "/strategie/")


def test_text_is_another_one_in_each_language(browser: Browser) -> None:
    german, english = read(browser, "/strategie/"), read(browser, "/en/strategie/")

    assert 'lang="de">g7' in english
    assert 'lang="de">g7' not in german


def test_text_is_not_read_again_for_another_address_or_somebody_signed_in(browser: Browser) -> None:
    first = queries(browser, "/strategie/")
    again = queries(browser, "/strategie/auflagen/1/")
    with_cookie = queries(browser, "/strategie/", cookie="sessionid=unknown")

    assert again < first - 2
    assert with_cookie < first - 2


def test_comparison_of_one_kind_is_not_taken_for_all(browser: Browser) -> None:
    assert "<del>" in read(browser, COMPARISON)
    assert "chg-body" not in read(browser, f"{COMPARISON}&art=new")
    assert "chg-body" in read(browser, COMPARISON)
