"""Who asks, of whom, what for and how they came to ask is no part of a question; what limits it is."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.understanding.conversation import Conversation
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
        "我去年刚结婚，{}",
        "我当了三十年乡村教师，{}",
        "我女朋友是重庆的，她问张家口{}",
        "我要去石家庄汇报，张家口{}",
        "我学校在太原，{}",
        "我月薪4500，{}",
        "{}？我们组长非要这个数",
        "住建局的朋友在不 {}",
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
        "我在唐山，我们市光伏扶贫电站有多少个",
        "我在承德，当地有多少贫困村脱贫",
        "我从张家口调到保定了，这边脱贫了多少人",
        "看完张家口的数字，我想起我的家乡信阳，那里脱贫了多少人",
        "去年这时候我在调研，当时有多少贫困村脱贫",
        "我家分了多少光伏收益",
        "我孩子上高中，辍学的有几个",
        "我对象他们乡，水改好的村有几个",
        "全市搬迁102470人，那承德呢",
        "全市零辍学，那我们学校呢",
    ],
)
def test_what_limits_a_question_stays_part_of_it(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message).outcome == "abstain"


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("我是成都人嫁到张家口来的，想问下这边集中安置的项目完工几个了", "relocation.projects"),
        ("像我家这样被龙头企业带着增收的有多少户", "industry.enterprise_households"),
        ("我去年刚结婚，入住率多少", "relocation.occupancy_rate"),
        ("搬迁的都住进去了没 住进去的比例是百分之多少", "relocation.occupancy_rate"),
        ("我淨係記得有個標準，七長係邊個", "education.seven_heads"),
    ],
)
def test_what_says_of_what_it_is_asked_stays_part_of_it(assistant: Assistant, message: str, fact: str) -> None:
    reply = last_of(assistant, message)
    assert (reply.outcome, fact in reply.facts) == ("answer", True)


def test_who_is_asked_of_is_no_address(assistant: Assistant) -> None:
    reply = last_of(assistant, "校长，算不算七长之一")
    assert (reply.facts, reply.verdict) == (("education.seven_heads",), "supported")


def test_what_is_asked_of_people_like_the_asker_is_asked_of_what_they_are(assistant: Assistant) -> None:
    reply = last_of(assistant, "我待的就是个深度贫困村，像我们这样的有多少个在搞双基提升")
    assert reply.facts == ("infrastructure.deep_villages",)


@pytest.mark.parametrize(
    "messages",
    [
        ("老家宣化今年脱贫了多少人",),
        ("老家蔚县有多少光伏电站",),
        ("张家口脱贫多少人", "我老家怀安呢"),
        ("县里有几个深度贫困村",),
        ("镇上搬迁了多少人",),
        ("这个县脱贫了多少人",),
    ],
)
def test_a_place_that_is_only_pointed_at_has_no_figure(assistant: Assistant, messages: tuple[str, ...]) -> None:
    talk = Conversation()
    outcomes = [assistant.reply(message, talk).outcome for message in messages]
    assert outcomes[-1] == "abstain", messages


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("我老家张北的，想问张家口脱贫多少人", "overall.people_lifted"),
        ("99个深度贫困村分在几个县里", "infrastructure.deep_counties"),
        ("村里搞旅游的经营主体有多少", "tourism.entities"),  # 乡村旅游
    ],
)
def test_where_the_asker_is_from_and_villages_are_no_other_place(assistant: Assistant, message: str, fact: str) -> None:
    assert assistant.reply(message, Conversation()).facts == (fact,), message
