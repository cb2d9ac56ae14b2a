"""Elements move, split, join, end and come back; identities stay and readers are told why."""

import pytest

from andock.accounts.models import User
from andock.strategy.arrangement import Arrangement, numbered
from andock.strategy.models import Framework
from andock.strategy.publication import obstacles
from andock.strategy.queries import edition_document, previous_edition
from andock.strategy.services import structure, succession
from andock.strategy.services.drafts import begin_draft, publish
from andock.strategy.services.locking import CannotChange
from tests.factories.strategy import identity
from tests.strategy.editing import draft, lineage, order, text_of, uid, version
from tests.strategy.test_editing_drafts import DAY

pytestmark = pytest.mark.django_db
B1, B2 = identity("b1"), identity("b2")


def blocked(edition) -> list[str]:
    before = previous_edition(edition)
    assert before
    return obstacles(edition_document(before).edition, edition_document(edition).edition)


@pytest.mark.parametrize(
    ("name", "step", "expected"),
    [
        ("g2", "up", ["g2", ".m1", ".m2", "g1"]),
        ("g1", "down", ["g2", ".m1", ".m2", "g1"]),
        ("m2", "up", ["g1", "g2", ".m2", ".m1"]),
        ("g2", "indent", ["g1", ".g2", "..m1", "..m2"]),
        ("m1", "outdent", ["g1", "g2", ".m2", "m1"]),
    ],
)
def test_step_moves_the_element_with_all_below(
    framework: Framework, editor: User, name: str, step: str, expected: list[str]
) -> None:
    edition = draft(framework, editor)

    structure.move_element(actor=editor, edition=edition, element_id=uid(name), step=step)

    assert order(edition) == expected
    assert blocked(edition) == []


@pytest.mark.parametrize(("name", "step"), [("g1", "up"), ("g2", "down"), ("g1", "indent"), ("g1", "outdent")])
def test_step_that_leads_nowhere_is_refused_with_a_reason(
    framework: Framework, editor: User, name: str, step: str
) -> None:
    edition = draft(framework, editor)

    with pytest.raises(CannotChange, match=r"."):
        structure.move_element(actor=editor, edition=edition, element_id=uid(name), step=step)

    assert order(edition) == ["g1", "g2", ".m1", ".m2"]


def test_element_put_below_another_tells_readers_why(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    structure.put_element(
        actor=editor, edition=edition, element_id=uid("m1"), parent=uid("g1"), reason="Es geht um Daten."
    )

    assert order(edition) == ["g1", ".m1", "g2", ".m2"]
    assert lineage(edition) == {("moved", "m1", "m1")}


def test_element_is_not_put_below_itself(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    with pytest.raises(CannotChange):
        structure.put_element(actor=editor, edition=edition, element_id=uid("g2"), parent=uid("m1"))


def test_new_element_stands_after_the_chosen_one(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    structure.add_element(actor=editor, edition=edition, title="Neu", after=uid("m1"))

    assert order(edition) == ["g1", "g2", ".m1", ".Neu", ".m2"]


def test_numbers_are_counted_afresh_and_series_counted_on(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    structure.move_element(actor=editor, edition=edition, element_id=uid("g2"), step="up")
    structure.move_element(actor=editor, edition=edition, element_id=uid("m2"), step="up")

    assert structure.renumber(actor=editor, edition=edition, knowingly=True) == 4

    labels = [found.label for found in edition.versions.order_by("position")]
    assert labels == ["1", "M01", "M02", "2"]


def test_numbers_people_may_have_cited_change_only_knowingly(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    structure.move_element(actor=editor, edition=edition, element_id=uid("m2"), step="up")

    with pytest.raises(CannotChange, match="zitiert"):
        structure.renumber(actor=editor, edition=edition)

    assert version(edition, "m2").label == "M02"


def test_numbers_nobody_has_read_yet_need_no_word(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    structure.add_element(actor=editor, edition=edition, title="Neu")

    assert structure.renumber(actor=editor, edition=edition) == 1


def test_numbers_nest_and_leave_unlabelled_neighbours_alone() -> None:
    tree = Arrangement([("a", None), ("b", "a"), ("c", "b"), ("d", "a")])

    assert numbered(tree, {"a": "7", "b": "9.9", "c": "", "d": ""}) == {"a": "1", "b": "1.1", "c": "", "d": "1.2"}


def test_split_moves_the_chosen_block_with_its_identity(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    part = succession.split_element(
        actor=editor, edition=edition, element_id=uid("g1"), blocks={B2}, title="Für alle", reason="Zwei Gedanken."
    )

    assert text_of(edition, "g1") == [(B1, "Offene Daten.")]
    assert [block["id"] for block in part.blocks] == [B2]
    assert order(edition) == ["g1", "Für alle", "g2", ".m1", ".m2"]
    assert lineage(edition) == {("split", "g1", "g1"), ("split", "g1", "Für alle")}
    assert blocked(edition) == []


def test_split_without_reason_is_refused(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    with pytest.raises(CannotChange):
        succession.split_element(
            actor=editor, edition=edition, element_id=uid("g1"), blocks={B2}, title="Teil", reason=" "
        )

    assert order(edition) == ["g1", "g2", ".m1", ".m2"]


@pytest.mark.parametrize("blocks", [set(), {B1, B2}])
def test_split_must_leave_text_on_both_sides(framework: Framework, editor: User, blocks: set[str]) -> None:
    edition = draft(framework, editor)

    with pytest.raises(CannotChange):
        succession.split_element(
            actor=editor, edition=edition, element_id=uid("g1"), blocks=blocks, title="Teil", reason="Grund"
        )


def test_join_takes_in_text_and_what_stands_below(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    succession.join_elements(
        actor=editor, edition=edition, element_id=uid("g1"), others=[uid("g2")], reason="Gehört zusammen."
    )

    assert order(edition) == ["g1", ".m1", ".m2"]
    assert [block for block, _text in text_of(edition, "g1")] == [B1, B2, identity("g2-b1")]
    assert lineage(edition) == {("joined", "g1", "g1"), ("joined", "g2", "g1")}
    assert blocked(edition) == []


def test_elements_cannot_become_each_other(framework: Framework, editor: User) -> None:
    """A part of each taken into the other: whoever follows one could not be led to where it is now."""
    edition = draft(framework, editor)
    first, second = uid("g1"), uid("g2")
    found = version(edition, "g2")
    found.blocks = [*found.blocks, {"id": identity("b9"), "kind": "paragraph", "text": "Und mehr."}]
    found.save()
    parts = [
        succession.split_element(
            actor=editor, edition=edition, element_id=uid(name), blocks=[version(edition, name).blocks[0]["id"]],
            title="Teil", reason="Zu groß.",
        ).element_id
        for name in ("g1", "g2")
    ]  # fmt: skip
    succession.join_elements(
        actor=editor, edition=edition, element_id=first, others=[parts[1]], reason="Passt hierher."
    )

    with pytest.raises(CannotChange, match="im Kreis"):
        succession.join_elements(actor=editor, edition=edition, element_id=second, others=[parts[0]], reason="Dorthin.")

    assert blocked(edition) == []


def test_join_of_what_was_split_is_plain_continuation(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    part = succession.split_element(
        actor=editor, edition=edition, element_id=uid("g1"), blocks={B2}, title="Teil", reason="Grund"
    )

    succession.join_elements(actor=editor, edition=edition, element_id=uid("g1"), others=[part.element_id], reason="")

    assert text_of(edition, "g1") == [(B1, "Offene Daten."), (B2, "Für alle.")]
    assert lineage(edition) == set()


def test_element_does_not_take_in_its_own_parent(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    with pytest.raises(CannotChange):
        succession.join_elements(
            actor=editor, edition=edition, element_id=uid("m1"), others=[uid("g2")], reason="Grund"
        )


def test_withdrawn_element_leaves_a_reason_and_what_stood_below_moves_up(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    succession.withdraw_element(actor=editor, edition=edition, element_id=uid("g2"), reason="Erledigt.")

    assert order(edition) == ["g1", "m1", "m2"]
    assert lineage(edition) == {("withdrawn", "g2", "–")}
    assert blocked(edition) == []


def test_element_only_the_draft_knows_is_taken_out_without_reason(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    new = structure.add_element(actor=editor, edition=edition, title="Neu")

    succession.withdraw_element(actor=editor, edition=edition, element_id=new.element_id, reason="")

    assert "Neu" not in order(edition)
    assert lineage(edition) == set()


def test_withdrawing_the_rest_of_a_split_keeps_the_way_onward(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)
    succession.split_element(
        actor=editor, edition=edition, element_id=uid("g1"), blocks={B2}, title="Teil", reason="Geteilt."
    )

    succession.withdraw_element(actor=editor, edition=edition, element_id=uid("g1"), reason="Der Rest entfällt.")

    assert lineage(edition) == {("split", "g1", "Teil")}
    assert edition.lineage.get().reason == "Geteilt.\nDer Rest entfällt."
    assert blocked(edition) == []


def test_replaced_element_ends_and_a_new_one_stands_in_its_place(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    new = succession.replace_element(
        actor=editor, edition=edition, element_id=uid("g2"), title="Besser", reason="Überholt.", relation="intersects"
    )

    assert order(edition) == ["g1", "Besser", ".m1", ".m2"]
    assert new.element_id != uid("g2")
    assert lineage(edition) == {("replaced", "g2", "Besser")}
    assert blocked(edition) == []


@pytest.mark.parametrize("end", ["withdraw", "join", "replace"])
def test_brought_back_element_is_as_if_nothing_had_happened(framework: Framework, editor: User, end: str) -> None:
    edition = draft(framework, editor)
    acts = {
        "withdraw": lambda: succession.withdraw_element(
            actor=editor, edition=edition, element_id=uid("m2"), reason="Weg."
        ),
        "join": lambda: succession.join_elements(
            actor=editor, edition=edition, element_id=uid("m1"), others=[uid("m2")], reason="Eins."
        ),
        "replace": lambda: succession.replace_element(
            actor=editor, edition=edition, element_id=uid("m2"), title="Neu", reason="Neu.", keep_text=False
        ),
    }
    acts[end]()
    assert "m2" not in [title.strip(".") for title in order(edition)]

    succession.reinstate_element(actor=editor, edition=edition, element_id=uid("m2"))

    assert version(edition, "m2").parent_id == uid("g2")
    assert lineage(edition) == set()


def test_element_withdrawn_editions_ago_comes_back_under_its_identity(framework: Framework, editor: User) -> None:
    second = draft(framework, editor)
    succession.withdraw_element(actor=editor, edition=second, element_id=uid("m2"), reason="Weg.")
    publish(actor=editor, edition=second, day=DAY)
    third = begin_draft(actor=editor, framework=framework)

    succession.reinstate_element(actor=editor, edition=third, element_id=uid("m2"), reason="Wird gebraucht.")

    assert version(third, "m2").blocks[0]["id"] == identity("m2-b1")
    assert [(row.kind, row.source_id, row.target_id) for row in third.lineage.all()] == [
        ("reinstated", None, uid("m2"))
    ]


def test_element_that_stands_in_the_draft_is_not_brought_back_twice(framework: Framework, editor: User) -> None:
    edition = draft(framework, editor)

    with pytest.raises(CannotChange):
        succession.reinstate_element(actor=editor, edition=edition, element_id=uid("m2"))
