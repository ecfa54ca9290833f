"""The command that shows whether a question set was copied into intents/."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.overlap import main


@pytest.mark.parametrize(
    ("ask", "copied"),
    [
        ("电站装机多少？", True),  # a paraphrase
        ("电站，装机多少?!", True),
        ("谢谢你的帮助！", True),  # small talk
        ("你敢打包票吗？", True),  # a follow-up
        ("请问电站的装机到底是多少？", False),
        ("电站？", False),  # too short to tell
    ],
)
def test_a_copied_question_is_found_whatever_its_punctuation(
    question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str], ask: str, copied: bool
) -> None:
    found = main([str(question_set(f"- ask: {ask}\n  expect: {{abstain: true}}\n"))])
    assert (found == 1) == copied, capsys.readouterr().out
