"""Memory stays bounded."""

from andock.kernel.pagecache.address import Address
from andock.kernel.pagecache.entries import make_entry
from andock.kernel.pagecache.store import Parts, Store


def address(name: str) -> Address:
    return Address("http", "localhost", name, "", htmx=False)


def entry(size: int = 1000):
    return make_entry(b"x" * size, [("Content-Type", "image/png")], accepted="br", scopes=(), stamps=(), ends_at=0)


def test_store_beyond_its_bytes_forgets_the_longest_unused() -> None:
    store = Store(20_000)
    for number in range(8):
        store.put(address(str(number)), entry())
    store.get(address("0"))
    for number in range(8, 14):
        store.put(address(str(number)), entry())

    assert store.get(address("0"))
    assert store.get(address("1")) is None
    assert store.bytes <= 20_000


def test_store_refuses_a_page_that_would_drive_out_the_others() -> None:
    store = Store(20_000)

    store.put(address("large"), entry(10_000))

    assert len(store) == store.bytes == 0


def test_store_of_no_bytes_keeps_nothing() -> None:
    store = Store(0)

    store.put(address("1"), entry())

    assert len(store) == store.bytes == 0


def test_entry_put_again_counts_once() -> None:
    store = Store(100_000)
    store.put(address("1"), entry())
    once = store.bytes

    store.put(address("1"), entry())

    assert (len(store), store.bytes) == (1, once)


def test_parts_beyond_their_memory_forget_the_longest_unused() -> None:
    parts, made = Parts(2 * (Parts.ENTRY + 1000)), []

    def part(name: str) -> str:
        return parts.of(name, 1, lambda: made.append(name) or name * 1000)

    for name in "abacab":
        assert part(name) == name * 1000

    assert made == ["a", "b", "c", "b"]
    assert (len(parts), parts.size) == (2, parts.most)


def test_part_that_is_no_text_counts_as_a_large_one() -> None:
    parts = Parts(2 * Parts.LARGE)
    for number in range(5):
        parts.of(number, 1, dict)

    assert len(parts) == 1


def test_part_made_anew_counts_once() -> None:
    parts = Parts(10_000)
    for version in range(3):
        parts.of("frame", version, lambda: "x" * 100)

    assert (len(parts), parts.size) == (1, Parts.ENTRY + 100)
