"""Every bad setting gets one sentence that names its variable."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from andock.config.environment import _own_key, read_environment
from andock.config.expectations import EXPECTED, SettingRefused

WRONG = [
    ("ANDOCK_DATABASE_URL", "oracle://x"),
    ("ANDOCK_DATABASE_URL", "postgres://anna:geheim@host:abc/x"),
    ("ANDOCK_SECRET_KEY", "short"),
    ("ANDOCK_HOSTS", "https://region.example"),
    ("ANDOCK_HOSTS", "*"),
    ("ANDOCK_BASE_URL", "region.example"),
    ("ANDOCK_BASE_URL", "https://region.example/strategie"),
    ("ANDOCK_BASE_URL", "https://region.example:port"),
    ("ANDOCK_DEMO", "perhaps"),
    ("ANDOCK_DEMO_PUBLIC", "2"),
    ("ANDOCK_MAIL_URL", "smtp://user:geheim@host:abc"),
    ("ANDOCK_MAIL_URL", "smtp+tls://mail.example"),
    ("ANDOCK_MAIL_FROM", "andock"),
    ("ANDOCK_MAIL_BOUNCES", "Region <bounces@region.example>"),
    ("ANDOCK_MAIL_SENDERS", "olpe=events"),
    ("ANDOCK_MAIL_SENDERS", "events@olpe.example"),
    ("ANDOCK_MAIL_FROM", "a@b.example\nBcc: c@d.example"),
    ("ANDOCK_REDIS_URL", "127.0.0.1:6379"),
    ("ANDOCK_WORKERS", "many"),
    ("ANDOCK_WORKERS", "0"),
    ("ANDOCK_PAGE_CACHE_MB", "-1"),
    ("ANDOCK_TRUSTED_PROXIES", "99"),
    ("ANDOCK_TIME_ZONE", "Europe/Olpe"),
    ("ANDOCK_BASE_MAP", "https://maps.example/geheim"),
    ("ANDOCK_BASE_MAP", "region.mbtiles"),
    ("ANDOCK_INNER_HOSTS", "http://geo.town.lan"),
]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ANDOCK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ANDOCK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_wrong_value_is_refused_with_a_sentence_that_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingRefused, match=rf"^{variable} must be .+\.$") as refusal:
        read_environment()

    assert "geheim" not in str(refusal.value)


def test_every_expectation_has_a_value_that_breaks_it() -> None:
    assert {variable for variable, _value in WRONG} == set(EXPECTED)


def test_two_wrong_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDOCK_WORKERS", "0")
    monkeypatch.setenv("ANDOCK_TIME_ZONE", "Mars")

    with pytest.raises(SettingRefused, match=r"(?s)ANDOCK_WORKERS.*\n.*ANDOCK_TIME_ZONE"):
        read_environment()


def test_nothing_set_is_enough() -> None:
    environment = read_environment()

    assert environment.database["ENGINE"] == "django.db.backends.sqlite3"
    assert environment.demo is False


def test_command_line_tells_the_sentence_without_a_traceback(tmp_path: Path) -> None:
    source = str(Path(__file__).resolve().parents[2] / "src")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": source,
        "ANDOCK_WORKERS": "many",
        "ANDOCK_DATA": str(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-m", "andock", "doctor"], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (1, "ANDOCK_WORKERS must be a whole number from 1 to 64.\n")


def test_folder_that_cannot_be_made_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANDOCK_DATA", str(tmp_path / "file" / "data"))

    with pytest.raises(SettingRefused, match="ANDOCK_DATA"):
        read_environment()


def test_own_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = _own_key(tmp_path / "secret-key")

    assert _own_key(tmp_path / "secret-key") == first
    assert len(first) > 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
