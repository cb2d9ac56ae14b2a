"""From the letter or resolution to the register: prepare, hand in, ask back, confirm, withdraw, release."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.queries import organisations
from andock.strategy.admission import obstacles
from andock.strategy.field_lock import Conflict, Submitted, fingerprint
from andock.strategy.services.docking import CannotDock, dock

from .. import mail, rules
from ..choices import OPEN, DeclarationState
from ..models import Declaration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.files.uploadedfile import UploadedFile

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.models import Framework


@dataclass(frozen=True, slots=True)
class Prepared:
    """The declaration; or, with conflicts, what was typed beside what somebody else has saved, and nothing is written."""

    declaration: Declaration
    conflicts: Mapping[str, Conflict]


def fields_of(declaration: Declaration | None) -> dict[str, Any]:
    """What a declaration says, field by field, as it is locked; all empty before there is one."""
    if declaration is None:
        return dict.fromkeys(("basis", "day", "number", "evidence"), "") | {"is_released": False}
    return {
        "basis": declaration.basis, "day": declaration.day.isoformat(), "number": declaration.number,
        "is_released": declaration.is_released, "evidence": declaration.evidence.name,
    }  # fmt: skip


def mark_of(declaration: Declaration) -> str:
    """By which it is noticed that somebody has changed it since it was looked at."""
    return fingerprint(fields_of(declaration))


@transaction.atomic
def prepare(
    *, actor: User, organisation: Organisation, framework: Framework, fields: Mapping[str, Submitted]
) -> Prepared:
    """Begin the open declaration of an organisation, or change it; a field ``evidence`` without a file keeps the present one.

    Where somebody else has changed it meanwhile nothing is written. Raises ``Denied``, or ``CannotDock`` where the
    register says no.
    """
    rules.may_prepare(actor, organisation).demand()
    present = _open(organisation, framework)
    declaration = present or Declaration(organisation=organisation, framework=framework)
    rules.may_change(actor, declaration).demand()
    if conflicts := _disputed(present, fields):
        return Prepared(declaration, conflicts)
    values = {name: field.value for name, field in fields.items()}
    day = date.fromisoformat(values["day"])
    _check(organisation, framework, values["basis"], day)
    if not values["evidence"] and not declaration.evidence:
        raise CannotDock(_("Please add the signed letter or the resolution as PDF."))
    before = _content(declaration) if declaration.pk else None
    declaration.basis, declaration.day, declaration.number = values["basis"], day, values["number"]
    declaration.is_released = values["is_released"]
    if values["evidence"]:
        _replace(declaration, values["evidence"])
    declaration.save()
    _leave_trace(actor, "prepared", declaration, before=before, after=_content(declaration))
    return Prepared(declaration, {})


def _disputed(present: Declaration | None, fields: Mapping[str, Submitted]) -> dict[str, Conflict]:
    """What differs from a declaration that somebody else has written meanwhile.

    It is one statement: it is never put together of what two people typed, such as one's basis and the other's day.
    """
    saved = fields_of(present)
    if all(field.base == fingerprint(saved[name]) for name, field in fields.items()):
        return {}
    return {
        name: Conflict(field.value, saved[name])
        for name, field in fields.items()
        if (_is_other_file(present, field) if name == "evidence" else fingerprint(field.value) != fingerprint(saved[name]))
    }  # fmt: skip


def _is_other_file(present: Declaration | None, field: Submitted) -> bool:
    """Whether another file is sent than the one that is there; without a file, whether another was there."""
    if field.value is None or present is None:
        return field.value is not None or field.base != fingerprint(fields_of(present)["evidence"])
    with present.evidence.open("rb") as file:
        saved = hashlib.file_digest(file, "sha256").digest()
    return saved != hashlib.sha256(b"".join(field.value.chunks())).digest()


@transaction.atomic
def hand_in(*, actor: User, declaration: Declaration, seen: str | None = None) -> None:
    """Give it to the agency. Raises ``Denied``, or ``CannotDock``, also where it is not what was ``seen`` any more."""
    declaration = _locked(declaration)
    rules.may_hand_in(actor, declaration).demand()
    if seen is not None and seen != mark_of(declaration):
        raise CannotDock(_("Somebody has changed the declaration meanwhile. Look at it as it is now, then hand it in."))
    _check(declaration.organisation, declaration.framework, declaration.basis, declaration.day)
    declaration.state, declaration.handed_in_at = DeclarationState.HANDED_IN, timezone.now()
    declaration.save()
    _leave_trace(actor, "handed_in", declaration, after=_content(declaration))
    mail.handed_in(declaration)


@transaction.atomic
def ask_back(*, actor: User, declaration: Declaration, question: str) -> None:
    """Give it back with a question; the organisation changes it and hands it in again. Raises ``Denied``."""
    declaration = _locked(declaration)
    rules.may_decide(actor, declaration).demand()
    declaration.state, declaration.question = DeclarationState.ASKED_BACK, question
    declaration.save()
    _leave_trace(actor, "asked_back", declaration, reason=question)
    mail.asked_back(declaration)


@public_transaction()
def confirm(*, actor: User, declaration: Declaration) -> None:
    """Write it into the register: from its day on the organisation takes part on this basis.

    Raises ``Denied`` or ``CannotDock``.
    """
    declaration = _locked(declaration)
    rules.may_decide(actor, declaration).demand()
    declaration.period = dock(
        actor=actor, organisation=declaration.organisation, framework=declaration.framework, basis=declaration.basis,
        day=declaration.day, source=source_of(declaration),
    )  # fmt: skip
    declaration.state = DeclarationState.CONFIRMED
    declaration.save()
    _leave_trace(actor, "confirmed", declaration, after=_content(declaration))
    mail.confirmed(declaration)
    bump("register")


@transaction.atomic
def withdraw(*, actor: User, declaration: Declaration) -> None:
    """Take it back before it is confirmed; the evidence is deleted. Raises ``Denied``."""
    declaration = _locked(declaration)
    rules.may_withdraw(actor, declaration).demand()
    was_handed_in = declaration.state == DeclarationState.HANDED_IN
    _forget(declaration)
    declaration.state, declaration.evidence = DeclarationState.WITHDRAWN, ""
    declaration.save()
    _leave_trace(actor, "withdrawn", declaration)
    if was_handed_in:
        mail.withdrawn(declaration)


@public_transaction()
def release_evidence(*, actor: User, declaration: Declaration, is_released: bool) -> None:
    """Let everybody read the evidence beside the entry in the register, or no longer. Raises ``Denied``."""
    declaration = _locked(declaration)
    rules.may_release_evidence(actor, declaration).demand()
    if declaration.is_released == is_released:
        return
    Declaration.objects.filter(pk=declaration.pk).update(is_released=is_released)
    _leave_trace(actor, "released" if is_released else "closed", declaration)
    bump("register")


def source_of(declaration: Declaration) -> str:
    """How the register names the evidence, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {"what": declaration.get_basis_display(), "day": date_format(declaration.day, "DATE_FORMAT")}
        text = _("%(what)s of %(day)s") % words
        return text + (_(", no. %s") % declaration.number if declaration.number else "")


def _open(organisation: Organisation, framework: Framework) -> Declaration | None:
    """The open declaration, locked. Who begins the first one waits for whoever begins it too: there is no row to lock yet."""
    organisations().select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    found = Declaration.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.filter(organisation=organisation.pk, framework=framework, state__in=OPEN).first()


def _locked(declaration: Declaration) -> Declaration:
    found = Declaration.objects.select_for_update(of=("self",))
    return found.select_related("organisation", "framework__owner").get(pk=declaration.pk)


def _check(organisation: Organisation, framework: Framework, basis: str, day: date) -> None:
    if found := obstacles(organisation, framework, basis, day):
        raise CannotDock(" ".join(sentence for _place, sentence in found))


def _replace(declaration: Declaration, evidence: UploadedFile) -> None:
    _forget(declaration)
    declaration.evidence = evidence


def _forget(declaration: Declaration) -> None:
    """Delete the present file once the transaction holds."""
    if name := declaration.evidence.name:
        storage = declaration.evidence.storage
        transaction.on_commit(lambda: storage.delete(name))


def _content(declaration: Declaration) -> dict[str, object]:
    """What the hash in the trail stands for, the file by its own hash."""
    with declaration.evidence.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "basis": declaration.basis, "day": declaration.day.isoformat(), "number": declaration.number, "evidence": digest,
    }  # fmt: skip


def _leave_trace(
    actor: User, act: str, declaration: Declaration, *, before: object = None, after: object = None, reason: str = ""
) -> None:
    record(
        actor=actor, action=f"register.{act}", thing=declaration, organisation=declaration.organisation,
        before=before, after=after, reason=reason, data={"basis": declaration.basis, "day": declaration.day.isoformat()},
    )  # fmt: skip
