"""Questions and claims that are one word away from what the report tells, and those that do reach it."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from tests.talks import last_of


@pytest.mark.parametrize(
    "messages",
    [
        ("以前报销比例是多少",),  # another time
        ("之前搬迁了多少人",),
        ("光伏收益多少", "以前呢"),
        ("我妈在北京住院能报多少",),  # another place
        ("光伏带动多少户", "我家在蔚县能分多少"),
        ("饮水项目投资多少",),  # another topic's money
        ("搬迁项目投资多少",),
        ("深度贫困村就业多少",),  # of places, what is told of people
        ("园区就业多少",),
        ("饮水提升的贫困村多少个",),  # a kind, of which the report doesn't say that they are
        ("饮水提升了多少村", "贫困村几个"),
        ("33个村是哪些",),  # names
        ("18个专班分别是什么",),
        ("26.9亿是谁投的",),
        ("千企都有哪些企业",),
        ("旅游脱贫多少人",),  # helped, but not said to have left poverty
        ("饮水有多少户受益？我指巩固提升",),  # of another work
        ("救助一个人多少钱",),  # what one person gets
        ("光伏受益群众多少",),  # no money is asked for
        ("贫困发生率高于20%、基础设施差的贫困村有多少个",),
        ("贫困发生率高于10%的县有几个",),  # the bound is drawn of villages
        ("高于10%的深度贫困村有几个",),
        ("贫困发生率高于10%的村多少", "低于10%的呢"),
        ("一直以来脱贫多少村",),  # this year's
        ("扶贫总投入多少",),  # of one of its works only
        ("全市扶贫总共投了多少钱",),
        ("光伏扶贫资金多少",),
        ("工业项目投资多少",),
        ("党政一把手是谁",),
    ],
)
def test_what_is_a_word_away_from_what_is_told_is_refused(assistant: Assistant, messages: tuple[str, ...]) -> None:
    reply = last_of(assistant, *messages)
    assert (reply.outcome, reply.facts) == ("abstain", ()), messages


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("以前喝水难、现在解决了的贫困户有几户", "water.solved_households"),
        ("新型经营主体本身有几个", "industry.new_entities"),
        ("我在北京工作，张家口脱贫了多少人", "overall.people_lifted"),
        ("产业项目投资多少", "industry.investment"),
        ("产业扶贫总投入多少", "industry.investment"),
        ("产业扶贫资金多少", "industry.investment"),
        ("健康扶贫一共花了多少", "health.aid_funds"),
        ("这些年一共搬了多少人", "relocation.people"),
        ("高于10%的村一共几个", "derived.infrastructure_total"),
        ("重点倾斜的贫困村有几个", "infrastructure.poor_villages"),
        ("重点倾斜的贫困村加非贫困村一共多少", "derived.infrastructure_total"),
        ("七长是哪些", "education.seven_heads"),
        ("带动多少户？我指光伏", "solar.households"),
        ("产业扶贫项目上了多少个，俺这脑子不好使了", "industry.projects"),
        ("9.1万是谁带动的", "industry.entity_people"),
        ("3.11万户是哪来的", "industry.enterprise_households"),
        ("四类重点对象的危房改完了吗", "housing.completion"),
        ("非四类的改完了吗", "housing.completion"),
    ],
)
def test_what_only_looks_like_a_near_miss_is_answered(assistant: Assistant, message: str, fact: str) -> None:
    reply = last_of(assistant, message)
    assert (reply.outcome, reply.facts) == ("answer", (fact,)), message


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("光伏装机达到一百万千瓦了吗", "solar.capacity", "supported"),
        ("报销比例达到90%没有", "health.reimbursement_rate", "supported"),
        ("深度贫困村达到100个了吗", "infrastructure.deep_villages", "refuted"),
        ("报销比例达到80%，对吗", "health.reimbursement_rate", "refuted"),  # says what it is
        ("618个贫困村完成饮水提升，对吗", "water.upgraded_villages", "refuted"),
        ("102470名贫困人口搬迁，是吗", "relocation.people", "refuted"),
        ("四千多穷人喝水解决了，对吗", "water.solved_people", "supported"),
        ("18.15万贫困人口就业了吧", "employment.employed", "supported"),
        ("四类危房只有4795户吧", "housing.four_categories", "supported"),  # of which nothing is a part
        ("省里下达的只有9754户，对吗", "housing.renovation_task", "supported"),
    ],
)
def test_claims_of_as_many_and_of_which_kind(assistant: Assistant, message: str, fact: str, verdict: str) -> None:
    reply = last_of(assistant, message)
    assert (reply.facts, reply.verdict) == ((fact,), verdict), message


@pytest.mark.parametrize(
    ("messages", "topic"),
    [
        (("旅游收入多少",), "tourism"),
        (("光伏板多少钱",), "solar"),
        (("还剩多少人没脱贫啊",), "overall"),
        (("脱贫户人均收入多少块",), "overall"),
        (("城市危房多少户",), "housing"),
        (("张家口这次脱贫了几个村", "那承德呢"), "overall"),
    ],
)
def test_what_a_word_for_something_untold_speaks_of_is_offered(
    assistant: Assistant, messages: tuple[str, ...], topic: str
) -> None:
    reply = last_of(assistant, *messages)
    assert reply.outcome == "abstain"
    assert {id.partition(".")[0] for id in reply.options} == {topic}


def test_what_is_asked_after_something_untold_is_of_what_it_spoke_of(assistant: Assistant) -> None:
    assert last_of(assistant, "旅游收入多少", "那带动多少人").facts == ("tourism.people",)


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("全市危房只有9754户，对吗", ("derived.housing_total", "housing.renovation_task")),
        ("改造危房仅9754户吧", ("derived.housing_total", "housing.renovation_task")),
        ("重点倾斜的村只有316个，对吗", ("derived.infrastructure_total", "infrastructure.poor_villages")),
    ],
)
def test_a_part_isn_t_all_there_is(assistant: Assistant, message: str, facts: tuple[str, ...]) -> None:
    reply = last_of(assistant, message)
    assert (reply.facts, reply.verdict) == (facts, "refuted"), message


@pytest.mark.parametrize(
    ("message", "facts", "verdict"),
    [
        (
            "1020个主体带动17989户32715人，对吗",
            ("tourism.entities", "tourism.households", "tourism.people"),
            "supported",
        ),
        (
            "975个电站130万千瓦带动10.69万户，对吗",
            ("solar.stations", "solar.capacity", "solar.households"),
            "supported",
        ),
        (
            "1020个主体带动9.1万人，对吗",  # those are others
            ("industry.new_entities", "tourism.entities", "industry.entity_people"),
            "refuted",
        ),
    ],
)
def test_a_figure_before_another_may_be_of_what_stands_behind_it(
    assistant: Assistant, message: str, facts: tuple[str, ...], verdict: str
) -> None:
    reply = last_of(assistant, message)
    assert (reply.facts, reply.verdict) == (facts, verdict), message


def test_a_few_more_of_what_villagers_say(assistant: Assistant) -> None:
    assert last_of(assistant, "我屋头老汉儿在看新闻，问这回总共好多人脱了贫哦").facts == ("overall.people_lifted",)
    assert last_of(assistant, "3q啦 88").outcome == "chat"
    assert last_of(assistant, "入驻企业多少家").outcome == "abstain"
    assert last_of(assistant, "有没有贫困家庭小孩不上学的", "这话出自哪一句").facts == ("education.dropouts",)


@pytest.mark.parametrize(
    ("message", "offered"),
    [
        ("26.9亿是哪来的", "industry.investment"),  # the money, not the report
        ("26.9亿谁出的", "industry.investment"),
        ("3.68亿钱从哪儿出", "health.aid_funds"),
        ("98157谁算的", "overall.people_lifted"),
        ("三种产业一共带动多少户", "industry.enterprise_households"),
        ("就业增收多少", "employment.employed"),
        ("网站编辑叫什么名字", "about.publisher"),
        ("都上哪打工去了", "employment.employed"),
    ],
)
def test_what_is_refused_offers_what_it_speaks_of(assistant: Assistant, message: str, offered: str) -> None:
    reply = last_of(assistant, message)
    assert reply.outcome == "abstain"
    assert offered in reply.options


def test_where_a_figure_is_from_is_not_refused_with_the_money(assistant: Assistant) -> None:
    assert last_of(assistant, "26.9亿这个数哪来的").facts == ("industry.investment",)
    assert last_of(assistant, "这篇文章哪来的").facts == ("about.source",)
