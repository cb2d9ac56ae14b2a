"""Two people act in the same moment, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from andock.accounts.models import User
from andock.kernel.permissions import Denied
from andock.strategy.exchange import content_hash
from andock.strategy.models import Edition, Framework
from andock.strategy.queries import edition_document
from andock.strategy.services.drafts import begin_draft, publish
from andock.strategy.services.structure import move_element
from tests.at_once import AtOnce, acting_at_once
from tests.factories.strategy import identity
from tests.strategy.editing import draft, order, save, text_of, typed, uid, version
from tests.strategy.test_editing_drafts import DAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_afterwards")]
B1 = identity("b1")
TEXT1 = f"block__{B1}__text"


@pytest.fixture
def scene(framework: Framework, editor: User) -> Edition:
    return draft(framework, editor)


@pytest.fixture
def at_once(scene: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtOnce]:
    with acting_at_once(tmp_path, monkeypatch) as found:
        yield found


def test_different_fields_typed_at_once_both_land(at_once: AtOnce, scene: Edition, editor: User) -> None:
    one = typed(version(scene, "g1"), title="Von A")
    two = typed(version(scene, "g1"), **{TEXT1: "Von B."})

    results = at_once(lambda: save(editor, scene, "g1", one), lambda: save(editor, scene, "g1", two))

    assert [saved.conflicts for saved in results] == [{}, {}]
    assert at_once.look(lambda: version(scene, "g1").title) == "Von A"
    assert at_once.look(lambda: text_of(scene, "g1")[0]) == (B1, "Von B.")


def test_same_field_typed_at_once_one_lands_and_the_other_sees_both(
    at_once: AtOnce, scene: Edition, editor: User
) -> None:
    one = typed(version(scene, "g1"), **{TEXT1: "Von A."})
    two = typed(version(scene, "g1"), **{TEXT1: "Von B."})

    results = at_once(lambda: save(editor, scene, "g1", one), lambda: save(editor, scene, "g1", two))

    [conflict] = [found for saved in results for found in saved.conflicts.values()]
    assert {conflict.mine, conflict.theirs} == {"Von A.", "Von B."}
    assert at_once.look(lambda: text_of(scene, "g1")[0]) == (B1, conflict.theirs)


def test_drafts_begun_at_once_get_different_numbers(
    at_once: AtOnce, scene: Edition, framework: Framework, editor: User
) -> None:
    begun = at_once(*[lambda: begin_draft(actor=editor, framework=framework)] * 3)

    assert sorted(found.ordinal for found in begun) == [3, 4, 5]


def test_elements_moved_at_once_leave_a_whole_tree(at_once: AtOnce, scene: Edition, editor: User) -> None:
    at_once(
        lambda: move_element(actor=editor, edition=scene, element_id=uid("g2"), step="up"),
        lambda: move_element(actor=editor, edition=scene, element_id=uid("m2"), step="up"),
    )

    assert at_once.look(lambda: order(scene)) == ["g2", ".m2", ".m1", "g1"]


def test_edition_published_while_somebody_saves_holds_exactly_what_was_hashed(
    at_once: AtOnce, scene: Edition, editor: User
) -> None:
    page = typed(version(scene, "g1"), title="In letzter Minute")

    published, saved = at_once(
        lambda: publish(actor=editor, edition=scene, day=DAY), lambda: save(editor, scene, "g1", page)
    )

    assert not isinstance(published, Exception)
    assert isinstance(saved, Denied) or saved.written == ["title"]

    def is_sound() -> bool:
        edition = Edition.objects.select_related("framework").get(ordinal=2)
        return edition.content_hash == content_hash(edition_document(edition))

    assert at_once.look(is_sound)


def test_edition_published_twice_at_once_comes_into_force_once(at_once: AtOnce, scene: Edition, editor: User) -> None:
    results = at_once(*[lambda: publish(actor=editor, edition=scene, day=DAY)] * 2)

    assert [isinstance(result, Denied) for result in results].count(True) == 1
    assert at_once.look(lambda: Edition.objects.filter(state="in_force").count()) == 1
