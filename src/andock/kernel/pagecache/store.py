"""Where pages and the parts they share are kept: in the memory of one process, the longest unused goes first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from .address import Address
    from .entries import Entry


class Store:
    """A page may take an eighth of ``max_bytes`` at most; nothing is kept where that is 0."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._entries: OrderedDict[Address, tuple[Entry, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, address: Address) -> Entry | None:
        with self._lock:
            if address not in self._entries:
                return None
            self._entries.move_to_end(address)
            return self._entries[address][0]

    def put(self, address: Address, entry: Entry) -> None:
        """Keep ``entry``; call it again when it has grown by another encoding."""
        size = entry.size + sum(map(len, map(str, address)))
        with self._lock:
            self._remove(address)
            if size <= self.max_bytes // 8:
                self._entries[address] = entry, size
                self.bytes += size
            while self.bytes > self.max_bytes:
                self._remove(next(iter(self._entries)))

    def remove(self, address: Address) -> None:
        with self._lock:
            self._remove(address)

    def _remove(self, address: Address) -> None:
        if address in self._entries:
            self.bytes -= self._entries.pop(address)[1]


class Parts:
    """What pages share, bounded in memory: nobody fills it by asking for every comparison there could be.

    A text counts its characters, anything else ``LARGE``: the largest part seen takes that.
    """

    LARGE = 2_000_000
    ENTRY = 500  # bytes an entry takes without its content

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._parts: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._parts)

    def of(self, key: Hashable, version: Hashable, make: Callable[[], Any]) -> Any:
        """The part of that key, made where none of this version is kept; two threads may both make it."""
        with self._lock:
            kept = self._parts.get(key)
            if kept and kept[0] == version:
                self._parts.move_to_end(key)
                return kept[1]
        made = make()
        with self._lock:
            self._remove(key)
            self._parts[key] = version, made
            self.size += self._weight(made)
            while self.size > self.most and len(self._parts) > 1:
                self._remove(next(iter(self._parts)))
        return made

    def clear(self) -> None:
        with self._lock:
            self._parts.clear()
            self.size = 0

    def _remove(self, key: Hashable) -> None:
        if key in self._parts:
            self.size -= self._weight(self._parts.pop(key)[1])

    def _weight(self, part: Any) -> int:
        return self.ENTRY + (len(part) if isinstance(part, str) else self.LARGE)
