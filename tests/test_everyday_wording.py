"""What people say instead of asking: 改没改完, 975个电站装机容量, 帮助多少人就业."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.understanding.conversation import Conversation


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("危房改造完没完", "housing.completion"),
        ("危房修没修完啊", "housing.completion"),
        ("电站建没建成", "solar.stations"),
        ("贫困村脱没脱贫", "overall.villages_lifted"),
        ("专班成没成立", "governance.task_forces"),
        ("产业园建没建", "relocation.industrial_parks"),
        ("四包推没推行", "governance.four_bao"),
        ("张家口的贫困程度深不深", "overall.difficulty"),
        ("脱贫任务艰不艰巨", "overall.difficulty"),
        ("入住率高不高", "relocation.occupancy_rate"),  # a word of a question already
    ],
)
def test_what_is_said_both_ways_denies_nothing(assistant: Assistant, message: str, fact: str) -> None:
    reply = assistant.reply(message, Conversation())
    assert (reply.outcome, reply.facts) == ("answer", (fact,)), message
    assert reply.verdict in (None, "supported")


def test_both_of_two_is_no_question(assistant: Assistant) -> None:
    reply = assistant.reply("饮水巩固提升工程总共多少人沾光，穷的不穷的都算", Conversation())
    assert reply.facts == ("water.beneficiaries",)


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("975个电站装机容量", "solar.capacity"),
        ("975座光伏电站的装机容量？", "solar.capacity"),
        ("975个电站的装机是啥数", "solar.capacity"),
        ("1090个产业项目总投资", "industry.investment"),
        ("1090个产业项目的总投资是", "industry.investment"),
        ("119个集中安置项目入住率", "relocation.occupancy_rate"),
        ("搬迁的102470人，入住率", "relocation.occupancy_rate"),
        ("62.04万人次救助资金", "health.aid_funds"),
        ("10.69万户累计分红", "solar.income"),
        ("80家龙头企业增收贫困人口", "industry.enterprise_people"),
        ("618个村惠及群众", "water.beneficiaries"),
        ("龙头企业带动增收3.11万户，人呢", "industry.enterprise_people"),
        ("25.6万人就业率", "derived.employment_rate"),
        ("46.68万人里贫困人口是啥数", "water.poor_beneficiaries"),
        ("贫困发生率高于10%的非贫困村是啥数", "infrastructure.other_villages"),
        ("130万千瓦的电站有几座", "solar.stations"),  # the unit of a figure told is no thing asked of
        ("26.9亿元的项目有几个", "industry.projects"),
    ],
)
def test_a_measure_of_what_has_the_figure_is_asked_for(assistant: Assistant, message: str, fact: str) -> None:
    reply = assistant.reply(message, Conversation())
    assert (reply.outcome, reply.facts, reply.verdict) == ("answer", (fact,), None), message


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("救助62.04万人次贫困人口", "health.aided_visits"),  # who they are
        ("带动10.69万户贫困户", "solar.households"),
        ("46.68万人都是贫困户吧", None),  # claimed, and not asked for
    ],
)
def test_a_figure_that_is_only_told_asks_for_no_other(assistant: Assistant, message: str, fact: str | None) -> None:
    reply = assistant.reply(message, Conversation())
    assert fact in reply.facts if fact else reply.verdict != "supported", message


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("多少人找到了工作", "employment.employed"),
        ("帮助多少人就业", "employment.employed"),
        ("解决了多少人的就业", "employment.employed"),
        ("促进多少人就业", "employment.employed"),
        ("帮助多少人脱贫", "overall.people_lifted"),
        ("带领多少人脱贫", "overall.people_lifted"),
        ("龙头企业帮扶了多少户", "industry.enterprise_households"),
        ("新型经营主体帮扶多少人", "industry.entity_people"),
        ("光伏电站帮扶了几户贫困户", "solar.households"),
        ("搬迁后落实帮扶的有多少人", "relocation.supported_people"),
    ],
)
def test_who_is_helped_to_what_is_counted(assistant: Assistant, message: str, fact: str) -> None:
    reply = assistant.reply(message, Conversation())
    assert (reply.outcome, reply.facts) == ("answer", (fact,)), message


def test_a_claim_that_fits_no_fact_whole_gets_no_choice(assistant: Assistant) -> None:
    assert assistant.reply("龙头企业带动6.07万人就业对吗", Conversation()).outcome == "abstain"


@pytest.mark.parametrize("message", ["有多少家从光伏拿钱", "几家分到了光伏的收益"])
def test_what_has_a_classifier_is_no_amount(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message, Conversation()).facts == ("solar.households",), message


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("光伏收益分给贫困户多少", "solar.income"),  # who gets it isn't counted
        ("光伏收益分给多少贫困户", "solar.households"),
    ],
)
def test_to_whom_something_is_given_is_not_counted(assistant: Assistant, message: str, fact: str) -> None:
    assert assistant.reply(message, Conversation()).facts == (fact,), message


@pytest.mark.parametrize("message", ["光伏数据有哪些", "光伏都有啥数", "光伏有哪些指标"])
def test_which_numbers_there_are_asks_for_all_of_a_topic(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message, Conversation()).topic == "solar"


def test_two_words_of_facts_are_no_small_talk(assistant: Assistant) -> None:
    assert assistant.reply("电话和来源", Conversation()).outcome == "answer"  # only like 有话再来


@pytest.mark.parametrize(
    "message",
    ["最多的是哪类危房", "危房哪类最多", "三种危房里头哪种户数最多", "哪种危房户数最少", "危房里面户数最多的是哪类"],
)
def test_which_kind_is_the_most_is_told_of_all_kinds(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message, Conversation())
    assert reply.facts == ("housing.renovation_task", "housing.four_categories", "housing.other_categories")


@pytest.mark.parametrize("message", ["种什么能脱贫", "养点啥能挣钱"])
def test_what_to_do_is_no_question_of_how_it_went(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message, Conversation()).outcome == "abstain"


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("谁负总责", "governance.four_levels"),
        ("扶贫由谁总负责", "governance.four_levels"),
        ("贫困发生率多高算重点", "infrastructure.rate_threshold"),
        ("阿公睇医生报几多成呀", "health.reimbursement_rate"),
    ],
)
def test_what_people_say_instead_of_the_report_s_words(assistant: Assistant, message: str, fact: str) -> None:
    assert assistant.reply(message, Conversation()).facts == (fact,)
