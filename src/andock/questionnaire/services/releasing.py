"""Staff say which answers in own words everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.audit.services import record
from andock.kernel.pagecache.versions import public_transaction

from .. import queries, rules
from ..answers import words_of
from ..choices import IN_WORDS
from ..models import Submission
from .answering import told

if TYPE_CHECKING:
    from collections.abc import Collection

    from andock.accounts.models import User

    from ..models import Question, Questionnaire


@public_transaction()
def release(
    *, actor: User, questionnaire: Questionnaire, shown: Collection[int], chosen: Collection[tuple[int, str]]
) -> int:
    """Of the submissions ``shown``, release the answers ``chosen`` (submission, question) and no others.

    Returns how many changed. Raises ``Denied``.
    """
    rules.may_release_words(actor, questionnaire.phase).demand()
    questions = [one for one in queries.questions_of(questionnaire) if one.kind in IN_WORDS]
    rows = queries.counted(questionnaire).filter(pk__in=list(shown)).select_for_update(of=("self",), no_key=True)
    changed = [row for row in rows if _set(row, questions, chosen)]
    Submission.objects.bulk_update(changed, ["released"])
    if changed:
        process = questionnaire.phase.process
        record(
            actor=actor, action="questionnaire.released", thing=questionnaire, organisation=process.organisation,
            data={"process": process.slug, "changed": len(changed)},
        )  # fmt: skip
        told(questionnaire)
    return len(changed)


def _set(row: Submission, questions: list[Question], chosen: Collection[tuple[int, str]]) -> bool:
    wanted = [
        question.field for question in questions
        if (row.pk, question.field) in chosen and words_of(question, row.answers.get(question.field))
    ]  # fmt: skip
    before, row.released = row.released, wanted
    return before != wanted
