"""A file that is written wholly or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def draft_of(path: Path) -> Iterator[TextIO]:
    """A file to write to; it takes the place of `path` only when all went well. Raises OSError."""
    path = path.resolve()  # through a symbolic link, not over it
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
