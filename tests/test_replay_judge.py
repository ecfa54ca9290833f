"""Whether a reply is right: every rule of question sets, and what counts as a wrong figure."""

from __future__ import annotations

import pytest

from bot.replay.judge import passes, satisfies, states_wrong_figure
from bot.replay.question_sets import Case, Expectation
from bot.reply.model import Paragraph, Reply

A, B, C = "solar.stations", "solar.capacity", "solar.households"


def reply(outcome: str, *facts: str, ask: str = "", **fields: object) -> Reply:
    return Reply(ask, outcome, (Paragraph("回复的文字"),), facts=facts, **fields)  # type: ignore[arg-type]


def expect(**spec: object) -> Expectation:
    """An expectation from how it is written in a question set."""
    outcome = next(key for key in spec if key != "verdict")
    return Expectation(
        outcome,  # type: ignore[arg-type]
        facts=tuple(spec.get("answer", ())),  # type: ignore[arg-type]
        verdict=spec.get("verdict"),  # type: ignore[arg-type]
        topic=spec.get("overview"),  # type: ignore[arg-type]
        options=tuple(spec.get("clarify", ())),  # type: ignore[arg-type]
    )


def case(*accept: Expectation) -> Case:
    return Case("问", accept, (), "set.yaml", 1)


@pytest.mark.parametrize(
    ("expected", "said", "right"),
    [
        (expect(answer=[A]), reply("answer", A), True),
        (expect(answer=[A, B]), reply("answer", B, A), True),
        (expect(answer=[A, B]), reply("answer", A), False),
        (expect(answer=[A]), reply("answer", A, B), False),
        (expect(answer=[A]), reply("answer", B), False),
        (expect(answer=[A]), reply("overview", A, topic="solar"), False),
        (expect(answer=[A]), reply("abstain", options=(A,)), False),
        (expect(answer=[A]), reply("answer", A, verdict="refuted"), True),
        (expect(answer=[A], verdict="refuted"), reply("answer", A, verdict="refuted"), True),
        (expect(answer=[A], verdict="refuted"), reply("answer", B, A, verdict="refuted"), True),
        (expect(answer=[A, B], verdict="refuted"), reply("answer", A, verdict="refuted"), False),
        (expect(answer=[A], verdict="refuted"), reply("answer", A, verdict="supported"), False),
        (expect(answer=[A], verdict="supported"), reply("answer", A), False),
        (expect(answer=[A], verdict="supported"), reply("abstain", verdict="supported"), False),
        (expect(overview="solar"), reply("overview", A, B, topic="solar"), True),
        (expect(overview="solar"), reply("overview", A, topic="health"), False),
        (expect(overview="solar"), reply("answer", A, topic="solar"), False),
        (expect(clarify=[A, B, C]), reply("clarify", options=(C, "water.works", A)), True),
        (expect(clarify=[A, B, C]), reply("clarify", options=(C, "water.works")), False),
        (expect(clarify=[A]), reply("clarify", options=(B, A)), True),
        (expect(clarify=[A]), reply("clarify", options=(B, C)), False),
        (expect(clarify=[A, B]), reply("abstain", options=(A, B)), False),
        (expect(abstain=True), reply("abstain", options=(A,)), True),
        (expect(abstain=True), reply("chat"), False),
        (expect(chat=True), reply("chat"), True),
        (expect(chat=True), reply("abstain"), False),
    ],
)
def test_each_rule_of_judging(expected: Expectation, said: Reply, right: bool) -> None:
    assert satisfies(said, expected) is right


def test_any_accepted_outcome_is_right() -> None:
    either = case(expect(clarify=[A, B]), expect(answer=[A]))
    assert passes(reply("answer", A), either)
    assert passes(reply("clarify", options=(A, B)), either)
    assert not passes(reply("answer", B), either)


@pytest.mark.parametrize(
    ("asked", "said", "wrong"),
    [
        (case(expect(answer=[A])), reply("answer", B), True),
        (case(expect(answer=[A])), reply("answer", A, B), True),
        (case(expect(answer=[A, B])), reply("answer", A), False),
        (case(expect(abstain=True)), reply("answer", A), True),
        (case(expect(abstain=True)), reply("clarify", options=(A, B)), False),
        (case(expect(overview="solar")), reply("answer", A), True),
        (case(expect(answer=[A])), reply("overview", B, topic="solar"), False),
        (case(expect(clarify=[A, B])), reply("answer", A), False),
        (case(expect(clarify=[A, B])), reply("answer", C), True),
        (case(expect(answer=[A]), expect(answer=[B, C])), reply("answer", B), False),
        (case(expect(answer=[A], verdict="refuted")), reply("answer", A, B, verdict="refuted"), False),
        (case(expect(answer=[A], verdict="refuted")), reply("answer", A, B, verdict="supported"), True),
        (case(expect(answer=[A], verdict="refuted")), reply("answer", A, verdict="supported"), False),
    ],
)
def test_a_wrong_figure_is_a_stated_fact_that_nothing_accepted_names(asked: Case, said: Reply, wrong: bool) -> None:
    assert states_wrong_figure(said, asked) is wrong
