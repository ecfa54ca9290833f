"""The bot's own question sets: a change that makes it answer worse, or wrongly, fails here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cli import main
from bot.replay.question_sets import load_question_sets
from bot.replay.runner import replay
from bot.replay.sweep import by_confidence
from tests.readme import READMES, accuracy_row

SETS = Path(__file__).parent / "questions"
TOTALS = re.compile(r"共 (\d+) 题，答对 (\d+).*?数字答错 (\d+)")


@pytest.mark.parametrize(
    ("name", "least_right", "most_wrong"),
    [("development", 0.95, 0.008), ("held_out", 0.90, 0.025)],
)
def test_answers_as_well_as_before(
    capsys: pytest.CaptureFixture[str], name: str, least_right: float, most_wrong: float
) -> None:
    assert main(["replay", "--quiet", str(SETS / f"{name}.yaml")]) in (0, 1)
    totals = TOTALS.search(capsys.readouterr().out)
    assert totals
    cases, right, wrong = (int(number) for number in totals.groups())
    assert cases > 400
    assert right / cases >= least_right
    assert wrong / cases <= most_wrong


def test_a_confident_answer_is_right(assistant: Assistant) -> None:
    dialogues = load_question_sets([SETS / "development.yaml"], assistant.report)
    count = dict(by_confidence(list(replay(assistant, dialogues))))[90.0]
    assert count.cases > 500
    assert count.right_percent >= 98.8


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["held_out.yaml", "development.yaml"])
def test_the_readme_tells_what_a_replay_finds(assistant: Assistant, readme: Path, name: str) -> None:
    assert accuracy_row(assistant, name) in readme.read_text(encoding="utf-8"), "run python -m tests.readme"


def test_no_question_of_the_sets_is_copied_into_the_intents(capsys: pytest.CaptureFixture[str]) -> None:
    from tests.overlap import main as overlap

    assert overlap([str(SETS / "development.yaml"), str(SETS / "held_out.yaml")]) == 0, capsys.readouterr().out
