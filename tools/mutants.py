"""Change the docking engine in many small ways and see that its tests notice. Red below the score to reach.

The mutants lie in the folder ``mutants`` that git ignores; ``mutmut browse`` shows who survived.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = ROOT / "mutants"
SCORE = 0.80
MEMORY = 2_000_000_000
"""Bytes of address space of every process: a mutant that never ends must not eat the machine meanwhile."""
CAUGHT = ("killed", "timeout", "suspicious")


def main() -> int:
    """Run mutmut over what pyproject names; return 1 when too many mutants survive."""
    shutil.rmtree(MUTANTS, ignore_errors=True)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    mutmut = Path(sys.executable).with_name("mutmut")
    for step in (("run", *sys.argv[1:]), ("export-cicd-stats",)):
        if subprocess.call([str(mutmut), *step], cwd=ROOT, env=os.environ | {"ANDOCK_CASES": "mutants"}):
            return 1
    figures = json.loads((MUTANTS / "mutmut-cicd-stats.json").read_text())
    caught = sum(figures[name] for name in CAUGHT)
    checked = caught + figures["survived"] + figures["no_tests"]
    print(f"mutants: {caught} of {checked} caught, {caught / max(checked, 1):.0%}; to reach {SCORE:.0%}")
    return 0 if checked and caught >= SCORE * checked else 1


if __name__ == "__main__":
    sys.exit(main())
