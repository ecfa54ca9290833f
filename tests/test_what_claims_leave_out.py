"""Claims that say more than a figure: how much in words, what is left, of all of them, what is of what."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.understanding.conversation import Conversation


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("入住率很低对吗", "relocation.occupancy_rate", "refuted"),
        ("入住率不高吧", "relocation.occupancy_rate", "refuted"),
        ("入住率很高吧", "relocation.occupancy_rate", "supported"),
        ("报销比例不低吧", "health.reimbursement_rate", "supported"),
        ("饮水惠及的大部分是贫困人口对吧", "derived.water_poor_share", "refuted"),
        ("有劳动能力的只有少数人就业吧", "derived.employment_rate", "refuted"),
        ("搬迁人口都入住了对吧", "relocation.occupancy_rate", "refuted"),
        ("危房改造得晚了对吧", "housing.completion", "refuted"),
        ("张家口脱贫难度不大吧", "overall.difficulty", "refuted"),
        ("危房改造了20368户对吗", "derived.housing_total", "supported"),
        ("改造危房超过2万户对吗", "derived.housing_total", "supported"),
        ("四类重点对象的危房改造了20368户吧", "housing.four_categories", "refuted"),  # the part is named
        ("还有102470人要搬迁对吧", "relocation.people", "refuted"),
        ("张家口有102470个搬迁户对吧", "relocation.people", "refuted"),
        ("脱贫了747个村，还有98157人对吗", "overall.people_lifted", "supported"),  # as well, and not left
        ("25.6万人里有18.15万人就业了吧", "employment.employed", "supported"),
        ("饮水安全问题得到解决的4212名贫困人口来自1912户，对吧", "water.solved_people", "supported"),
    ],
)
def test_what_is_claimed_in_words_is_judged(assistant: Assistant, message: str, fact: str, verdict: str) -> None:
    reply = assistant.reply(message, Conversation())
    assert fact in reply.facts and reply.verdict == verdict, message


@pytest.mark.parametrize(
    "message",
    [
        "还有747个贫困村对吧",  # how many were lifted, and not how many are left
        "还有98157名贫困人口对吧",
        "大部分搬迁人口有帮扶对吧",  # whose share isn't told
        "安置项目更多对吧",  # than what?
        "张家口的贫困人口都脱贫了对吧",
        "产业项目都完成了对吧",
        "9754户里有4795户是四类对吧",  # told apart
        "4795户属于9754户对吗",
        "98157人都来自747个村对吗",
        "747个村包括99个深度贫困村对吗",
        "4212人在46.68万人里面吗",
        "6.07万和9.1万有重复吗",
        "26.9亿投给了80家企业对吗",
    ],
)
def test_what_the_report_leaves_open_is_not_affirmed(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message, Conversation())
    assert reply.verdict is None, message


@pytest.mark.parametrize(
    ("message", "facts", "verdict"),
    [
        ("光伏电站没有到1000个，对吧", ("solar.stations",), "supported"),
        ("光伏电站没有到900个，对吧", ("solar.stations",), "refuted"),
        (
            "我记的是光伏电站975个、装机130万千瓦、分了8.4亿，哪儿有错没",
            ("solar.stations", "solar.capacity", "solar.income"),
            "refuted",
        ),
        (
            "有人总结说：龙头企业帮了3.11万户、6.07万贫困人口，准确吗",
            ("industry.enterprise_households", "industry.enterprise_people"),
            "supported",
        ),
    ],
)
def test_what_is_claimed_of_several_is_judged(
    assistant: Assistant, message: str, facts: tuple[str, ...], verdict: str
) -> None:
    reply = assistant.reply(message, Conversation())
    assert (reply.facts, reply.verdict) == (facts, verdict), message


@pytest.mark.parametrize(
    ("message", "facts", "verdict"),
    [
        ("316加192一共508个村对吗", ("derived.infrastructure_total",), "supported"),
        ("316加192一共518个村对吗", ("derived.infrastructure_total",), "refuted"),
        (
            "危房4795户加5819户共10614户对吗",  # no sum of the report's
            ("housing.four_categories", "housing.other_categories"),
            "supported",
        ),
        (
            "四类4795户和非四类5819户一共11614户对吧",
            ("housing.four_categories", "housing.other_categories"),
            "refuted",
        ),
    ],
)
def test_a_sum_said_with_its_parts_is_added_up(
    assistant: Assistant, message: str, facts: tuple[str, ...], verdict: str
) -> None:
    reply = assistant.reply(message, Conversation())
    assert (reply.facts, reply.verdict) == (facts, verdict), message


def test_households_of_two_topics_are_not_added_up(assistant: Assistant) -> None:
    reply = assistant.reply("光伏10.69万户和旅游17989户一共12.49万户对吧", Conversation())
    assert reply.verdict != "supported"
