"""What a question leaves out (除了…还有多少) isn't told for an answer."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from tests.talks import last_of


@pytest.mark.parametrize(
    "message",
    [
        "除了已就业的，有劳动能力的还有多少",
        "扣掉就业的还有多少人",
        "除了省里下达的任务，还改造了多少户",
        "光伏以外还有多少电站",
        "除了深度贫困县以外还有几个贫困县",
        "除了救助资金还花了多少",
    ],
)
def test_the_rest_is_not_what_was_left_out(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message).outcome == "abstain", message


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("除了四类重点对象以外，另外摸查到的危房有多少户", "housing.other_categories"),  # told as those
        ("不算贫困村、但基础设施差也重点扶的，有几个村", "infrastructure.other_villages"),
        ("除了光伏电站个数，装机还有多少", "solar.capacity"),  # as well as the number of them
        ("“千企帮千村”之外还有哪个行动", "cooperation.campaigns"),
    ],
)
def test_what_is_told_of_the_rest_is_answered(assistant: Assistant, message: str, fact: str) -> None:
    assert last_of(assistant, message).facts == (fact,), message
