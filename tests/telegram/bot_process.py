"""The bot as users run it: a process with an environment."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from tests.telegram.fake_api import PATIENCE, TOKEN, FakeTelegram

_NUMBERS = itertools.count(1)
REPOSITORY = Path(__file__).parents[2]


def environment(base_url: str, token: str | None = TOKEN) -> dict[str, str]:
    """This process's environment without proxies, and with the bot's variables."""
    clean = {k: v for k, v in os.environ.items() if "PROXY" not in k.upper() and not k.startswith("TELEGRAM_")}
    clean.pop("DATABASE_URL", None)
    return clean | {"TELEGRAM_API_BASE_URL": base_url} | ({"TELEGRAM_BOT_TOKEN": token} if token is not None else {})


class BotProcess:
    """`python -m bot telegram` against a fake Bot API, or another command that runs it."""

    def __init__(
        self,
        base_url: str,
        folder: Path,
        command: tuple[str, ...] = ("-m", "bot", "telegram"),
        **variables: str,
    ) -> None:
        self._log = folder / f"bot-{next(_NUMBERS)}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=REPOSITORY,
                env=environment(base_url)
                | {"DATABASE_URL": f"sqlite:///{folder / 'state.sqlite3'}"}
                | variables
                | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        """Everything the process has written to standard output and error."""
        return self._log.read_text(encoding="utf-8")

    def wait_until_polling(self, telegram: FakeTelegram) -> None:
        # The first request only listens whether somebody else polls.
        telegram.wait(lambda: telegram.polls > 1 or self.process.poll() is not None, "getUpdates")
        assert self.process.poll() is None, self.output

    def wait_until_ready(self, port: int) -> None:
        """Wait until a webhook process says that it is ready."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
            time.sleep(0.05)
        raise AssertionError(self.output)

    def wait_for_output(self, part: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while part not in self.output:
            assert time.monotonic() < deadline, self.output
            time.sleep(0.02)

    def terminate(self) -> int:
        """Send SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Make sure that nothing of a failed test runs on."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
