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
        ("除了带动多少户，旅游还带动多少人", "tourism.people"),  # as well as that
        ("“千企帮千村”之外还有哪个行动", "cooperation.campaigns"),
        ("除了搬迁，还建了多少产业园区", "relocation.industrial_parks"),  # what was done as well
    ],
)
def test_what_is_told_of_the_rest_is_answered(assistant: Assistant, message: str, fact: str) -> None:
    assert last_of(assistant, message).facts == (fact,), message


@pytest.mark.parametrize(
    "messages",
    [
        ("旅游收入多少", "那收益呢"),  # that of another topic
        ("成本多少", "收益呢"),
        ("旅游投资多少", "收益呢"),
        ("贫困发生率多少", "比例呢"),
        ("搬迁多少人", "今年呢"),  # all years together are told
        ("光伏收益多少", "今年的呢"),
    ],
)
def test_what_leans_on_what_is_not_told_is_not_told(assistant: Assistant, messages: tuple[str, ...]) -> None:
    assert last_of(assistant, *messages).outcome == "abstain", messages


@pytest.mark.parametrize(
    ("messages", "fact"),
    [
        (("光伏带动多少人", "户呢"), "solar.households"),
        (("光伏成本多少", "收益呢"), "solar.income"),  # of the same topic
        (("救助多少人次", "今年呢"), "health.aided_visits"),  # this year's is told
    ],
)
def test_what_leans_on_the_same_topic_is_told(assistant: Assistant, messages: tuple[str, ...], fact: str) -> None:
    assert last_of(assistant, *messages).facts == (fact,), messages
