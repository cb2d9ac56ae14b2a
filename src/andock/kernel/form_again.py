"""What a form for everybody answers when a browser has lost its cookie: itself, with what was typed.

Whoever has no account cannot be asked to sign in. The answer does nothing but show the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def offers_again(answer: View) -> Callable[[View], View]:
    """Mark a view with the one that shows its form once more; outermost, for the view in the address."""

    def mark(view: View) -> View:
        view.form_again = answer  # type: ignore[attr-defined]
        return view

    return mark


def form_once_more(request: HttpRequest) -> HttpResponse | None:
    """The form that was sent, to be sent once more; None where the view offers none."""
    match = request.resolver_match
    answer: View | None = getattr(match.func, "form_again", None) if match else None
    return answer(request, *match.args, **match.kwargs) if match and answer else None


def cookie_missing() -> str:
    return _(
        "Your browser did not send our cookie along, so nothing was done yet. What you typed is still here: please "
        "press the button once more. If you read this again, allow cookies for this site."
    )
