import pytest

from andock.notifications.links import Part, lines_with_links


def test_address_in_a_line_becomes_a_link_without_the_full_stop() -> None:
    assert lines_with_links("Hier: https://a.example/b?c=1. Danke.") == [
        [Part("Hier: "), Part("https://a.example/b?c=1", "https://a.example/b?c=1"), Part(". Danke.")]
    ]


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "<script>", "ftp://a.example"])
def test_anything_but_a_web_address_stays_text(text: str) -> None:
    assert lines_with_links(text) == [[Part(text)]]


def test_quotation_mark_ends_an_address() -> None:
    assert lines_with_links('https://a.example/"onclick="x')[0][0].address == "https://a.example/"


def test_lines_keep_their_order_and_empty_ones_stay() -> None:
    assert lines_with_links("a\n\nb") == [[Part("a")], [], [Part("b")]]
