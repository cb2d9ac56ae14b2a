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
    """What pages share. ``most`` bounds them: nobody fills memory by asking for every comparison there could be."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._parts: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._parts)

    def of(self, key: Hashable, version: Hashable, make: Callable[[], Any]) -> Any:
        """The part of that key, made where none of this version is kept; two threads may both make it."""
        with self._lock:
            kept = self._parts.get(key)
        if kept is None or kept[0] != version:
            kept = version, make()
        with self._lock:
            self._parts[key] = kept
            self._parts.move_to_end(key)
            if len(self._parts) > self.most:
                self._parts.popitem(last=False)
        return kept[1]

    def clear(self) -> None:
        with self._lock:
            self._parts.clear()
