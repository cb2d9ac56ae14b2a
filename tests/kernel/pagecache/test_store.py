"""Memory stays bounded: pages in bytes, what they share in number."""

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


def test_parts_beyond_their_number_forget_the_longest_unused() -> None:
    parts, made = Parts(2), []

    def part(name: str) -> str:
        return parts.of(name, 1, lambda: made.append(name) or name)

    for name in ("frame", "first", "frame", "second", "frame", "first"):
        assert part(name) == name

    assert made == ["frame", "first", "second", "first"]
    assert len(parts) == 2
