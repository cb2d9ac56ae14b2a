"""Run the suite: on SQLite, on the PostgreSQL that was named, and in the browser that is there.

Arguments go to pytest, for example `make test ARGS="tests/strategy -x"`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JOURNEYS = ROOT / "tests/journeys"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOTHING_COLLECTED = 5


def main() -> int:
    """Run one after the other; stop at the first red one and return its code."""
    arguments = sys.argv[1:]
    nightly = "--nightly" in arguments
    arguments = [argument for argument in arguments if argument != "--nightly"]
    if nightly:
        return run_nightly(arguments)
    paths = any(not argument.startswith("-") and (ROOT / argument.split("::")[0]).exists() for argument in arguments)
    suite = arguments if paths else [f"--ignore={JOURNEYS}", *arguments]
    sqlite = {name: value for name, value in os.environ.items() if name != "ANDOCK_TEST_DATABASE_URL"}
    code = run("SQLite", [*processes(), *suite], sqlite)
    if not code and "ANDOCK_TEST_DATABASE_URL" in os.environ:
        code = run("PostgreSQL", [*processes(), *suite], os.environ)
    if not code and not paths and JOURNEYS.exists():
        code = run_journeys(arguments, sqlite)
    return code


def run_nightly(arguments: list[str]) -> int:
    """Long kill runs, properties and fuzzed readers with 10,000 cases, every page in all four looks, then the mutants."""
    environment = dict(os.environ) | {"ANDOCK_NIGHTLY": "1"}
    code = run("nightly", ["-m", "nightly or hypothesis", *arguments], environment)
    code = code or run_journeys(arguments, environment)
    return code or subprocess.call([sys.executable, "tools/mutants.py"], cwd=ROOT)


def run_journeys(arguments: list[str], environment: dict[str, str]) -> int:
    """Walk through the site in a browser, or say in one line how to get one."""
    browser = os.environ.get("ANDOCK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        print(
            "\n=== browser journeys: skipped, there is no Chromium (Debian: apt-get install chromium-headless-shell)\n",
            flush=True,
        )
        return 0
    return run(
        "browser journeys", [*processes(), str(JOURNEYS), *arguments], environment | {"ANDOCK_CHROMIUM": browser}
    )


def run(name: str, arguments: list[str], environment: os._Environ[str] | dict[str, str]) -> int:
    """Run pytest once under a heading."""
    print(f"\n=== {name}\n", flush=True)
    code = subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=dict(environment))
    return 0 if code == NOTHING_COLLECTED else code


def processes() -> list[str]:
    """How many processes share the work: as many as the machine has, at most four."""
    count = min(os.cpu_count() or 1, 4)
    return ["-n", str(count)] if count > 1 else []


if __name__ == "__main__":
    sys.exit(main())
