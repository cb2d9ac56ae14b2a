"""The worked example of the specification, step by step: Olpe adapts goal 2.3, and the region publishes edition 2.

Edition 2 gives g7 another number, rewrites b1 and b2 and splits off g7b. Measures are plain references here.
"""

from dataclasses import replace

import pytest

from andock.docking.apply import Unanswered, apply
from andock.docking.fields import drift, with_override
from andock.docking.items import ADOPT, CONFLICT, KEEP, REVIEW, SPLIT, TAKE, Item, Resolution, Run
from andock.docking.local import ADAPTED, ADOPTED, Addition, Decision, Override, Strategy, begin, decided
from andock.docking.reconcile import reconcile
from andock.docking.resolve import LOCAL, REGIONAL, Origin, resolve
from andock.docking.values import Lineage, Parameter
from tests.docking.scenes import block, edition, element

YEAR = Parameter("target_year", "Zieljahr", "year")
OUR_YEAR = replace(YEAR, value="2027")
OPEN_DATA = element(
    "g7", block("b1", "Daten sind offen."), block("b2", "Wir teilen sie."), label="2.3", title="Open data",
    parameters=(YEAR,),
)  # fmt: skip
FIRST = edition(OPEN_DATA)
REWRITTEN = replace(
    OPEN_DATA,
    label="3.1",
    blocks=(block("b1", "Verwaltungsdaten sind frei zugänglich."), block("b2", "Wir teilen sie in der Region.")),
)
GOVERNANCE = element("g7b", block("b3", "Wer welche Daten erhebt, ist geregelt."), label="3.2", title="Data governance")
REASON = "Datenhoheit ist ein eigenes Ziel."
ROWS = (Lineage("split", "g7", "g7", reason=REASON), Lineage("split", "g7", "g7b", reason=REASON))
SECOND = edition(REWRITTEN, GOVERNANCE, ordinal=2, lineage=ROWS)
ATTACHED = {"g7": ("Maßnahme 1", "Maßnahme 2")}


def olpe() -> Strategy:
    """Edition 1 as Olpe has it: a year of its own, b1 replaced, a sentence after b2."""
    begun = begin(FIRST.ordinal, FIRST.elements)
    adopted = decided(begun.decisions[0], ADOPTED)
    adopted = with_override(adopted, Override("parameter:target_year", OUR_YEAR))
    adopted = with_override(adopted, Override("block:b1", block("b1", "Olpes Daten stehen im Kreisportal.")))
    ours = Addition(block("ours", "Olpe bringt die Stadtführung ein."), after="b2")
    return replace(begun, decisions=(replace(adopted, additions=(ours,)),))


def run() -> Run:
    return reconcile(olpe(), SECOND, {2: ROWS}, ATTACHED)


def items() -> dict[str, Item]:
    return {item.key: item for item in run().items}


ANSWERS = {
    answer.item: answer
    for answer in (Resolution("g7/block:b1", KEEP), Resolution("g7/block:b2", TAKE), Resolution("g7b", ADOPT))
}


def reconciled() -> Strategy:
    return apply(run(), ANSWERS)


def goal(strategy: Strategy) -> Decision:
    return strategy.decisions[0]


def test_olpe_adapts_the_goal_and_its_text_is_mixed() -> None:
    (passage,) = resolve(olpe()).passages

    assert passage.state == ADAPTED
    assert [part.text for part in passage.element.blocks] == [
        "Olpes Daten stehen im Kreisportal.", "Wir teilen sie.", "Olpe bringt die Stadtführung ein.",
    ]  # fmt: skip
    assert passage.element.parameters == (OUR_YEAR,)
    assert passage.origins["block:b2"] == Origin(REGIONAL, 1)
    assert passage.origins["block:ours"] == Origin(LOCAL)


def test_a_number_or_an_untouched_slot_is_no_item() -> None:
    assert set(items()) == {"g7/block:b1", "g7/block:b2", "g7b"}


def test_a_block_both_have_rewritten_is_a_conflict_without_a_default() -> None:
    item = items()["g7/block:b1"]

    assert (item.kind, item.proposal) == (CONFLICT, None)
    assert [part.text for part in (item.base, item.upstream, item.local)] == [
        "Daten sind offen.", "Verwaltungsdaten sind frei zugänglich.", "Olpes Daten stehen im Kreisportal.",
    ]  # fmt: skip
    assert item.reasons == (REASON,)


def test_an_addition_beside_new_wording_is_to_be_read_again() -> None:
    item = items()["g7/block:b2"]

    assert item.kind == REVIEW
    assert item.additions == goal(olpe()).additions
    assert item.upstream == block("b2", "Wir teilen sie in der Region.")


def test_what_was_split_off_is_proposed_as_the_whole_was_decided_and_what_hangs_on_it_is_to_be_checked() -> None:
    item = items()["g7b"]

    assert (item.kind, item.sources, item.attached) == (SPLIT, ("g7",), ATTACHED["g7"])
    assert item.proposal == Resolution("g7b", ADOPT)


def test_nothing_is_applied_while_a_question_is_open() -> None:
    with pytest.raises(Unanswered) as refused:
        apply(run(), {"g7b": ANSWERS["g7b"]})

    assert refused.value.items == ("g7/block:b1", "g7/block:b2")


def test_the_answers_make_the_new_strategy() -> None:
    ours, governance = resolve(reconciled()).passages

    assert reconciled().edition == 2
    assert ours.element.label == "3.1"
    assert [part.text for part in ours.element.blocks] == [
        "Olpes Daten stehen im Kreisportal.", "Wir teilen sie in der Region.", "Olpe bringt die Stadtführung ein.",
    ]  # fmt: skip
    assert governance.state == ADOPTED


def test_olpe_is_current_with_one_field_of_drift() -> None:
    assert reconcile(reconciled(), SECOND, {2: ROWS}).items == ()
    assert drift(goal(reconciled())) == (1, 7)


def test_keeping_a_block_is_asked_again_only_when_the_region_changes_it_again() -> None:
    untouched = edition(REWRITTEN, GOVERNANCE, ordinal=3)
    again = replace(REWRITTEN, blocks=(block("b1", "Ganz anders."), REWRITTEN.blocks[1]))

    assert reconcile(reconciled(), untouched, {2: ROWS, 3: ()}).items == ()
    changed = reconcile(reconciled(), edition(again, GOVERNANCE, ordinal=3), {2: ROWS, 3: ()}).items
    assert [(item.key, item.kind) for item in changed] == [("g7/block:b1", CONFLICT)]
