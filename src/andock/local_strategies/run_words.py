"""What a take-over says: what happened to a passage, how it can be answered, and what follows from each answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from andock.docking import items as kinds
from andock.docking.fields import BLOCK, PARENT, WITHOUT_TECHNOLOGY

if TYPE_CHECKING:
    from andock.docking.items import Item

FIXED = (PARENT, WITHOUT_TECHNOLOGY)
"""Fields that have no third wording: the region's or one's own."""

ICONS = {
    kinds.CONFLICT: "conflict",
    kinds.REVIEW: "review",
    kinds.SPLIT: "split",
    kinds.JOINED: "joined",
    kinds.REPLACED: "changed",
    kinds.WITHDRAWN_IN_USE: "withdraw",
    kinds.WITHDRAWN_CLEAN: "withdraw",
    kinds.NEW: "plus",
    kinds.PROMOTED: "local",
    kinds.REINSTATED: "back",
    kinds.DECLINED_CHANGED: "declined",
    kinds.UPSTREAM_ONLY: "down",
    kinds.MERGED: "joined",
    kinds.SET_MERGE: "joined",
    kinds.CONVERGED: "region",
}

HAPPENED: dict[str, Promise] = {
    kinds.CONFLICT: _(
        "The region and %(town)s have both changed this passage. Only you can decide what holds; nothing is chosen "
        "beforehand."
    ),
    kinds.REVIEW: _("The region has changed the text beside which your addition stands. Does your addition still fit?"),
    kinds.SPLIT: _("The region has divided an element; this is one of the parts."),
    kinds.JOINED: _("The region has put several elements together; this is what became of them."),
    kinds.REPLACED: _("The region has replaced an element; this one takes its place."),
    kinds.WITHDRAWN_IN_USE: _(
        "The region no longer has this element, but you use it: it is adapted, or things hang on it."
    ),
    kinds.WITHDRAWN_CLEAN: _("The region no longer has this element. You had adopted it as it was."),
    kinds.NEW: _("This element is waiting for your decision."),
    kinds.PROMOTED: _("The region has taken up an element of your own. From now on it may be regional."),
    kinds.REINSTATED: _("The region has brought this element back. Your decision of then is proposed."),
    kinds.DECLINED_CHANGED: _(
        "You have declined this element, and the region has changed it. Does your reason still hold?"
    ),
    kinds.UPSTREAM_ONLY: _("Only the region has changed this; you had left it as it was."),
    kinds.MERGED: _("Only the region has changed this passage; what you have changed stands in others."),
    kinds.SET_MERGE: _("The region and %(town)s have both changed the topics. The proposal holds both."),
    kinds.CONVERGED: _("The region now says what you said. Your own wording is no longer needed; the text stays."),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: ``label`` says what, ``effect`` what follows from it."""

    answer: str
    label: Promise | str
    effect: Promise | str


Words = tuple[Promise, Promise]
_ASKED_AGAIN = _("You are asked again only when the region changes it once more.")
_BECOMES_ADAPTED = _(
    "The wording of until now becomes your own, so the element counts as adapted. You are asked again only when the "
    "region changes it once more."
)
_DEFER: Words = (_("Put it off"), _("Until that day everything stays as it is now. Then the question comes back."))
_ADOPT: Words = (_("Adopt it"), _("The element becomes part of your strategy as the region words it."))
_DECLINE: Words = (_("Decline it"), _("It does not become part of your strategy. The council paper gives your reason."))
_LEAVE: Words = (
    _("Decide later"),
    _("It is listed as undecided in the draft. Core elements have to be decided before you submit."),
)

GENERAL: dict[str, Words] = {
    kinds.TAKE: (_("Take the region's wording"), _("The passage then reads as in the region.")),
    kinds.KEEP: (_("Keep the wording of until now"), _BECOMES_ADAPTED),
    kinds.EDITED: (_("Write a wording of your own"), _("The element then counts as adapted.")),
    kinds.DEFER: _DEFER,
    kinds.ADOPT: _ADOPT,
    kinds.DECLINE: _DECLINE,
    kinds.LEAVE: _LEAVE,
    kinds.TO_LOCAL: (
        _("Keep it as an element of your own"),
        _("The text stays in your strategy with its local wording. The region no longer stands behind it."),
    ),
    kinds.END: (_("Let it end"), _("The element ends with the new version. Earlier versions keep it.")),
}
SPECIAL: dict[tuple[str, str], Words] = {
    (kinds.CONFLICT, kinds.TAKE): (_("Take the region's wording"), _("Your own wording of this passage goes.")),
    (kinds.CONFLICT, kinds.KEEP): (
        _("Keep your own wording"),
        _(
            "The element goes on counting as adapted. You are asked again only when the region changes the passage once more."
        ),
    ),
    (kinds.CONVERGED, kinds.TAKE): (_("Agreed"), _("Nothing changes in the text; it counts as the region's again.")),
    (kinds.SET_MERGE, kinds.TAKE): (_("Take the region's topics"), _("Topics only you have chosen go.")),
    (kinds.SET_MERGE, kinds.KEEP): (_("Keep your own topics"), _ASKED_AGAIN),
    (kinds.SET_MERGE, kinds.EDITED): (
        _("Both together"),
        _(
            "Your topics, with those the region has added and without those it has removed. You can still change the choice."
        ),
    ),
    (kinds.REVIEW, kinds.TAKE): (
        _("Take the new wording and keep your addition"),
        _("Your addition stands beside the new wording, word for word."),
    ),
    (kinds.REVIEW, kinds.EDITED): (
        _("Take the new wording and reword your addition"),
        _("Your addition stands beside the new wording as you write it here."),
    ),
    (kinds.REVIEW, kinds.DROP): (_("Take the new wording, without your addition"), _("Your addition goes.")),
    (kinds.REVIEW, kinds.KEEP): (_("Stay with the old wording and your addition"), _BECOMES_ADAPTED),
    (kinds.NEW, kinds.DEFER): (
        _("Put it off"),
        _("Until that day it is listed as put off. Then the question comes back."),
    ),
    (kinds.PROMOTED, kinds.ADOPT): (
        _("Follow the region's element"),
        _("Your own element goes over into the regional one. Where the wordings differ, you are asked next."),
    ),
    (kinds.PROMOTED, kinds.DECLINE): (
        _("Stay with your own"),
        _("Your own element stays as it is. The council paper gives your reason."),
    ),
    (kinds.PROMOTED, kinds.LEAVE): (_("Decide later"), _("Your own element stays as it is for the time being.")),
    (kinds.REINSTATED, kinds.ADOPT): (
        _("Adopt it again"),
        _(
            "The element becomes part of your strategy again. Where your wording of then meets new text, you are asked next."
        ),
    ),
    (kinds.DECLINED_CHANGED, kinds.KEEP): (
        _("It stays declined"),
        _("Your reason goes on holding. You are asked again only when the region changes the element once more."),
    ),
    (kinds.DECLINED_CHANGED, kinds.ADOPT): (_("Adopt it now"), _("The element becomes part of your strategy.")),
    (kinds.SPLIT, kinds.ADOPT): (
        _("Adopt this part"),
        _("It becomes part of your strategy. What you changed in paragraphs that stand here now comes along."),
    ),
    (kinds.JOINED, kinds.ADOPT): (
        _("Adopt the joined element"),
        _("It takes the place of those that end. What you changed in paragraphs that stand here now comes along."),
    ),
    (kinds.REPLACED, kinds.ADOPT): (
        _("Follow the region"),
        _(
            "The new element takes the place of the old one. What you changed in paragraphs that stand here now comes along."
        ),
    ),
    (kinds.SPLIT, kinds.TO_LOCAL): (
        _("Keep the former element as your own"),
        _(
            "What ends stays in your strategy with its local wording. This part is declined; the council paper says why."
        ),
    ),
    (kinds.JOINED, kinds.TO_LOCAL): (
        _("Keep the former elements as your own"),
        _(
            "What ends stays in your strategy with its local wording. The joined element is declined; the council paper says why."
        ),
    ),
    (kinds.REPLACED, kinds.TO_LOCAL): (
        _("Keep the former element as your own"),
        _(
            "What ends stays in your strategy with its local wording. The new element is declined; the council paper says why."
        ),
    ),
    (kinds.WITHDRAWN_IN_USE, kinds.END): (
        _("Let it end"),
        _("Your local wording goes with it; earlier versions keep it. Please check what hangs on it."),
    ),
}
MERGED_OFFER: Words = (
    _("Both together: check the proposal and take it"),
    _("The changes touch different words and fit together. You can still change the text."),
)
ENDS_WITHOUT: Promise = _(
    "It does not become part of your strategy, and what ends here ends. The council paper gives your reason."
)
GONE_KEEP: Words = (
    _("Keep it as a paragraph of your own"),
    _("The region has dropped it; it stays in your strategy as your addition."),
)
GONE_TAKE: Words = (_("Drop it too"), _("The paragraph goes from your strategy, as it has from the region's."))
HIDDEN_KEEP: Words = (
    _("Leave it out"),
    _(
        "The new paragraph does not stand in your strategy, so the element counts as adapted. "
        "You are asked again only when the region changes it once more."
    ),
)
NEW_TAKE: Words = (_("Take the new paragraph"), _("It stands in your strategy as in the region's."))


TAKEN = {
    True: _("Your own wording of this passage goes. Elsewhere the element stays adapted."),
    False: _("Your own wording of this passage goes. The element then counts as adopted."),
}


def options(item: Item, *, is_adapted_elsewhere: bool = False) -> list[Option]:
    """The answers an item takes, in the order they are shown: a clean merge first, putting off last."""
    answers = [answer for answer in item.answers if not (answer == kinds.EDITED and item.field in FIXED)]
    answers.sort(key=lambda answer: (item.offer is None or answer != kinds.EDITED, answer == kinds.DEFER))
    found = [Option(answer, *words(item, answer)) for answer in answers]
    if item.kind != kinds.CONFLICT:
        return found
    return [replace(one, effect=TAKEN[is_adapted_elsewhere]) if one.answer == kinds.TAKE else one for one in found]


def words(item: Item, answer: str) -> Words:
    """Label and consequence of an answer to an item."""
    if answer == kinds.EDITED and item.kind == kinds.CONFLICT and item.offer is not None:
        return MERGED_OFFER
    if item.field.startswith(BLOCK) and (found := _of_paragraph(item, answer)):
        return found
    if answer == kinds.DECLINE and item.ending:
        return _DECLINE[0], ENDS_WITHOUT
    return SPECIAL.get((item.kind, answer)) or GENERAL[answer]


def _of_paragraph(item: Item, answer: str) -> Words | None:
    """A paragraph that is new to the region, or gone from it."""
    if item.upstream is None and item.kind != kinds.CONVERGED:
        return {kinds.TAKE: GONE_TAKE, kinds.KEEP: GONE_KEEP}.get(answer)
    if item.base is None and item.local is None:
        return {kinds.TAKE: NEW_TAKE, kinds.KEEP: HIDDEN_KEEP}.get(answer)
    return None


NO_PARAGRAPH = {
    "base": _("This paragraph did not exist before."),
    "upstream": _("The region has dropped this paragraph."),
    "local": pgettext_lazy("paragraph", "Left out here."),
}
