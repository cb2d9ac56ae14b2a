"""What is inside a PDF, found out in a process of its own: ``python -m andock.kernel.pdf_scan < file.pdf``.

A hostile file can make a parser crash, run for ever or fill the memory. Here it ends this process only, which limits
itself before it reads. Prints one word: a key of ``andock.kernel.pdf.REASONS``, or ``fine``.
"""

from __future__ import annotations

import io
import resource
import sys
from contextlib import suppress

MEMORY = 1_000_000_000
SECONDS = 20
ACTIVE = frozenset({"/JS", "/JavaScript", "/Launch", "/RichMedia", "/EmbeddedFiles", "/EmbeddedFile", "/XFA", "/SubmitForm", "/ImportData"})  # fmt: skip
"""Names that stand for scripts, programs, attached files and forms that send data."""
DEEPEST = 40


def main() -> int:
    """Read the file from the standard input and print what is wrong with it."""
    with suppress(ValueError, OSError):  # a stricter limit is set already
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(verdict(sys.stdin.buffer.read()))
    return 0


def verdict(content: bytes) -> str:
    """The first thing that is wrong, or ``fine``."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            if file.is_encrypted:
                return "encrypted"
            if not len(file.pages):
                return "empty"
            return "active" if any(_is_active(thing, 0) for thing in file.objects) else "fine"
    except pikepdf.PasswordError:
        return "encrypted"
    except (pikepdf.PdfError, ValueError, RecursionError):
        return "broken"


def _is_active(thing: object, depth: int) -> bool:
    """Whether a script, program or attached file hangs on this object. Indirect ones are looked at by themselves."""
    import pikepdf

    if depth > DEEPEST:
        return True
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        return any(
            name in ACTIVE or str(value) in ACTIVE
            if isinstance(value, pikepdf.Name)
            else name in ACTIVE or _goes_on(value, depth)
            for name, value in thing.items()
        )
    return isinstance(thing, pikepdf.Array) and any(_goes_on(value, depth) for value in thing)


def _goes_on(value: object, depth: int) -> bool:
    return not getattr(value, "is_indirect", False) and _is_active(value, depth + 1)


if __name__ == "__main__":
    sys.exit(main())
