"""Prepare a clone: `.venv` with everything pinned, the front-end files, the message catalogues.

Runs under the Python of the machine and uses its standard library only. Every step leaves a stamp of
what it was made from; a step whose stamp fits is skipped, so a second run needs neither time nor network.

    python3 tools/setup.py          what `make demo` needs
    python3 tools/setup.py --dev    also what tests and checks need
    python3 tools/setup.py --nightly    also what only the long runs need
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
OLDEST = (3, 11)
VENDOR = ROOT / "src/andock/design/static/vendor"
FONTS = ROOT / "src/andock/design/fonts"


def main():
    """Run the steps in order; stop with one sentence when one is impossible."""
    nightly = "--nightly" in sys.argv[1:]
    with_tests = nightly or "--dev" in sys.argv[1:]
    check_machine()
    started = time.monotonic()
    worked = [
        step("environment", digest(), [PYTHON], make_environment),
        step("installer", digest("requirements/installer.txt"), [], install_installer),
        packages(with_tests),
        nightly
        and step("packages-nightly", digest("requirements/nightly.txt"), [], lambda: install_packages("nightly")),
        step("project", digest("pyproject.toml"), [VENV / "bin/andock"], install_project),
        frontend(with_tests),
    ]
    run([PYTHON, ROOT / "tools/messages.py"])
    if any(worked):
        say("ready after {:.0f} s".format(time.monotonic() - started))


def check_machine():
    """Stop with a sentence that names the missing package."""
    version = "{}.{}".format(*sys.version_info[:2])
    if sys.version_info < OLDEST:
        stop(
            "Andock needs Python 3.11 or newer, this is {}: install a newer one (Debian: python3.11) "
            "and call make with PYTHON=python3.11.".format(version)
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        stop(
            "Python {} lacks its venv module: install it (Debian: apt-get install python3-venv) and try again.".format(
                version
            )
        )


def make_environment():
    """Create `.venv` afresh; an environment of another Python or another folder is of no use."""
    say("making .venv with Python {}.{}".format(*sys.version_info[:2]))
    run([sys.executable, "-m", "venv", "--clear", VENV], "Python could not make .venv (Debian: python3-venv).")


def install_installer():
    """Install uv; where it has no wheel, pip will do the work, only slower."""
    say("installing uv")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    if subprocess.call([str(part) for part in [*pip, "-r", ROOT / "requirements/installer.txt"]], env=environment()):
        say("uv is not to be had for this machine, pip takes its place")


def packages(with_tests):
    """Install the locked packages; the set for tests contains the set for running."""
    dev = digest("requirements/dev.txt", "requirements/runtime.txt")
    if not with_tests and read_stamp("packages-dev") == dev:
        return False
    if with_tests:
        return step("packages-dev", dev, [], lambda: install_packages("dev"))
    return step("packages", digest("requirements/runtime.txt"), [], lambda: install_packages("runtime"))


def install_packages(name):
    """Install one lock, every file checked against its hash."""
    say("installing the locked packages ({})".format(name))
    lock = ROOT / "requirements" / "{}.txt".format(name)
    run([*installer(), "--require-hashes", "-r", lock], "The packages could not be installed; see the lines above.")


def install_project():
    """Install Andock itself, editable and without network."""
    say("installing andock")
    run([*installer(), "--no-deps", "--no-build-isolation", "--editable", ROOT], "andock could not be installed.")


def frontend(with_tests):
    """Bring style sheet, typeface and map library."""
    inputs = ["frontend/package-lock.json", "tools/frontend.py", "src/andock/design/fonts.py"]
    outputs = [VENDOR / "kern/kern.min.css", FONTS / "FiraSans-Regular.ttf"]
    dev = digest(*inputs)
    if not with_tests and read_stamp("frontend-dev") == dev and all(path.exists() for path in outputs):
        return False
    if with_tests:
        return step("frontend-dev", dev, [*outputs, ROOT / "frontend/node_modules/axe-core"], install_frontend_dev)
    return step("frontend", dev, outputs, install_frontend)


def install_frontend():
    """Bring what visitors need."""
    say("bringing the front-end files")
    run([PYTHON, ROOT / "tools/frontend.py"], "The front-end files could not be brought; see the lines above.")


def install_frontend_dev():
    """Bring also what the tests need."""
    say("bringing the front-end files and what tests them")
    run([PYTHON, ROOT / "tools/frontend.py", "--dev"], "The front-end files could not be brought; see the lines above.")


def step(name, stamp, outputs, work):
    """Do `work` unless it was done for the same `stamp` and its outputs are still there; True if it was done."""
    if read_stamp(name) == stamp and all(path.exists() for path in outputs):
        return False
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(stamp, encoding="utf-8")
    return True


def read_stamp(name):
    """What the step was last made from, or nothing."""
    path = STAMPS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def digest(*names):
    """Fingerprint of this Python, this folder and the named files."""
    total = hashlib.sha256("{} {}".format(sys.version, ROOT).encode())
    for name in names:
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()


def installer():
    """The command that installs into `.venv`: uv, else pip."""
    if UV.exists():
        return [UV, "pip", "install", "--quiet", "--python", PYTHON]
    return [PYTHON, "-m", "pip", "install", "--quiet"]


def environment():
    """The caller's environment, with uv asking the system's certificates and nobody looking for newer pips."""
    result = dict(os.environ)
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"):
        result.pop(name, None)
    result.setdefault("UV_SYSTEM_CERTS", "1")
    result.setdefault("UV_LINK_MODE", "copy" if not same_disk() else "hardlink")
    result["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return result


def same_disk():
    """Whether uv can hard-link from its cache; else it would warn on every package."""
    home = Path(os.environ.get("UV_CACHE_DIR") or os.environ.get("HOME") or ROOT)
    return home.exists() and home.stat().st_dev == ROOT.stat().st_dev


def run(command, failure="That step failed; see the lines above."):
    """Run a command of the set-up; stop with a sentence when it fails."""
    if subprocess.call([str(part) for part in command], env=environment()):
        stop(failure)


def say(text):
    """One plain line of progress."""
    sys.stdout.write("setup: {}\n".format(text))
    sys.stdout.flush()


def stop(text):
    """End with one sentence."""
    sys.exit("setup: {}".format(text))


if __name__ == "__main__":
    main()
