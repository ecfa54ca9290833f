"""What the log keeps to itself."""

from __future__ import annotations

import logging
import sys

from bot.frontends.telegram.logs import DiscreetFormatter
from tests.telegram.fake_api import TOKEN


def test_a_bug_is_logged_with_its_place_but_not_with_what_it_was_about() -> None:
    question = "光伏扶贫电站有多少个"
    try:
        try:
            raise KeyError(question)
        except KeyError as error:
            raise ValueError(f"bad question {question}") from error
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "failed", None, sys.exc_info())
    shown = DiscreetFormatter(TOKEN).format(record)
    assert all(part in shown for part in ("KeyError", "ValueError", "test_logs.py"))
    assert question not in shown


def test_the_token_is_struck_out() -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "POST %s", (f"https://example.org/bot{TOKEN}/getMe",), None)
    shown = DiscreetFormatter(TOKEN).format(record)
    assert "example.org" in shown
    assert TOKEN.partition(":")[2] not in shown
