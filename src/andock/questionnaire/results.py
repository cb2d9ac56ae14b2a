"""What came of the questions, counted: pure. Groups so small that somebody could be recognised stay away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.participation.choices import SMALLEST_SHOWN
from andock.participation.figures import suppressed

from .answers import words_of
from .choices import FEWEST_OPTIONS, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .models import Question, Submission


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer; ``number`` is None where too few gave it to say. ``share`` is its length in per cent of the longest there could be.

    ``points`` only where answers were put in order.
    """

    label: str
    number: int | None
    share: float = 0
    points: int | None = None

    @property
    def width(self) -> str:
        return f"{self.share:.1f}%"


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of one question, or of one row of it (``title``)."""

    bars: list[Bar]
    title: str = ""
    has_points: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One question; ``people`` answered it, None where they were too few.

    ``is_kept_back``: they were enough, but how many chose the answer it was asked for is not said.
    """

    question: Question
    people: int | None
    charts: list[Chart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    is_kept_back: bool = False


def results(questions: Sequence[Question], submissions: Sequence[Submission], towns: Mapping[str, str]) -> list[Result]:
    """Every question with its charts and the words that were released."""
    found: dict[int, Result] = {}
    for question in questions:
        before = found.get(question.shown_if_id) if question.shown_if_id else None
        is_told = before is None or _tells(before, question.shown_if_option)
        found[question.pk] = _result(question, submissions, towns, is_told=is_told)
    return list(found.values())


def _result(
    question: Question, submissions: Sequence[Submission], towns: Mapping[str, str], *, is_told: bool
) -> Result:  # fmt: skip
    given = [one.answers[question.field] for one in submissions if question.field in one.answers]
    texts, is_small = released_words(question, submissions), len(given) < SMALLEST_SHOWN
    if is_small or not is_told:
        return Result(question, None, [], texts, is_kept_back=not is_small)
    return Result(
        question, len(given), CHARTS.get(QuestionKind(question.kind), _no_charts)(question, given, towns), texts
    )


def _tells(result: Result, option: str) -> bool:
    """Whether the question says how many chose this answer. Where it does not, nothing that only they were asked may.

    Of several answers the sum of all says nothing of one of them.
    """
    if result.people is None or result.question.kind != QuestionKind.SINGLE:
        return result.people is not None
    return result.charts[0].bars[list(result.question.option_labels()).index(option)].number is not None


def released_words(question: Question, submissions: Iterable[Submission]) -> list[str]:
    """Words everybody may read, in alphabetical order: who answered when must not be guessed from it."""
    found = (
        words_of(question, one.answers.get(question.field)) for one in submissions if question.field in one.released
    )
    return sorted(text for text in found if text)


def _no_charts(_question: Question, _given: list, _towns: Mapping[str, str]) -> list[Chart]:
    return []


def _single(question: Question, given: list, _towns: Mapping[str, str]) -> list[Chart]:
    return [_chart(question.option_labels(), Counter(given), len(given))]


def _several(question: Question, given: list, _towns: Mapping[str, str]) -> list[Chart]:
    return [_chart(question.option_labels(), Counter(key for keys in given for key in keys), len(given))]


def _scale(question: Question, given: list, _towns: Mapping[str, str]) -> list[Chart]:
    return [_chart(scale_labels(question), Counter(str(number) for number in given), len(given))]


def scale_labels(question: Question) -> dict[str, str]:
    """The numbers of a scale with what its ends mean."""
    assert question.low is not None, "The database demands it."
    assert question.high is not None, "The database demands it."
    labels = {str(number): str(number) for number in range(question.low, question.high + 1)}
    for number, meaning in ((question.low, question.low_label), (question.high, question.high_label)):
        labels[str(number)] += f" – {meaning}" if meaning else ""
    return labels


def _place(_question: Question, given: list, towns: Mapping[str, str]) -> list[Chart]:
    """Only the municipalities that were named, the most often named first; who wrote words alone named none."""
    if not any(answer.get("municipality") for answer in given):
        return []
    named = Counter(answer.get("municipality", "") for answer in given)
    labels = {key: towns.get(key, key) if key else _("none of these") for key, _number in named.most_common()}
    return [_chart(labels, named, len(given))]


def _matrix(question: Question, given: list, _towns: Mapping[str, str]) -> list[Chart]:
    return [_row(question, key, title, given) for key, title in question.row_labels().items()]


def _row(question: Question, key: str, title: str, given: list) -> Chart:
    chosen = [answer[key] for answer in given if key in answer]
    return _chart(question.option_labels(), Counter(chosen), len(chosen), title)


def _ranking(question: Question, given: list, _towns: Mapping[str, str]) -> list[Chart]:
    """Points: the first place gets as many as there are answers, each further one less.

    Where there are two answers, or everybody filled the first place alone, points are first places in other words, and are
    said only with them.
    """
    labels = question.option_labels()
    firsts = _said({key: sum(keys[0] == key for keys in given) for key in labels})
    ranked = Counter(key for keys in given for key in keys)
    points: Counter[str] = Counter()
    for keys in given:
        points.update({key: len(labels) - place for place, key in enumerate(keys)})
    tell_firsts = len(labels) == FEWEST_OPTIONS or all(len(keys) == 1 for keys in given)
    shown = {
        key: points[key] if ranked[key] >= SMALLEST_SHOWN and not (tell_firsts and firsts[key] is None) else None
        for key in labels
    }
    most = len(labels) * len(given)
    bars = [Bar(labels[key], firsts[key], 100 * (shown[key] or 0) / most, shown[key]) for key in labels]
    return [Chart(sorted(bars, key=lambda bar: -(bar.points or 0)), has_points=True)]


def _chart(labels: Mapping[str, str], counts: Mapping[str, int], people: int, title: str = "") -> Chart:
    numbers = _said({key: counts.get(key, 0) for key in labels})
    return Chart([_bar(labels[key], numbers[key], people) for key in labels], title)


def _bar(label: str, number: int | None, people: int) -> Bar:
    return Bar(label, number, 100 * number / people if number and people else 0)


def _said(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The numbers that may be said, each at its key."""
    return {figure.name: figure.number for figure in suppressed(counts.items())}


CHARTS: dict[QuestionKind, Callable[[Question, list, Mapping[str, str]], list[Chart]]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.SEVERAL: _several,
    QuestionKind.SCALE: _scale,
    QuestionKind.RANKING: _ranking,
    QuestionKind.PLACE: _place,
    QuestionKind.MATRIX: _matrix,
}
