"""Who asks, of whom, what for and how they came to ask is no part of a question; what limits it is."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from tests.talks import last_of

ASKED = [
    ("光伏扶贫电站有多少个", "solar.stations"),
    ("七长是哪七长", "education.seven_heads"),
    ("累计搬迁了多少人", "relocation.people"),
]


@pytest.mark.parametrize(("question", "fact"), ASKED)
@pytest.mark.parametrize(
    "around",
    [
        "{}？老师让我查的。",
        "女儿问我{}",
        "客户问{}",
        "学生问老师：{}",
        "前天有人问我{}",
        "我们村的人都在问{}",
        "我们县的朋友想知道，{}？",
        "谁能告诉我{}",
        "老师，{}",
        "女士您好，{}",
        "妇联要材料，{}",
        "{}？公司写材料用。",
        "我们单位要写材料，{}？",
        "上周老师讲过，我忘了，{}？",
        "去年那篇报道里，{}？",
        "外国朋友问起，{}",
        "全国都在关注，{}",
        "最关键的问题是{}",
        "{}？最好给个准确数",
        "我上初二，{}",
        "我家在深度贫困县，{}",
        "我在村里当会计，想知道{}",
        "河北省张家口市{}",
        "张家口(河北省){}",
    ],
)
def test_what_stands_around_a_question_is_no_part_of_it(
    assistant: Assistant, around: str, question: str, fact: str
) -> None:
    reply = last_of(assistant, around.format(question))
    assert (reply.outcome, reply.facts) == ("answer", (fact,))


@pytest.mark.parametrize(
    "message",
    [
        "我想问去年的，光伏扶贫电站有多少个",
        "我们县的光伏扶贫电站有多少个",
        "去年的报道里，光伏扶贫电站有多少个",
        "承德的人问光伏扶贫电站有多少个",
        "河北省光伏扶贫电站有多少个",
        "老师辍学的有几个",
    ],
)
def test_what_limits_a_question_stays_part_of_it(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message).outcome == "abstain"


def test_who_is_asked_of_is_no_address(assistant: Assistant) -> None:
    reply = last_of(assistant, "校长，算不算七长之一")
    assert (reply.facts, reply.verdict) == (("education.seven_heads",), "supported")


def test_what_is_asked_of_people_like_the_asker_is_asked_of_what_they_are(assistant: Assistant) -> None:
    reply = last_of(assistant, "我待的就是个深度贫困村，像我们这样的有多少个在搞双基提升")
    assert reply.facts == ("infrastructure.deep_villages",)
