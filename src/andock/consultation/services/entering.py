"""What came by letter is typed where it belongs in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.audit.services import record
from andock.kernel.pagecache.versions import public_transaction
from andock.participation.services import contributing

from .. import rules
from .anchoring import belonging

if TYPE_CHECKING:
    from datetime import datetime

    from andock.accounts.models import User
    from andock.participation.models import Contribution

    from ..models import Subject
    from ..text import Paragraph, Passage


@public_transaction()
def enter_paper(
    *, actor: User, subject: Subject, passage: Passage, paragraph: Paragraph, kind: str, text: str, now: datetime
) -> Contribution:
    """Staff type a comment or another wording that came on paper. Raises ``Denied``."""
    rules.may_enter_paper(actor, subject, now).demand()
    process = subject.phase.process
    made = contributing.enter_paper(
        actor=actor, phase=subject.phase, kind=kind, text=text, now=now, **belonging(subject, passage, paragraph)
    )
    record(
        actor=actor, action="consultation.paper_entered", thing=made, organisation=process.organisation,
        data={"process": process.slug, "kind": kind},
    )  # fmt: skip
    return made
