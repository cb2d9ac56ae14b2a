import pytest

from andock.notifications.links import WORD_JOINER, Part, blocks_with_links, unlinked


def parts(text: str) -> list[Part]:
    """Of a text that is one line."""
    [[line]] = blocks_with_links(text)
    return line


def test_address_in_a_line_becomes_a_link_without_the_full_stop() -> None:
    assert parts("Hier: https://a.example/b?c=1. Danke.") == [
        Part("Hier: "),
        Part("https://a.example/b?c=1", "https://a.example/b?c=1"),
        Part(". Danke."),
    ]


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "<script>", "ftp://a.example"])
def test_anything_but_a_web_address_stays_text(text: str) -> None:
    assert parts(text) == [Part(text)]


def test_quotation_mark_ends_an_address() -> None:
    assert parts('https://a.example/"onclick="x')[0].address == "https://a.example/"


def test_empty_lines_divide_blocks_and_lines_keep_their_order() -> None:
    assert blocks_with_links("a\nb\n\n \nc\n") == [[[Part("a")], [Part("b")]], [[Part("c")]]]


def test_line_with_an_address_below_it_is_one_link() -> None:
    assert blocks_with_links("Anmeldung bestätigen:\nhttps://a.example/b/") == [
        [[Part("Anmeldung bestätigen", "https://a.example/b/")]]
    ]


@pytest.mark.parametrize("text", ["https://a.example/ und\nhttps://b.example/", "a\nb", "a\nhttps://b.example/ c"])
def test_other_pairs_of_lines_stay_as_they_are(text: str) -> None:
    assert len(blocks_with_links(text)[0]) == 2


@pytest.mark.parametrize("name", ["https://evil.example/x", "www.evil.example", "win@evil.example"])
def test_what_a_stranger_typed_is_no_link_and_reads_the_same(name: str) -> None:
    shown = unlinked(name)

    assert shown.replace(WORD_JOINER, "") == name
    assert parts(shown) == [Part(shown)]
    assert not any(name[at : at + 2] in shown for at in range(len(name)) if name[at] in ".@")


def test_name_with_a_title_is_left_alone() -> None:
    assert unlinked("Dr. Ada Lovelace") == "Dr. Ada Lovelace"
