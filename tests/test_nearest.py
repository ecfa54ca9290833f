"""Paraphrases are passed over without changing an answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.assistant import load_assistant
from bot.replay.question_sets import load_question_sets
from bot.replay.runner import replay
from bot.understanding import matcher
from bot.understanding.nearest import Nearest

CONCEPTS = "abcdefghij"
#: bags of concepts as the matcher writes them: each concept's character, as often as it weighs, sorted
bags = st.sets(st.sampled_from(CONCEPTS)).map(lambda bag: "".join(c * (1 + CONCEPTS.index(c) % 4) for c in sorted(bag)))


@example(["bbcccc", "aacccc"], "aabbcccc", 1)  # a tie that the last digit of a ratio hid
@given(st.lists(bags, min_size=1, max_size=60), bags, st.integers(1, 8))
def test_looking_up_finds_what_a_pass_over_all_finds(paraphrases: list[str], question: str, limit: int) -> None:
    looked_up = Nearest(paraphrases, few=0).find(question, limit)
    assert looked_up == Nearest(paraphrases).find(question, limit)


def test_looking_closely_at_every_paraphrase_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = load_assistant()
    files = sorted((Path(__file__).parent / "questions").glob("public_*.yaml"))
    dialogues = load_question_sets(files, assistant.report)
    pruned = [(r.reply.outcome, r.reply.facts, r.reply.verdict) for r in replay(assistant, dialogues)]
    monkeypatch.setattr(matcher, "CANDIDATES", 10**6)
    every = [(r.reply.outcome, r.reply.facts, r.reply.verdict) for r in replay(load_assistant(), dialogues)]
    assert pruned == every
