"""The bot's own question sets: a change that makes it answer worse, or wrongly, fails here."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.replay.results import Result, tally
from bot.replay.sweep import by_confidence
from tests.readme import READMES, accuracy_row, confident_row, results_of

SETS = Path(__file__).parent / "questions"


@pytest.fixture(scope="module")
def results(assistant: Assistant) -> dict[str, list[Result]]:
    """What comes of each set, asked once."""
    return {name: results_of(assistant, f"{name}.yaml") for name in ("development", "held_out")}


@pytest.mark.parametrize(
    ("name", "least_right", "most_wrong"),
    [("development", 0.95, 0.008), ("held_out", 0.92, 0.015)],
)
def test_answers_as_well_as_before(
    results: dict[str, list[Result]], name: str, least_right: float, most_wrong: float
) -> None:
    count = tally(results[name])
    assert count.cases > 400
    assert count.right / count.cases >= least_right
    assert count.wrong_figures / count.cases <= most_wrong


@pytest.mark.parametrize(("name", "least_right"), [("development", 99.0), ("held_out", 98.5)])
def test_a_confident_answer_is_right(results: dict[str, list[Result]], name: str, least_right: float) -> None:
    count = dict(by_confidence(results[name]))[90.0]
    assert count.cases > 200
    assert count.right_percent >= least_right


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["held_out", "development"])
def test_the_readme_tells_what_a_replay_finds(results: dict[str, list[Result]], readme: Path, name: str) -> None:
    rows = [accuracy_row(f"{name}.yaml", tally(results[name])), confident_row(f"{name}.yaml", results[name])]
    assert all(row in readme.read_text(encoding="utf-8") for row in rows), "run python -m tests.readme"


def test_no_question_of_the_sets_is_copied_into_the_intents(capsys: pytest.CaptureFixture[str]) -> None:
    from tests.overlap import main as overlap

    assert overlap([str(SETS / "development.yaml"), str(SETS / "held_out.yaml")]) == 0, capsys.readouterr().out
