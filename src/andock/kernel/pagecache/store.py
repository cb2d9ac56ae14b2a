"""Where entries are kept: in the memory of one process, bounded in bytes, the longest unused goes first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
