"""Bring the front-end files: `npm ci` from the lock, then copy the few files that are wanted.

Nothing is bundled or rewritten, except that references to source maps, which are not copied, are cut
(static files with hashed names demand every file they name), and that the typeface is cut down for the web
(`andock.design.fonts`) and converted to TTF for the PDFs, because typst reads no WOFF2. Both target folders are ignored by git and part of every release.

    python tools/frontend.py          what visitors need
    python tools/frontend.py --dev    also axe-core and html-validate, for the tests
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
VENDOR = ROOT / "src/andock/design/static/vendor"
FONTS = ROOT / "src/andock/design/fonts"

TYPEFACE = MODULES / "@kern-ux/native/dist/fonts/fira-sans"
FILES = {
    "@kern-ux/native/dist/kern.min.css": "kern/kern.min.css",
    "@kern-ux/native/LICENSE.md": "licences/kern-ux-native.md",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "licences/maplibre-gl.txt",
}
SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\n]*")
CUT_SOURCE_MAPS_IN = {".mjs", ".js", ".css"}


def main() -> None:
    """Fetch, copy and convert; leaves nothing half done: the target folder is swapped in at the end."""
    parser = argparse.ArgumentParser(description="Bring the front-end files.")
    parser.add_argument("--dev", action="store_true", help="also install what only the tests need")
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it remarks on oddities of the typeface
    install(with_tests=parser.parse_args().dev)
    copy_files()
    convert_fonts()


def install(*, with_tests: bool) -> None:
    """Fill `frontend/node_modules` exactly as the lock says, with npm of the machine or of a wheel."""
    with tempfile.TemporaryDirectory() as scratch:
        arguments = [find_npm(Path(scratch)), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        if not with_tests:
            arguments.append("--omit=dev")
        environment = os.environ | {"PATH": f"{Path(arguments[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        # Behind a certificate authority of its own (usual in town halls) Node must ask the system's store.
        environment.setdefault("NODE_OPTIONS", "--use-system-ca" if knows_system_ca(arguments[0]) else "")
        result = subprocess.run(arguments, cwd=FRONTEND, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(f"npm could not bring the front-end files:\n{result.stderr.strip()}")


def find_npm(scratch: Path) -> str:
    """Path of an npm: beside this Python, on the machine, else from a wheel in the throw-away `scratch`."""
    beside = Path(sys.executable).with_name("npm")
    found = str(beside) if beside.exists() else shutil.which("npm")
    if found and runs(found):
        return found
    print("    no npm on this machine, taking Node from a wheel for the moment", flush=True)
    venv.create(scratch, with_pip=False, symlinks=os.name != "nt")
    python = scratch / "bin/python"
    lock = ROOT / "requirements/node.txt"
    uv = Path(sys.executable).with_name("uv")
    if uv.exists():
        command = [str(uv), "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(lock)]
    else:
        command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
        command += ["--require-hashes", "-r", str(lock)]
    subprocess.run(command, check=True)
    return str(scratch / "bin/npm")


def runs(npm: str) -> bool:
    """Whether this npm starts at all: an npm without its Node, or a broken shim, does not count."""
    return subprocess.run([npm, "--version"], capture_output=True, check=False).returncode == 0


def knows_system_ca(npm: str) -> bool:
    """Whether the Node beside `npm` accepts `--use-system-ca` (22.15 and newer); older ones would not start."""
    node = Path(npm).with_name("node")
    probe = [str(node) if node.exists() else "node", "--use-system-ca", "--version"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def copy_files() -> None:
    """Copy the wanted files with their licence texts to the static folder."""
    from andock.design.fonts import write_cuts

    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in FILES.items():
        copy_file(MODULES / source, fresh / target)
    copy_file(FRONTEND / "licences/OFL-1.1.txt", fresh / "licences/fira-sans.txt")
    write_cuts(TYPEFACE, fresh / "fira-sans")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def copy_file(source: Path, target: Path) -> None:
    """Copy one file, without its reference to a source map."""
    content = source.read_bytes()
    if source.suffix in CUT_SOURCE_MAPS_IN:
        content = SOURCE_MAP.sub(b"", content)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def convert_fonts() -> None:
    """Write the typeface as TTF for the PDFs; the licence text stays with it."""
    from fontTools.ttLib import TTFont

    from andock.design.fonts import CUTS

    FONTS.mkdir(parents=True, exist_ok=True)
    for cut in CUTS:
        font = TTFont(TYPEFACE / f"FiraSans-{cut}.woff2", recalcTimestamp=False)
        font.flavor = None
        font.save(FONTS / f"FiraSans-{cut}.ttf")
    copy_file(FRONTEND / "licences/OFL-1.1.txt", FONTS / "OFL-1.1.txt")


if __name__ == "__main__":
    main()
