"""Turns of a talk that lean on two things named before, on a refusal, or on what was picked."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from tests.talks import last_of

TWO = ("龙头企业和新型经营主体，前者有多少家", "后者呢")


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (TWO, ("industry.new_entities",)),
        ((*TWO, "后者带动了多少贫困人口"), ("industry.entity_people",)),
        ((*TWO, "后者带动了多少贫困人口", "前者呢"), ("industry.enterprise_people",)),
        (("光伏和旅游，前者带动多少户", "后者呢", "前者装机多少"), ("solar.capacity",)),
        (("龙头企业和新型经营主体，前者有多少家", "光伏和旅游，后者带动多少户"), ("tourism.households",)),
        (("光伏电站的个数、装机、分的收益", "第二个没看清，再来一遍"), ("solar.capacity",)),
        (("带动了多少户增收？", "第二个", "光伏的呢"), ("solar.households",)),
        (("扶贫专班由谁牵头", "总共几个来着"), ("governance.task_forces",)),
        (("新型经营主体发展了几个", "带了多少贫困户", "人口呢"), ("industry.entity_people",)),
        (("乡村旅游一年总收入多少", "那带动了多少贫困人口"), ("tourism.people",)),
        (("七长剩下的是谁",), ("education.seven_heads",)),
        (("四包是什么", "具体呢"), ("governance.four_bao",)),
        (("搬迁花多少钱", "入住率呢"), ("relocation.occupancy_rate",)),
        (("乡村旅游带动了17989户，对吗", "人数呢，三万多？"), ("tourism.people",)),
        (("三重保障我只知道基本医保，剩下的是什么",), ("health.triple_protection",)),
    ],
)
def test_what_leans_on_what_was_named(assistant: Assistant, messages: tuple[str, ...], facts: tuple[str, ...]) -> None:
    reply = last_of(assistant, *messages)
    assert (reply.outcome, reply.facts) == ("answer", facts)


@pytest.mark.parametrize(
    "messages",
    [
        ("龙头企业和新型主体，前者带动多少户", "后者呢"),  # of these only people are told
        ("四类重点对象的有多少户来着", "具体是哪四类"),
        ("北京报销多少", "94%吧"),
        ("门诊报销多少", "94%吧"),
        ("旅游收入多少", "4.8亿吧"),
        ("搬迁带动多少户", "是17989户吧"),
        ("33个村以前喝的是什么水",),
        ("三重保障剩下的钱谁出",),
        ("危房改造多少户", "资金呢", "收入呢"),
        ("教育零辍学吗", "投资呢", "资金呢"),
        ("就业多少人", "井呢"),
        ("电站加园区一共几个",),
        ("4795户加5819户一共多少户",),
    ],
)
def test_what_was_refused_stays_untold(assistant: Assistant, messages: tuple[str, ...]) -> None:
    assert last_of(assistant, *messages).outcome == "abstain"


@pytest.mark.parametrize(
    ("messages", "facts", "verdict"),
    [
        (("产业园124个", "是安置项目吧"), ("relocation.industrial_parks",), "refuted"),
        (("脱贫98157人", "是脱贫的村吧"), ("overall.people_lifted",), "refuted"),
        (("产业园比安置项目多吧", "多10个吧"), ("relocation.industrial_parks", "relocation.projects"), "refuted"),
        (("产业园比安置项目多吧", "多5个吧"), ("relocation.industrial_parks", "relocation.projects"), "supported"),
        (("龙头企业和新型主体谁多", "多1663吧"),
         ("industry.leading_enterprises", "industry.new_entities"), "supported"),
        (("龙头企业加新型主体一共带动多少人",), ("industry.enterprise_people", "industry.entity_people"), None),
        (("316加192多少个村",), ("derived.infrastructure_total",), None),
        (("贫困村加非贫困村一共多少",), ("derived.infrastructure_total",), None),
    ],
)  # fmt: skip
def test_what_is_claimed_or_added_of_what_was_told(
    assistant: Assistant, messages: tuple[str, ...], facts: tuple[str, ...], verdict: str | None
) -> None:
    reply = last_of(assistant, *messages)
    assert (reply.facts, reply.verdict) == (facts, verdict)


def test_one_kind_of_what_was_told_to_be_done_is_told_by_the_same_words(assistant: Assistant) -> None:
    reply = last_of(assistant, "危房都改完了吗", "四类的改完了没")
    assert (reply.facts, reply.verdict) == (("housing.completion",), None)


@pytest.mark.parametrize("ending", ["没啊", "没呀", "没呢", "没有啊", "没有哇", "未啊"])
def test_a_particle_behind_what_asks_whether_denies_nothing(assistant: Assistant, ending: str) -> None:
    reply = last_of(assistant, f"危房都改完了{ending}")
    assert (reply.facts, reply.verdict) == (("housing.completion",), None)


@pytest.mark.parametrize(
    "messages",
    [
        ("光伏电站建了多少个", "每个县平均几个"),
        ("光伏带动几户", "每户几口人"),
        ("光伏电站几个", "平均每个收益多少"),  # each household's is told
        ("光伏装机多少", "平均每户多少"),
        ("产业投资多少", "平均每家企业"),
        ("救助多少人次", "平均每天多少"),
        ("就业多少人", "占贫困人口多少"),  # of those able to work it is told
    ],
)
def test_an_average_or_share_of_others_is_not_told(assistant: Assistant, messages: tuple[str, ...]) -> None:
    assert last_of(assistant, *messages).outcome == "abstain", messages


@pytest.mark.parametrize(
    ("messages", "fact"),
    [
        (("光伏收益多少", "平均每户呢"), "derived.solar_income_per_household"),
        (("光伏装机多少", "每户平均分到多少钱"), "derived.solar_income_per_household"),  # the measure is named
        (("光伏带动多少户", "电站平均一个多大"), "derived.capacity_per_station"),
        (("就业多少人", "占有劳动能力的多少"), "derived.employment_rate"),
        (("产业项目几个", "平均一个投多少"), "derived.investment_per_project"),
    ],
)
def test_an_average_or_share_that_is_asked_in_full_is_told(
    assistant: Assistant, messages: tuple[str, ...], fact: str
) -> None:
    assert last_of(assistant, *messages).facts == (fact,), messages


def test_a_claim_after_a_sum_is_of_no_other_sum(assistant: Assistant) -> None:
    reply = last_of(assistant, "三类危房一共多少户", "747个贫困村对吧")
    assert "derived.infrastructure_total" not in reply.facts and reply.verdict != "refuted"


@pytest.mark.parametrize(
    ("turns", "fact", "verdict"),
    [
        (["脱贫出列的村有几个", "哦，就是七百四十多个嘛"], "overall.villages_lifted", "supported"),
        (["光伏电站多少个", "九百多啊"], "solar.stations", "supported"),
        (["光伏电站多少个", "也就是八百多个"], "solar.stations", "refuted"),
        (["救助了多少人次", "也就是六千多人次"], "health.aided_visits", "refuted"),
        (["救助了多少人次", "六十多万人次？"], "health.aided_visits", "supported"),
        (["光伏电站多少个", "975"], "solar.stations", None),  # and nothing else: which fact is it?
    ],
)
def test_a_figure_concluded_from_what_was_told_is_claimed_of_it(
    assistant: Assistant, turns: list[str], fact: str, verdict: str | None
) -> None:
    reply = last_of(assistant, *turns)
    assert (reply.facts, reply.verdict) == ((fact,), verdict)


def test_what_is_pointed_back_at_without_its_measure_is_what_was_told_of_it(assistant: Assistant) -> None:
    reply = last_of(assistant, "乡村旅游带动了几户", "我是说光伏", "刚才那个旅游的是多少来着")
    assert reply.facts == ("tourism.households",)


@pytest.mark.parametrize(
    ("message", "outcome", "facts"),
    [
        ("1020个主体带动多少户", "answer", ("tourism.households",)),
        ("1743个主体带动多少人", "answer", ("industry.entity_people",)),
        ("1090个项目带动多少户", "abstain", ()),  # it is told of the 80 enterprises
        ("119个项目带动多少户", "abstain", ()),
    ],
)
def test_a_figure_says_of_what_more_is_asked(
    assistant: Assistant, message: str, outcome: str, facts: tuple[str, ...]
) -> None:
    reply = last_of(assistant, message)
    assert (reply.outcome, reply.facts) == (outcome, facts)


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (("2018年脱贫了多少人", "那今年呢"), ("overall.people_lifted",)),
        (("二〇一七年搬了多少人", "那今年的呢"), ("relocation.people",)),
        (("去年脱贫了多少人", "今年呢"), ("overall.people_lifted",)),
        (("去年蔚县脱贫了多少人", "今年呢"), ()),  # still of 蔚县
        (("蔚县去年脱贫了多少人", "全市呢"), ()),  # still of last year
    ],
)
def test_what_was_refused_of_another_year_is_told_of_this_one(
    assistant: Assistant, messages: tuple[str, ...], facts: tuple[str, ...]
) -> None:
    assert last_of(assistant, *messages).facts == facts


@pytest.mark.parametrize(
    ("messages", "fact"),
    [
        (("光伏带动的户多还是旅游的户多", "少的那个呢"), "tourism.households"),
        (("光伏带动的户多还是旅游的户多", "少的那个呢", "多的那个"), "solar.households"),
        (("危房三类各多少户", "最少的那类"), "housing.four_categories"),
        (("光伏带动的户多还是旅游的户多", "少的那个是多少户"), "tourism.households"),
        (("三类危房加起来多少", "最少的那个是多少"), "housing.four_categories"),
    ],
)
def test_the_greater_and_the_lesser_are_of_those_told_together(
    assistant: Assistant, messages: tuple[str, ...], fact: str
) -> None:
    assert last_of(assistant, *messages).facts == (fact,)


def test_which_is_the_least_after_a_sum_is_asked_of_what_it_adds_up(assistant: Assistant) -> None:
    reply = last_of(assistant, "三类危房加起来多少", "哪类最少")
    assert set(reply.facts) == {"housing.renovation_task", "housing.four_categories", "housing.other_categories"}


def test_a_refusal_that_names_only_money_offers_what_was_told(assistant: Assistant) -> None:
    reply = last_of(assistant, "产业投了几个亿", "钱是国家出的吗")
    assert (reply.outcome, reply.options) == ("abstain", ("industry.investment",))


def test_the_lesser_of_one_is_nothing(assistant: Assistant) -> None:
    assert last_of(assistant, "光伏多少个", "少的那个呢").outcome == "abstain"


def test_what_is_done_by_what_was_told_is_no_other_topics(assistant: Assistant) -> None:
    for messages in (("产业园区多少个", "带动多少人就业"), ("产业园区多少个", "在哪", "带动多少人就业")):
        reply = last_of(assistant, *messages)
        assert reply.outcome == "abstain"
        assert reply.options[0] == "relocation.industrial_parks"
    assert last_of(assistant, "光伏电站几个", "带动多少户").facts == ("solar.households",)


def test_what_only_takes_in_an_answer_is_not_told_again(assistant: Assistant) -> None:
    reply = last_of(assistant, "健康扶贫救助了多少人次", "哦，是人次。那平均一次给多少钱")
    assert reply.facts == ("derived.aid_per_visit",)
    reply = last_of(assistant, "健康扶贫救助了多少人次", "是62万吧？平均一次给多少钱")  # asks both
    assert reply.facts == ("health.aided_visits", "derived.aid_per_visit")


def test_whether_the_report_says_so_quotes_it(assistant: Assistant) -> None:
    reply = last_of(assistant, "光伏带多少户", "这数是原文里写的还是你算的")
    assert reply.facts == ("solar.households",)
