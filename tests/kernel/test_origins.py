from __future__ import annotations

from types import SimpleNamespace

import pytest

from andock.kernel.origins import network_address, place_of


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_one_line_is_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "198.51.100.3"), (2, "198.51.100.2"), (4, "127.0.0.1")])  # fmt: skip
def test_only_as_many_hops_are_believed_as_there_are_proxies_of_ours(rf, settings, proxies: int, address: str) -> None:
    settings.ENVIRONMENT = SimpleNamespace(trusted_proxies=proxies)
    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 198.51.100.2, 198.51.100.3"})

    assert network_address(request) == address
