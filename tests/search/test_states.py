"""Whatever state a thing goes through: it is found while everybody may read it, by the next request, and at no other time.

Each walk takes one thing through the acts its module knows and says after each of them under which kinds it is to be
found. No kind that a module declares goes without a walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.cms import tree
from andock.cms.models import ContentPage, NewsIndexPage, NewsPage
from andock.events.models import Event
from andock.events.services import drafts as event_drafts
from andock.events.services import publishing
from andock.events.services import series as event_series
from andock.events.services.editing import edit as edit_event
from andock.events.timing import timing_of
from andock.ideas.services.entering import Sheet, address_pattern, idea_writer
from andock.knowledge.services import findings, guides, solutions
from andock.local_strategies.choices import VersionState
from andock.local_strategies.services import drafts as local_drafts
from andock.local_strategies.services.own import OwnText, add_own, remove_own
from andock.local_strategies.services.states import move, record_decision
from andock.organisations.models import Organisation, Profile, Term
from andock.organisations.services.profile import update_profile
from andock.organisations.services.register import rename_organisation
from andock.participation.models import Process
from andock.participation.services import contributing, moderating, processes
from andock.participation.services.people import Introduction
from andock.search import building
from andock.search.models import Document
from andock.search.queries import find
from andock.search.source import kinds
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.models import Edition, Framework
from andock.strategy.services import drafts
from tests.accounts.cast import Cast, cast
from tests.events.desk import complete
from tests.events.post import run_jobs
from tests.local_strategies.scenes import COUNCIL, choose, docked
from tests.strategy.editing import in_force, save, typed, version

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

WORD = "Quastenflosser"
NOW = timezone.now()
Steps = Iterator[tuple[str, set[str]]]
WALKS: dict[Callable[[Cast], Steps], set[str]] = {}


def walk(*met: str) -> Callable[[Callable[[Cast], Steps]], Callable[[Cast], Steps]]:
    """A walk through the states of things of these kinds."""

    def kept(function: Callable[[Cast], Steps]) -> Callable[[Cast], Steps]:
        WALKS[function] = set(met)
        return function

    return kept


@pytest.fixture(autouse=True)
def demo(settings: Any, tmp_path: Any) -> None:
    settings.ANDOCK_DEMO = True
    settings.MEDIA_ROOT = tmp_path


# --- events -----------------------------------------------------------------------------------------------------------
@walk("event")
def event(cast: Cast) -> Steps:
    made = complete(cast, title=f"{WORD} im Rathaus")
    yield "drafted", set()
    copied = event_drafts.copy(actor=cast.olpe_editor, source=made, title=f"{WORD} zum zweiten", when=timing_of(made))
    yield "copied", set()
    event_drafts.delete(actor=cast.olpe_releaser, event=copied)
    yield "copy deleted", set()
    made = publishing.publish(actor=cast.olpe_releaser, event=made, now=NOW)
    yield "published", {"event"}
    was, later = timing_of(made), timedelta(days=1)
    when = replace(was, starts_at=was.starts_at + later, ends_at=was.ends_at + later)
    made = publishing.postpone(actor=cast.olpe_releaser, event=made, when=when, reason="Sturm", now=NOW)
    yield "postponed", {"event"}
    made = publishing.cancel(actor=cast.olpe_releaser, event=made, reason="Krank", now=NOW)
    yield "cancelled, at its address all the same", {"event"}


@walk("series")
def series(cast: Cast) -> Steps:
    made = event_series.begin(actor=cast.olpe_editor, organisation=cast.olpe, title=f"{WORD}runde {WORD}", text="", at_once=False)  # fmt: skip
    yield "begun", set()
    draft = complete(cast, title="Offene Daten")
    Event.objects.filter(pk=draft.pk).update(series=made)
    yield "with a draft", set()
    draft.refresh_from_db()
    public = publishing.publish(actor=cast.olpe_releaser, event=draft, now=NOW)
    yield "with a public event, which names it", {"series", "event"}
    left = {"series": Submitted("", fingerprint(made.slug))}
    edit_event(actor=cast.olpe_editor, event=public, section="about", fields=left, now=NOW)
    yield "left by its event", set()


# --- the register -----------------------------------------------------------------------------------------------------
def profile(actor: Any, organisation: Organisation, text: str) -> None:
    there = Profile.objects.filter(pk=organisation.pk).first()
    update_profile(
        actor=actor, organisation=organisation, seen=there.changed_at.isoformat() if there else "", text=text, links=[],
        contact_office="Amt", contact_email="amt@olpe.example", contact_phone="",
    )  # fmt: skip


@walk("municipality")
def municipality(cast: Cast) -> Steps:
    yield "silent about itself", set()
    profile(cast.olpe_editor, cast.olpe, f"Wir züchten {WORD}.")
    yield "told", {"municipality"}
    profile(cast.olpe_editor, cast.olpe, "Wir züchten nichts mehr.")
    yield "taken back", set()
    rename_organisation(actor=None, organisation=cast.olpe, name=f"{WORD} an der Bigge")
    yield "renamed", {"municipality"}


@walk("organisation")
def organisation(cast: Cast) -> Steps:
    yield "silent about itself", set()
    profile(cast.coordinator, cast.agency, f"Wir züchten {WORD}.")
    yield "told", {"organisation"}
    profile(cast.coordinator, cast.agency, "")
    yield "taken back", set()


# --- the strategy -----------------------------------------------------------------------------------------------------
def framework(cast: Cast) -> Framework:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    return Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)


def rewrite(cast: Cast, draft: Edition, title: str) -> None:
    save(cast.coordinator, draft, "g1", typed(version(draft, "g1"), title=title))


@walk("passage", "former_passage")
def passage(cast: Cast) -> Steps:
    ours, who = framework(cast), {"actor": cast.coordinator}
    in_force(ours)
    draft = drafts.begin_draft(**who, framework=ours)
    rewrite(cast, draft, WORD)
    yield "written", set()
    drafts.delete_draft(**who, edition=draft)
    yield "deleted", set()
    draft = drafts.begin_draft(**who, framework=ours)
    rewrite(cast, draft, WORD)
    drafts.open_consultation(**who, edition=draft)
    yield "in consultation", {"passage"}
    drafts.back_to_draft(**who, edition=draft)
    yield "back to draft", set()
    drafts.open_consultation(**who, edition=draft)
    drafts.publish(**who, edition=draft, day=timezone.localdate())
    yield "in force", {"passage"}
    after = drafts.begin_draft(**who, framework=ours)
    rewrite(cast, after, "Ameisen")
    yield "rewritten in a draft", {"passage"}
    drafts.publish(**who, edition=after, day=timezone.localdate())
    yield "superseded, at its address all the same", {"former_passage"}


@walk("edition")
def edition(cast: Cast) -> Steps:
    ours, who = framework(cast), {"actor": cast.coordinator}
    in_force(ours)
    draft = drafts.begin_draft(**who, framework=ours)
    drafts.describe_edition(**who, edition=draft, fields={"note": Submitted(f"Neu: {WORD}", fingerprint(""))})
    yield "described", set()
    drafts.open_consultation(**who, edition=draft)
    yield "in consultation", {"edition"}
    drafts.back_to_draft(**who, edition=draft)
    yield "back to draft", set()
    drafts.publish(**who, edition=draft, day=timezone.localdate())
    yield "in force", {"edition"}


@walk("local_strategy", "local_passage")
def local_strategy(cast: Cast) -> Steps:
    ours, who = framework(cast), {"actor": cast.olpe_releaser}
    docked(cast.olpe, ours)
    draft = local_drafts.begin_strategy(**who, organisation=cast.olpe, edition=in_force(ours))
    yield "begun", set()
    local_drafts.describe_version(**who, version=draft, values={"title": f"{WORD} 2030"})
    part = add_own(**who, version=draft, own=OwnText(title="Fische", text=f"Wir züchten {WORD}."))
    yield "written", set()
    choose(cast.olpe_releaser, draft, "adopted", "g1", "g2", "m1", "m2")
    move(**who, version=draft, state=VersionState.PARTICIPATION)
    yield "in participation, for those who are asked", set()
    move(**who, version=draft, state=VersionState.SUBMITTED)
    yield "submitted", set()
    move(**who, version=draft, state=VersionState.DRAFTING)
    yield "taken back", set()
    move(**who, version=draft, state=VersionState.SUBMITTED)
    record_decision(**who, version=draft, decided=COUNCIL)
    yield "in force", {"local_strategy", "local_passage"}
    after = local_drafts.begin_draft(**who, strategy=draft.strategy)
    local_drafts.describe_version(**who, version=after, values={"title": "Olpe 2035"})
    remove_own(**who, version=after, identity=part.identity)
    yield "rewritten in a draft", {"local_strategy", "local_passage"}
    move(**who, version=after, state=VersionState.SUBMITTED)
    record_decision(**who, version=after, decided=COUNCIL)
    yield "superseded", set()


# --- knowledge --------------------------------------------------------------------------------------------------------
@walk("solution")
def solution(cast: Cast) -> Steps:
    who, now = {"actor": cast.olpe_editor}, {"now": NOW}
    spare = solutions.begin(**who, organisation=cast.olpe, title=f"{WORD} zum zweiten", kind="sensors")
    made = solutions.begin(**who, organisation=cast.olpe, title=WORD, kind="sensors")
    yield "drafted", set()
    solutions.delete(**who, solution=spare)
    yield "draft deleted", set()
    made = solutions.publish(**who, solution=made, **now, today=NOW.date())
    yield "published", {"solution"}
    made = solutions.archive(**who, solution=made, **now)
    yield "archived: at its address, in no list", set()
    solutions.publish(**who, solution=made, **now, today=NOW.date())
    yield "published again", {"solution"}


@walk("guide")
def guide(cast: Cast) -> Steps:
    who, now = {"actor": cast.olpe_editor}, {"now": NOW}
    spare = guides.begin(**who, organisation=cast.olpe, title=f"{WORD} zum zweiten")
    made = guides.begin(**who, organisation=cast.olpe, title=WORD)
    yield "drafted", set()
    guides.delete(**who, guide=spare)
    yield "draft deleted", set()
    made = guides.publish(**who, guide=made, **now)
    yield "published", {"guide"}
    made = guides.archive(**who, guide=made, **now)
    yield "archived: at its address, in no list", set()
    guides.publish(**who, guide=made, **now)
    yield "published again", {"guide"}


@walk("finding")
def finding(cast: Cast) -> Steps:
    who, now = {"actor": cast.olpe_editor}, {"now": NOW}
    card = solutions.begin(**who, organisation=cast.olpe, title="Zuchtbecken", kind="sensors")
    solutions.publish(**who, solution=card, **now, today=NOW.date())
    said = {"title": WORD, "text": "Er schwimmt.", "found_on": "2026-05-04"}
    values = said | {"solution": "zuchtbecken", "event": [], "transfer": "", "terms": []}
    spare = findings.begin(**who, organisation=cast.olpe, values=values, **now)
    made = findings.begin(**who, organisation=cast.olpe, values=values, **now)
    yield "drafted", set()
    findings.delete(**who, finding=spare)
    yield "draft deleted", set()
    findings.publish(**who, finding=made, **now)
    yield "published", {"finding"}
    findings.archive(**who, finding=made, **now)
    yield "archived: on no page", set()


# --- pages ------------------------------------------------------------------------------------------------------------
def states_of(made: Any, kind: str) -> Steps:
    """A page that was added as a draft, through what the editorial office can do to it."""
    moment, day = timedelta(minutes=1), timedelta(days=1)
    yield "drafted", set()
    put(made)
    yield "published", {kind}
    type(made).objects.get(pk=made.pk).unpublish()
    yield "unpublished", set()
    put(made, go_live_at=timezone.now() + day)
    yield "to be published tomorrow", set()
    put(made, go_live_at=timezone.now() - moment, expire_at=timezone.now() + day)
    yield "published until tomorrow", {kind}
    type(made).objects.filter(pk=made.pk).update(expire_at=timezone.now() - moment)
    call_command("publish_scheduled", verbosity=0)
    yield "its time is over", set()
    put(made, expire_at=None)
    yield "published again", {kind}


def put(made: Any, **times: Any) -> None:
    """Press "publish", with the times that were set."""
    there = type(made).objects.get(pk=made.pk)
    for name, moment in times.items():
        setattr(there, name, moment)
    there.save_revision().publish()


@walk("page")
def page(cast: Cast) -> Steps:
    above = tree.start_page("de").add_child(instance=ContentPage(title="Oben", slug="oben", locale=tree.locale("de")))
    made = above.add_child(instance=ContentPage(title=WORD, slug="fisch", locale=tree.locale("de"), live=False))
    yield from states_of(made, "page")
    ContentPage.objects.get(pk=above.pk).delete()
    yield "deleted with the page above it", set()


@walk("news")
def news(cast: Cast) -> Steps:
    start, german = tree.start_page("de"), tree.locale("de")
    index = start.add_child(instance=NewsIndexPage(title="Neuigkeiten", slug="neuigkeiten", locale=german))
    made = index.add_child(
        instance=NewsPage(
            title="Fische",
            slug="fische",
            intro=WORD,
            date_text="2026-05",
            sorted_on=date(2026, 5, 31),
            locale=german,
            live=False,
        )
    )
    yield from states_of(made, "news")
    NewsPage.objects.get(pk=made.pk).delete()
    yield "deleted", set()


@walk("process", "idea")
def participation(cast: Cast) -> Steps:
    """A process of which the word stands in the title, and an idea that somebody sends to it."""
    who, now = {"actor": cast.olpe_editor, "now": timezone.now()}, timezone.now()
    made = processes.begin(**who, organisation=cast.olpe, blueprint="ideas", title=f"{WORD} am Fluss", begins_at=now)
    yield "begun", set()
    Process.objects.filter(pk=made.pk).update(summary="Was fehlt?", contact_email="amt@example.org")
    processes.publish(**who, process=made)
    made.refresh_from_db()
    yield "published", {"process"}
    sent = contributing.submit(
        person=Introduction(email="ada@example.org", pseudonym="Ada"), phase=made.phases.get(), kind="idea",
        title=f"Mehr {WORD}", text=f"Viel mehr {WORD}.", address=address_pattern(made), now=now, request_key=uuid4(),
        detail=idea_writer(Sheet()),
    )  # fmt: skip
    yield "sent", {"process"}
    contributing.confirm(contribution=sent, now=now)
    run_jobs()
    yield "confirmed", {"process", "idea"}
    moderating.decide(**who, contribution=sent, verdict="hidden", reason="off_topic")
    yield "hidden", {"process"}
    moderating.decide(**who, contribution=sent, verdict="shown")
    yield "shown", {"process", "idea"}
    contributing.withdraw(participant=sent.participant, contribution=sent)
    yield "taken back", {"process"}


# --- what the modules look at -----------------------------------------------------------------------------------------
_READ = """
    cms_contentpage cms_contentpage_terms cms_legalpage cms_newsindexpage cms_newspage cms_newspage_organisations cms_newspage_terms
    django_content_type wagtailcore_locale wagtailcore_page
    events_event events_event_terms events_programmeitem events_series
    knowledge_finding knowledge_finding_terms knowledge_guide knowledge_guide_terms knowledge_guidestep knowledge_solution knowledge_solution_partners knowledge_solution_terms knowledge_transfer
    local_strategies_elementdecision local_strategies_localstrategy local_strategies_ownpart local_strategies_version
    organisations_district organisations_municipality organisations_organisation organisations_profile
    organisations_profile_terms organisations_region organisations_term
    participation_contribution participation_phase participation_process participation_process_terms
    strategy_edition strategy_element strategy_elementversion strategy_elementversion_terms strategy_framework strategy_lineage
    search_document
"""
READ = frozenset(_READ.split())
"""All tables whose words can reach the index. People, registrations, notes, offers, reports, feedback stand in none of them."""


def tables_in(queries: CaptureQueriesContext) -> set[str]:
    asked = " ".join(query["sql"] for query in queries)
    return {table for table in connection.introspection.table_names() if f'"{table}"' in asked}


# --- the tests --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("steps", WALKS, ids=lambda steps: steps.__name__)
def test_thing_is_found_while_everybody_may_read_it_and_only_then(cast: Cast, steps: Callable[[Cast], Steps]) -> None:
    building.build()
    met: set[str] = set()
    for step, expected in steps(cast):
        met |= expected
        hits = Document.objects.filter(pk__in=[hit.document for hit in find(WORD, count=100).hits])
        page = unescape(Client().get("/suche/", {"q": WORD}).content.decode())

        assert set(hits.values_list("filing__kind", flat=True)) == expected, step
        assert [Client().get(hit.url).status_code for hit in hits] == [200] * len(hits), step
        assert [hit.url for hit in hits if f'href="{hit.url}"' not in page] == [], step
        assert ("wurde nichts gefunden" in page) is not bool(expected), step
        if not expected:
            assert not Document.objects.filter(Q(title__contains=WORD) | Q(text__contains=WORD)).exists(), step
        with CaptureQueriesContext(connection) as queries:
            assert building.differing() == [], step
        assert tables_in(queries) <= READ, step

    assert WALKS[steps] <= met


def test_no_kind_goes_without_a_walk() -> None:
    assert set().union(*WALKS.values()) == set(kinds())
