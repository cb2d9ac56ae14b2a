"""Only whoever has proved to live here counts: codes from letters, what accounts say, and what is kept of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from andock.accounts.models import Home
from andock.accounts.services.homes import note_homes
from andock.audit.models import Entry
from andock.ideas import queries as ideas
from andock.ideas.services import supporting
from andock.kernel.permissions import Denied
from andock.organisations.models import District, Organisation
from andock.participation import queries
from andock.participation.choices import PhaseKind
from andock.participation.codes import ALPHABET, fresh_codes, read_code, shown
from andock.participation.digests import of_code
from andock.participation.models import (
    CodeBatch,
    Contribution,
    Participant,
    Process,
    ResidenceCode,
    ResidenceProof,
    TypedCode,
    WrongCode,
)
from andock.participation.open_data import write_csv, write_json
from andock.participation.own_data import own_data
from andock.participation.rules import may_count, place_of
from andock.participation.services import contributing, forgetting, people, processes, residence
from andock.participation.services.people import Introduction
from andock.questionnaire.models import Question, Questionnaire
from andock.questionnaire.services import answering
from tests.accounts.cast import Cast
from tests.factories.accounts import organisation
from tests.factories.participation import NOW, participant, phase, process
from tests.ideas.scenes import idea

from .test_contributing import send

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def asking(where: Organisation, *kinds: str, **values) -> Process:
    return process(where, *kinds, needs_residence=True, **values)


def codes_for(cast: Cast, made: Process, number: int = 1, *, note: str = "") -> list[str]:
    """New codes as they are printed."""
    printed: list[str] = []

    def print_all(codes) -> bytes:
        printed.extend(codes)
        return b""

    residence.make_codes(actor=cast.olpe_editor, process=made, number=number, note=note, now=NOW, print_all=print_all)
    return printed


def stranger(code: str = "", name: str = "ada") -> Introduction:
    return Introduction(email=f"{name}@example.org", pseudonym=name, code=code)


# --- codes ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    ["7KQ2M9XD04TR", "7kq2-m9xd-04tr", " 7KQ2 M9XD 04TR ", "7KQ2–M9XD—O4TR", "7kq2m9xdo4tr", "7KQ2.M9XD_04TR", "７ＫＱ２-M9XD-04TR"],
)  # fmt: skip
def test_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "7KQ2M9XD04TR"


def test_letters_that_look_alike_are_read_alike() -> None:
    assert read_code("IlL1-oO0A-BCDE") == "1111000ABCDE"


@pytest.mark.parametrize("typed", ["7KQ2-M9XD-04T", "7KQ2-M9XD-04TRX", "7KQ2-M9XD-04TU", "7KQ2-M9XD-04T!", "", "<b>"])
def test_what_cannot_be_a_code_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="zwölf Buchstaben und Ziffern"):
        read_code(typed)


def test_codes_are_sixty_bits_each_once_and_shown_in_groups_of_four() -> None:
    codes = fresh_codes(500)

    assert len(set(codes)) == 500
    assert len(ALPHABET) ** len(codes[0]) == 2**60
    assert [read_code(shown(code)) for code in codes] == codes
    assert shown(codes[0]).count("-") == 2


def test_only_a_keyed_digest_is_kept_and_a_changed_key_reads_old_letters(cast: Cast, settings) -> None:
    made = asking(cast.olpe)
    [code] = codes_for(cast, made)
    kept = ResidenceCode.objects.get()
    assert code not in str(vars(kept))
    assert kept.digest != of_code(made.pk + 1, code)[0], "the same code elsewhere is another one"

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, " * 4, [settings.SECRET_KEY]
    assert queries.residence_code(made, code) == kept

    settings.SECRET_KEY_FALLBACKS = []
    assert queries.residence_code(made, code) is None


def test_office_makes_and_revokes_codes_with_a_trace_and_others_do_not(cast: Cast) -> None:
    made = asking(cast.olpe)
    codes_for(cast, made, 3, note="Rhode")
    batch = CodeBatch.objects.get()

    assert (batch.number, batch.note, batch.made_by) == (3, "Rhode", cast.olpe_editor)
    with pytest.raises(Denied):
        residence.make_codes(
            actor=cast.soest_releaser, process=made, number=1, note="", now=NOW, print_all=lambda _codes: b""
        )
    with pytest.raises(Denied):
        residence.revoke_codes(actor=cast.soest_releaser, batch=batch, now=NOW)
    residence.revoke_codes(actor=cast.olpe_releaser, batch=batch, now=NOW)
    with pytest.raises(Denied, match="schon widerrufen"):
        residence.revoke_codes(actor=cast.olpe_releaser, batch=batch, now=NOW)

    trail = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert trail == ["participation.codes_made", "participation.codes_revoked"]
    assert "Rhode" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_process_that_asks_for_no_proof_gets_no_codes(cast: Cast) -> None:
    with pytest.raises(Denied, match="Text und Phasen"):
        codes_for(cast, process(cast.olpe))


def test_what_cannot_be_printed_leaves_no_codes(cast: Cast) -> None:
    def fail(_codes) -> bytes:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        residence.make_codes(
            actor=cast.olpe_editor, process=asking(cast.olpe), number=2, note="", now=NOW, print_all=fail
        )

    assert not CodeBatch.objects.exists()
    assert not ResidenceCode.objects.exists()


# --- sending ----------------------------------------------------------------------------------------------------------
def test_known_person_sends_with_a_code_once_and_then_without(cast: Cast) -> None:
    made, ada = asking(cast.olpe), participant("Ada")
    [code] = codes_for(cast, made)

    with pytest.raises(residence.CodeRefused, match="Nur wer hier wohnt"):
        send(phase(made), Introduction(known=ada))
    assert send(phase(made), Introduction(known=ada, code=code)).is_public
    assert send(phase(made), Introduction(known=ada), text="Noch eins").is_public

    assert ResidenceProof.objects.get().way == "code"
    assert ResidenceCode.objects.get().used_on == TODAY
    assert queries.people_in(made) == 1


def test_code_of_a_stranger_is_taken_only_when_the_mailbox_is_confirmed(cast: Cast) -> None:
    made = asking(cast.olpe)
    [code] = codes_for(cast, made)

    sent = send(phase(made), stranger(code))
    assert ResidenceCode.objects.get().used_on is None
    assert not ResidenceProof.objects.exists()

    assert contributing.confirm(contribution=sent, now=NOW).is_public
    assert ResidenceCode.objects.get().used_on == TODAY
    assert not TypedCode.objects.exists(), "who typed which code is kept no longer than it must be"


def test_second_person_with_the_same_code_is_told_and_can_type_another(cast: Cast) -> None:
    made = asking(cast.olpe)
    code, other = codes_for(cast, made, 2)
    first = send(phase(made), stranger(code))
    second = send(phase(made), stranger(code, "bea"), text="Auch das.")
    contributing.confirm(contribution=first, now=NOW)

    with pytest.raises(residence.CodeRefused, match=r"schon benutzt.*amt@example\.org"):
        contributing.confirm(contribution=second, now=NOW)
    assert queries.people_in(made) == 1
    with pytest.raises(residence.CodeRefused, match="schon benutzt"):
        send(phase(made), stranger(code, "carla"), text="Und das.")

    assert contributing.confirm(contribution=second, now=NOW, code=other).is_public
    assert queries.people_in(made) == 2


def test_two_things_sent_before_confirming_need_one_code(cast: Cast) -> None:
    made = asking(cast.olpe)
    [code] = codes_for(cast, made)
    sent = [send(phase(made), stranger(code), text=text) for text in ("Eins", "Zwei")]

    assert all(contributing.confirm(contribution=one, now=NOW).is_public for one in sent)
    assert ResidenceProof.objects.count() == 1


def test_stranger_who_types_a_proved_address_changes_nothing_and_learns_nothing(cast: Cast) -> None:
    made, ada = asking(cast.olpe), participant("Ada")
    code, other = codes_for(cast, made, 2)
    send(phase(made), Introduction(known=ada, code=code))

    with pytest.raises(residence.CodeRefused, match="Nur wer hier wohnt"):
        send(phase(made), stranger(), text="Unsinn")
    send(phase(made), stranger(other), text="Unsinn")

    assert ResidenceCode.objects.filter(used_on=None).count() == 1
    assert queries.public_contributions(made).count() == 1


@pytest.mark.parametrize("kind", ["unknown", "of another process", "revoked"])
def test_code_that_is_not_good_is_refused_and_nothing_is_kept(cast: Cast, kind: str) -> None:
    made = asking(cast.olpe)
    if kind == "unknown":
        code = fresh_codes(1)[0]
    elif kind == "of another process":
        [code] = codes_for(cast, asking(cast.olpe))
    else:
        [code] = codes_for(cast, made)
        residence.revoke_codes(actor=cast.olpe_editor, batch=made.code_batches.get(), now=NOW)

    for person in (stranger(code), Introduction(known=participant("Bea"), code=code)):
        with pytest.raises(residence.CodeRefused) as refused:
            send(phase(made), person)
        assert refused.value.is_wrong == (kind != "revoked")

    assert not Contribution.objects.exists()
    assert Participant.objects.count() == 1


def test_revoked_meanwhile_is_refused_at_confirmation_and_what_was_used_stays(cast: Cast) -> None:
    made = asking(cast.olpe)
    used, typed = codes_for(cast, made, 2)
    first = send(phase(made), Introduction(known=participant("Bea"), code=used))
    sent = send(phase(made), stranger(typed))
    residence.revoke_codes(actor=cast.olpe_editor, batch=made.code_batches.get(), now=NOW)

    with pytest.raises(residence.CodeRefused, match="verloren"):
        contributing.confirm(contribution=sent, now=NOW)
    first.refresh_from_db()
    assert first.is_public


def test_nobody_counts_unproved_whatever_a_tool_forgets(cast: Cast) -> None:
    where, ada = phase(asking(cast.olpe)), participant("Ada")

    for act in (
        lambda: people.count_in(ada, where, NOW),
        lambda: people.sure(ada, where, NOW),
        lambda: people.involve(ada, where, Introduction(known=ada), NOW, is_sure=True),
    ):
        with pytest.raises(Denied, match="Nur wer hier wohnt"):
            act()


def test_whether_proof_is_needed_stays_once_people_have_taken_part(cast: Cast) -> None:
    made = process(cast.olpe)
    fields = {name: getattr(made, name) for name in processes.FIELDS} | {"needs_residence": True}

    def change(**more) -> Process:
        made.refresh_from_db()
        return processes.change(
            actor=cast.olpe_editor, process=made, seen=made.changed_at.isoformat(), now=NOW, phases=[], terms=[],
            events=[], **fields | more,
        )  # fmt: skip

    assert change().needs_residence
    change(needs_residence=False)
    send(phase(made))
    with pytest.raises(processes.Unfit, match="schon Menschen teilgenommen"):
        change()
    assert not change(needs_residence=False, title="Neu").needs_residence


# --- accounts ---------------------------------------------------------------------------------------------------------
def lives(user, *where: Organisation) -> None:
    Home.objects.filter(user=user).delete()
    Home.objects.bulk_create(Home(user=user, municipality=one, said_on=TODAY) for one in where)


def test_account_that_lives_here_needs_no_code_and_stays_proved(cast: Cast) -> None:
    made = asking(cast.olpe)
    ada = participant("Ada", user=cast.resident)
    lives(cast.resident, cast.olpe)
    [code] = codes_for(cast, made)

    send(phase(made), Introduction(known=ada, code=code))
    assert ResidenceProof.objects.get().way == "account"
    assert ResidenceCode.objects.get().used_on is None, "it is good for somebody else"

    note_homes(user=cast.resident, value=None, today=TODAY)
    assert send(phase(made), Introduction(known=ada), text="Später").is_public
    with pytest.raises(residence.CodeRefused):
        send(phase(asking(cast.olpe)), Introduction(known=ada))


@pytest.mark.parametrize(
    ("region_wide", "homes", "told"),
    [
        (False, ["olpe"], True), (False, ["soest"], False), (False, ["olpe", "soest"], False), (False, [], False),
        (True, ["soest"], True), (True, ["olpe", "soest"], True), (True, [], False),
    ],
)  # fmt: skip
def test_account_counts_where_it_surely_lives(cast: Cast, region_wide: bool, homes: list[str], told: bool) -> None:
    made = asking(cast.olpe, is_region_wide=region_wide)
    lives(cast.resident, *(getattr(cast, name) for name in homes))

    assert bool(may_count(cast.resident, made)) is told


def test_district_asks_the_people_of_its_municipalities_and_the_agency_the_whole_region(cast: Cast) -> None:
    district = organisation("kreis", kind="district")
    District.objects.create(organisation=district, ags="05966")
    Organisation.objects.filter(pk=cast.olpe.pk).update(district=district.as_district)
    lives(cast.resident, cast.olpe)
    lives(cast.olpe_reader, cast.soest)
    of_district, of_agency = asking(district), asking(cast.agency)

    assert may_count(cast.resident, of_district)
    assert not may_count(cast.olpe_reader, of_district)
    assert may_count(cast.olpe_reader, of_agency)
    assert (place_of(of_district), place_of(of_agency), place_of(asking(cast.olpe))) == ("Kreis", "Region", "Olpe")


def test_later_account_keeps_the_proof(cast: Cast) -> None:
    made = asking(cast.olpe)
    [code] = codes_for(cast, made)
    sent = send(phase(made), stranger(code, "resident"))
    contributing.confirm(contribution=sent, now=NOW)

    taken_over = people.participant_for(user=cast.resident, pseudonym="R", language="de", now=NOW)

    assert taken_over.user == cast.resident
    assert send(phase(made), Introduction(known=taken_over), text="Als Konto").is_public


# --- what is kept -----------------------------------------------------------------------------------------------------
def test_own_data_tell_the_proof_and_nothing_of_it_is_open(cast: Cast) -> None:
    made, ada = asking(cast.olpe), participant("Ada")
    [code, other] = codes_for(cast, made, 2)
    send(phase(made), Introduction(known=ada, code=code))
    send(phase(made), stranger(other), text="Vielleicht von mir")

    told = own_data(ada)
    assert told["residence_proved"] == [{"process": made.title, "way": "code", "on": TODAY.isoformat()}]
    assert [one["process"] for one in told["codes_to_be_confirmed"]] == [made.title]
    for public in (write_csv(made), write_json(made)):
        assert code not in public
        assert "residence" not in public
        assert "proof" not in public


def test_code_of_somebody_erased_stays_used_and_belongs_to_nobody(cast: Cast) -> None:
    made, ada = asking(cast.olpe), participant("Ada")
    [code] = codes_for(cast, made)
    send(phase(made), Introduction(known=ada, code=code))

    forgetting.erase(participant=ada, keeps_words=True)

    assert not ResidenceProof.objects.exists()
    assert queries.people_in(made) == 1
    with pytest.raises(residence.CodeRefused, match="schon benutzt"):
        send(phase(made), Introduction(known=participant("Bea"), code=code))
    assert not [field for field in ResidenceCode._meta.get_fields() if field.related_model is Participant]


def test_typed_and_wrong_codes_go_when_their_time_is_over(cast: Cast) -> None:
    made = asking(cast.olpe)
    [code] = codes_for(cast, made)
    send(phase(made), stranger(code))
    residence.note_wrong(process=made, origin_hash="x", now=NOW)
    assert forgetting.due(NOW)["typed codes"] == forgetting.due(NOW)["wrong codes"] == 0

    later = NOW + timedelta(days=7, seconds=1)
    assert forgetting.due(later)["typed codes"] == forgetting.due(later)["wrong codes"] == 1
    forgetting.forget_due(now=later)

    assert not TypedCode.objects.exists()
    assert not WrongCode.objects.exists()
    assert ResidenceCode.objects.get().used_on is None


def test_guessing_is_braked_by_place_for_an_hour(cast: Cast) -> None:
    made = asking(cast.olpe)
    for number in range(residence.WRONG_AN_HOUR):
        residence.brake(origin_hash="here", now=NOW)
        residence.note_wrong(process=made, origin_hash="here", now=NOW + timedelta(seconds=number))

    with pytest.raises(people.TooMany, match="eine Stunde"):
        residence.brake(origin_hash="here", now=NOW + timedelta(minutes=1))
    residence.brake(origin_hash="elsewhere", now=NOW)
    residence.brake(origin_hash="here", now=NOW + timedelta(hours=1, minutes=1))


# --- questionnaires and supports --------------------------------------------------------------------------------------
def test_answers_need_the_code_and_take_it_when_they_are_confirmed(cast: Cast) -> None:
    made = asking(cast.olpe, PhaseKind.QUESTIONS)
    asked = Questionnaire.objects.create(phase=phase(made, PhaseKind.QUESTIONS))
    question = Question.objects.create(questionnaire=asked, position=1, kind="text", label="Was?")
    [code] = codes_for(cast, made)

    def answer(person: Introduction):
        return answering.submit(
            person=person, questionnaire=asked, answers={question.field: "Bänke"}, now=NOW, request_key=uuid4()
        )

    with pytest.raises(residence.CodeRefused):
        answer(stranger())
    sent, late = answer(stranger(code)), answer(stranger(code, "bea"))
    assert answering.confirm(submission=sent, now=NOW).confirmed_at
    with pytest.raises(residence.CodeRefused):
        answering.confirm(submission=late, now=NOW)
    assert queries.people_in(made) == 1
    assert answering.confirm(submission=sent, now=NOW).confirmed_at, "pressed twice"


def test_support_needs_the_code(cast: Cast) -> None:
    now = timezone.now()
    made = asking(cast.olpe, starts=now - timedelta(days=1))
    code, other = codes_for(cast, made, 2)
    author, ada = participant("Autor"), participant("Ada")
    residence.prove(participant=author, process=made, code=other, now=now)
    found = idea(made, author=author)

    with pytest.raises(residence.CodeRefused):
        supporting.support(participant=ada, idea=found, now=now)
    supporting.support(participant=ada, idea=found, now=now, code=code)

    assert ideas.supports_of([found])[found.pk] == 1
