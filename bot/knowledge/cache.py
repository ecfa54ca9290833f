"""What one start can skip because an earlier one did it: validation, parsing the word lists, expanding templates, and
reading the paraphrases.

One file in the user's cache folder, named by the content of every YAML file and by the program's files: a changed word
makes a new name. Plain JSON behind its own checksum: losing the file, or finding it half-written or foreign, only
costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from opencc import __version__ as opencc_version

#: files kept: one per report that was used lately
_KEPT = 8
_PARTS = ("sentences", "data", "paraphrases", "readings", "words", "talk")


class StartCache:
    """The data of YAML files and a topic's paraphrases by file, sentences by template, how paraphrases were read, the
    words by meanings, and the sentences of small talk.

    `is_valid` says that these very files were found valid before, and that everything of them is known.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._parts: dict[str, dict[str, Any]] = {name: {} for name in _PARTS}
        self.is_valid = False
        if path is None:
            return
        with contextlib.suppress(OSError, ValueError, RecursionError):
            checksum, _, text = path.read_text(encoding="utf-8").partition("\n")
            if checksum == _checksum(text):
                self._parts = json.loads(text)
                self.is_valid = True

    @classmethod
    def of(cls, files: Iterable[Path]) -> StartCache:
        """The cache for exactly these files as they are now."""
        digest = hashlib.sha256(opencc_version.encode())  # its tables decide how a paraphrase is read
        for file in sorted(files):
            digest.update(file.name.encode() + b"\0")
            with contextlib.suppress(OSError):
                digest.update(file.read_bytes())
        for folder, _, names in sorted(os.walk(Path(__file__).parent.parent)):
            for name in sorted(names):
                if not name.endswith(".py"):
                    continue
                with contextlib.suppress(OSError):  # known by size and time, as Python knows its compiled modules
                    stat = Path(folder, name).stat()
                    digest.update(f"{folder}/{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
        home = os.environ.get("XDG_CACHE_HOME")
        try:
            base = Path(home) if home else Path.home() / ".cache"
        except RuntimeError:  # no home folder
            return cls(None)
        return cls(base / "reportbot" / f"{digest.hexdigest()[:32]}.json")

    def get(self, part: str, key: str) -> Any:
        """What is known of a part (one of _PARTS) under a key, None where nothing is."""
        return self._parts[part].get(key)

    def put(self, part: str, key: str, value: Any) -> None:
        """Note something, of JSON's own types, to be known at the next start."""
        self._parts[part][key] = value

    def save(self) -> None:
        """Keep what was noted, all or nothing, and forget it here; a folder that can't be written is no error."""
        parts, self._parts = self._parts, {name: {} for name in _PARTS}
        if self._path is None or self.is_valid:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._path.parent, suffix=".tmp", delete=False, newline="\n"
            ) as file:
                temporary = Path(file.name)
                try:
                    file.write(f"{_checksum(text)}\n{text}")
                except OSError:
                    temporary.unlink(missing_ok=True)
                    raise
            temporary.replace(self._path)
            self._drop_old(self._path.parent)

    @staticmethod
    def _drop_old(folder: Path) -> None:
        # the half-written ones of a start that was killed too
        files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_KEPT:]:
            file.unlink(missing_ok=True)


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
