"""What one start can skip because an earlier one did it: schema validation and the expansion of templates.

A small JSON file in the user's cache folder, keyed by the content of every YAML file and of the code that reads
them: a changed word makes a new key. Losing the file, or finding it half-written or foreign, only costs time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

#: files kept: one per report that was used lately
_KEPT = 8


class StartCache:
    """Sentences of templates by template; `is_valid` says that these very files were found valid before."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._sentences: dict[str, list[str]] = {}
        self.is_valid = False
        if path is None:
            return
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return
        if data and isinstance(data, dict) and all(_is_texts(value) for value in data.values()):
            self._sentences = data
            self.is_valid = True

    @classmethod
    def of(cls, files: Iterable[Path]) -> StartCache:
        """The cache for exactly these files as they are now."""
        digest = hashlib.sha256()
        for file in [*sorted(files), *sorted(Path(__file__).parent.glob("*.py"))]:
            digest.update(file.name.encode() + b"\0")
            with contextlib.suppress(OSError):
                digest.update(file.read_bytes())
        folder = os.environ.get("XDG_CACHE_HOME")
        try:
            base = Path(folder) if folder else Path.home() / ".cache"
        except RuntimeError:  # no home folder
            return cls(None)
        return cls(base / "reportbot" / f"{digest.hexdigest()[:32]}.json")

    def sentences(self, template: str) -> list[str] | None:
        """The sentences of a template, None where they aren't known."""
        return self._sentences.get(template)

    def remember(self, template: str, sentences: list[str]) -> None:
        """Note the sentences of a template."""
        self._sentences[template] = sentences

    def save(self) -> None:
        """Keep what was noted, all or nothing; a folder that can't be written is no error."""
        if self._path is None or self.is_valid:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._path.parent, suffix=".tmp", delete=False
            ) as file:
                temporary = Path(file.name)
                try:
                    json.dump(self._sentences, file, ensure_ascii=False)
                except OSError:
                    temporary.unlink(missing_ok=True)
                    raise
            temporary.replace(self._path)
            self._drop_old(self._path.parent)

    @staticmethod
    def _drop_old(folder: Path) -> None:
        files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_KEPT:]:
            file.unlink(missing_ok=True)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
