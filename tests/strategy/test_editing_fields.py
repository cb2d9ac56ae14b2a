"""Two people write in one element: every field is locked by itself, and nothing typed is lost."""

import uuid

import pytest

from andock.accounts.models import User
from andock.kernel.permissions import Denied
from andock.strategy.field_lock import GONE, Submitted, fingerprint, settle
from andock.strategy.models import Framework
from andock.strategy.services.drafts import publish
from andock.strategy.services.editing import BlockStep
from andock.strategy.services.locking import CannotChange
from andock.strategy.services.succession import split_element
from tests.factories.strategy import identity
from tests.strategy.editing import draft, save, text_of, typed, uid, version
from tests.strategy.test_editing_drafts import DAY

pytestmark = pytest.mark.django_db
B1, B2 = identity("b1"), identity("b2")
TEXT1, TEXT2 = f"block__{B1}__text", f"block__{B2}__text"


@pytest.mark.parametrize("same", ["a\r\nb", "a \nb", " a\nb\n", "a\nb"])
def test_fingerprint_ignores_what_a_browser_changes(same: str) -> None:
    assert fingerprint(same) == fingerprint("a\nb")


def test_fingerprint_tells_words_apart() -> None:
    assert fingerprint("a b") != fingerprint("a\nb")


def test_field_that_came_back_by_hand_is_no_conflict() -> None:
    same = settle({"title": "neu"}, {"title": Submitted("neu", fingerprint("alt"))})

    assert same == ({}, {})


def test_different_fields_of_two_people_both_land(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    page_a = typed(version(edition, "g1"), title="Titel von A")
    page_b = typed(version(edition, "g1"), **{TEXT1: "Text von B."})

    assert save(editor, edition, "g1", page_a).conflicts == {}
    assert save(editor, edition, "g1", page_b).conflicts == {}

    assert version(edition, "g1").title == "Titel von A"
    assert text_of(edition, "g1") == [(B1, "Text von B."), (B2, "Für alle.")]


def test_same_field_of_two_people_shows_the_second_both_wordings(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    page_a = typed(version(edition, "g1"), **{TEXT1: "A schreibt."})
    page_b = typed(version(edition, "g1"), title="Titel von B", **{TEXT1: "B schreibt."})

    save(editor, edition, "g1", page_a)
    saved = save(editor, edition, "g1", page_b)

    conflict = saved.conflicts[f"block:{B1}:text"]
    assert (conflict.mine, conflict.theirs) == ("B schreibt.", "A schreibt.")
    assert text_of(edition, "g1")[0] == (B1, "A schreibt.")
    assert version(edition, "g1").title == "Titel von B"


def test_second_person_may_decide_after_seeing_both(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    save(editor, edition, "g1", typed(version(edition, "g1"), **{TEXT1: "A schreibt."}))

    saved = save(editor, edition, "g1", typed(version(edition, "g1"), **{TEXT1: "A und B schreiben."}))

    assert saved.conflicts == {}
    assert text_of(edition, "g1")[0] == (B1, "A und B schreiben.")


def test_text_in_a_block_somebody_deleted_is_kept_as_a_conflict_and_comes_back(
    framework: Framework, editor: User
) -> None:
    edition = draft(framework, editor)
    mine = typed(version(edition, "g1"), **{TEXT1: "Mein Satz."})
    save(editor, edition, "g1", typed(version(edition, "g1")), deleted=frozenset({B1}))

    saved = save(editor, edition, "g1", mine)
    assert saved.conflicts[f"block:{B1}:text"].theirs is None
    assert text_of(edition, "g1") == [(B2, "Für alle.")]

    again = {
        f"block:{B1}:text": Submitted("Mein Satz.", GONE),
        f"block:{B1}:kind": Submitted("paragraph", GONE),
    }
    save(editor, edition, "g1", again)
    assert text_of(edition, "g1") == [(B2, "Für alle."), (B1, "Mein Satz.")]


def test_block_that_went_to_another_element_comes_back_under_a_new_identity(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    split_element(actor=editor, edition=edition, element_id=uid("g1"), blocks={B1}, title="Teil", reason="Zwei Dinge.")

    again = {f"block:{B1}:text": Submitted("Mein Satz.", GONE), f"block:{B1}:kind": Submitted("paragraph", GONE)}
    save(editor, edition, "g1", again)

    (_b2, _text), (new, text) = text_of(edition, "g1")
    assert text == "Mein Satz."
    assert new != B1


def test_deleting_a_block_somebody_rewrote_is_a_conflict(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    page = typed(version(edition, "g1"))
    save(editor, edition, "g1", typed(version(edition, "g1"), **{TEXT1: "Neu geschrieben."}))

    saved = save(editor, edition, "g1", page, deleted=frozenset({B1}))

    assert saved.conflicts[f"block:{B1}:text"].theirs == "Neu geschrieben."
    assert text_of(edition, "g1")[0] == (B1, "Neu geschrieben.")


def test_unchanged_page_writes_nothing(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    assert save(editor, edition, "g1", typed(version(edition, "g1"))).written == []


def test_terms_of_one_vocabulary_are_replaced(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    assert [term.key for term in version(edition, "g1").terms.all()] == ["topics/klima"]

    save(editor, edition, "g1", typed(version(edition, "g1"), terms__topics=[]))

    assert not version(edition, "g1").terms.exists()


def test_control_characters_are_dropped_and_line_ends_made_plain(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    save(editor, edition, "g1", typed(version(edition, "g1"), **{TEXT1: "Eins\x00\r\nzwei \r\n"}))

    assert text_of(edition, "g1")[0] == (B1, "Eins\nzwei")


def test_moved_block_keeps_its_identity(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    saved = save(editor, edition, "g1", typed(version(edition, "g1")), BlockStep("down", B1))

    assert text_of(edition, "g1") == [(B2, "Für alle."), (B1, "Offene Daten.")]
    assert saved.block == B1


def test_block_split_at_a_blank_line_keeps_its_identity_in_the_first_part(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    page = typed(version(edition, "g1"), **{TEXT1: "Erster Teil.\n\nZweiter Teil."})

    saved = save(editor, edition, "g1", page, BlockStep("split", B1))

    first, second, last = text_of(edition, "g1")
    assert (first, last) == ((B1, "Erster Teil."), (B2, "Für alle."))
    assert second == (saved.block, "Zweiter Teil.")
    assert uuid.UUID(saved.block).version == 4


def test_block_without_blank_line_is_not_split_and_nothing_is_saved(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    page = typed(version(edition, "g1"), title="Neu")

    with pytest.raises(CannotChange):
        save(editor, edition, "g1", page, BlockStep("split", B1))

    assert version(edition, "g1").title == "g1"


def test_step_waits_while_something_is_in_dispute(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    page = typed(version(edition, "g1"), title="B")
    save(editor, edition, "g1", typed(version(edition, "g1"), title="A"))

    saved = save(editor, edition, "g1", page, BlockStep("down", B1))

    assert saved.conflicts
    assert text_of(edition, "g1")[0][0] == B1


def test_element_of_an_edition_in_force_is_not_written(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    page = typed(version(edition, "g1"), title="Zu spät")
    publish(actor=editor, edition=edition, day=DAY)

    with pytest.raises(Denied, match=r"2\. Auflage"):
        save(editor, edition, "g1", page)

    assert version(edition, "g1").title == "g1"


def test_stranger_does_not_write(framework: Framework, editor: User, stranger: User) -> None:
    edition = draft(framework, editor)

    with pytest.raises(Denied):
        save(stranger, edition, "g1", typed(version(edition, "g1"), title="Fremd"))
