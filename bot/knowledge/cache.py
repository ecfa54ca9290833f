"""What one start can skip because an earlier one did it: validation, parsing the word lists, expanding templates, and
reading the paraphrases.

One file in the user's cache folder, named by the content of every YAML file and by the program's files (by the hash
that Python knows its own compiled modules by): a changed word makes a new name. Plain JSON behind its own checksum:
losing the file, or finding it half-written or foreign, only costs time.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection, Iterable
from importlib.util import source_hash
from pathlib import Path
from typing import Any

from opencc import __version__ as opencc_version

#: files kept: one per report that was used lately
_KEPT = 8
_PARTS = ("sentences", "data", "paraphrases", "readings", "words", "talk", "figures")


class StartCache:
    """The data of YAML files and a topic's paraphrases by file, sentences by template, how paraphrases were read, the
    words by meanings, the sentences of small talk, and the facts' figures as they are typed.

    `is_valid` says that these very files were found valid before, and that everything of them is known.
    """

    def __init__(self, path: Path | None, files: Collection[Path] = ()) -> None:
        self._path = path
        self._files = files
        self._parts: dict[str, dict[str, Any]] = {name: {} for name in _PARTS}
        self.is_valid = False
        if path is None:
            return
        with contextlib.suppress(OSError, ValueError, RecursionError):
            checksum, _, text = path.read_bytes().partition(b"\n")
            if checksum == source_hash(text).hex().encode():
                parts = json.loads(text.decode())
                if isinstance(parts, dict) and parts.keys() == {*_PARTS}:
                    self._parts, self.is_valid = parts, True

    @classmethod
    def of(cls, files: Collection[Path]) -> StartCache:
        """The cache for exactly these files as they are now."""
        home = os.environ.get("XDG_CACHE_HOME")
        try:
            base = Path(home) if home else Path.home() / ".cache"
        except RuntimeError:  # no home folder
            return cls(None)
        return cls(base / "reportbot" / f"{_key_of(files)}.json", files)

    def get(self, part: str, key: str) -> Any:
        """What is known of a part (one of _PARTS) under a key, None where nothing is."""
        return self._parts[part].get(key)

    def put(self, part: str, key: str, value: Any) -> None:
        """Note something, of JSON's own types, to be known at the next start."""
        self._parts[part][key] = value

    def put_data(self, name: str, data: Any) -> None:
        """Note the data of a YAML file, if it comes back from JSON as it was."""
        if self.is_valid:
            return
        with contextlib.suppress(TypeError, ValueError):
            if json.loads(json.dumps(data)) == data:
                self.put("data", name, data)

    def save(self) -> None:
        """Keep what was noted, all or nothing, and forget it here; a folder that can't be written is no error."""
        parts, self._parts = self._parts, {name: {} for name in _PARTS}
        if self._path is None or self.is_valid or self._path.stem != _key_of(self._files):
            return  # … or a file was changed while it was read
        import tempfile  # only the first start after a change saves anything

        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
            with tempfile.NamedTemporaryFile(dir=self._path.parent, suffix=".tmp", delete=False) as file:
                temporary = Path(file.name)
                try:
                    file.write(source_hash(text).hex().encode() + b"\n" + text)
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


def _key_of(files: Iterable[Path]) -> str:
    """What names the cache of these files: their places and content, and the program."""
    known = [opencc_version.encode()]  # its tables decide how a paraphrase is read
    for file in sorted(files):
        known.append(str(file).encode())
        with contextlib.suppress(OSError):
            known.append(file.read_bytes())
    for folder, _, names in sorted(os.walk(Path(__file__).parent.parent)):
        for name in sorted(names):
            if not name.endswith(".py"):
                continue
            with contextlib.suppress(OSError):  # known by size and time, as Python knows its compiled modules
                stat = os.stat(f"{folder}/{name}")  # noqa: PTH116 (a Path for each takes longer than all the rest)
                known.append(f"{folder}/{name}\0{stat.st_size}\0{stat.st_mtime_ns}".encode())
    return source_hash(b"\0".join(known)).hex()
