"""Where translators do not look."""

from __future__ import annotations

from tools.messages import SOURCE, in_f_strings, translated_messages


def test_what_stands_in_an_f_string_is_found() -> None:
    source = """told = f"{_('To the list')}: {address}" + _("Outside") + f"{ngettext('One', 'Many', number)}{other('No')}"\n"""

    assert in_f_strings(source) == {"To the list", "One"}


def test_what_stands_in_f_strings_is_translated() -> None:
    known = translated_messages()

    missing = {
        text: module.name for module in SOURCE.rglob("*.py")
        for text in in_f_strings(module.read_text(encoding="utf-8")) - known
    }  # fmt: skip

    assert not missing
