"""Right figures that wrong words stand beside, sums of several things, and turns that lean on a refuted claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.language.choices import without_choices
from tests.talks import last_of


@pytest.mark.parametrize(
    ("message", "verdict", "fact"),
    [
        ("119个安置项目只完成了一部分", "refuted", "relocation.projects"),
        ("9754户危房还在改", "refuted", "housing.completion"),
        ("9754户农村危房提前完成改造", "supported", "housing.completion"),
        ("9754户推迟完成改造", "refuted", "housing.renovation_task"),
        ("102470人是户数吧", "refuted", "relocation.people"),
        ("102470人是人数吧", "supported", "relocation.people"),
        ("46.68万人都是贫困人口吗", "refuted", "water.poor_beneficiaries"),
        ("光伏电站不是800个？", "refuted", "solar.stations"),
        ("光伏电站不是800个吧？", "supported", "solar.stations"),
        ("集中安置项目里没有哪个没完工,是吧", "supported", "relocation.projects"),
        ("没有一个孩子辍学吧", "supported", "education.dropouts"),
        ("光伏收益4.8亿是累计数而不是一年的吧", "supported", "solar.income"),
        ("三类危房分别是9754、4795、5819户对吧", "supported", "housing.renovation_task"),
        ("贫困村和非贫困村一共508个吧", "supported", "derived.infrastructure_total"),
        ("贫困村和非贫困村一共608个吧", "refuted", "derived.infrastructure_total"),
        ("双基里贫困村比非贫困村多124个吧", "supported", "infrastructure.poor_villages"),
        ("99.5%的安置项目完工了吧", "refuted", "relocation.occupancy_rate"),
        ("四级书记没有一起抓吧", "refuted", "governance.four_levels"),
        ("难道四级书记没有一起抓？", "supported", "governance.four_levels"),
        ("七长里没有扶贫局长吧", "supported", "education.seven_heads"),
        ("三重保障不包括商业保险，对吧", "supported", "health.triple_protection"),
        ("搬迁入住率是995‰,对吧", "supported", "relocation.occupancy_rate"),
        ("80家龙头企业带动3.11万户增收对吗", "supported", "industry.enterprise_households"),
        ("4.8亿元收益分给了10.69万户对吧", "supported", "solar.households"),
        ("119个安置项目100%完工", "supported", "relocation.projects"),
        ("100%入住吗", "refuted", "relocation.occupancy_rate"),
        ("975个电站装机130万千瓦", "supported", "solar.capacity"),
        ("25.6万名有劳动能力的贫困人口已实现就业18.15万人", "supported", "employment.employed"),
        ("总投资3.68亿吗", "refuted", "health.aid_funds"),
        ("电站多少个？975个吧", "supported", "solar.stations"),
        ("电站多少个？1020个吧", "refuted", "solar.stations"),
        ("三重保障里没有住院吧", "supported", "health.triple_protection"),
        ("现在建成了124个产业园区，对吗", "supported", "relocation.industrial_parks"),
        ("不到9754户提前完成改造，对吗", "refuted", "housing.renovation_task"),
        ("光伏电站不是900个而是975个？", "supported", "solar.stations"),
        ("四类和非四类一共一万多户，对吗", "supported", "housing.four_categories"),
        ("四类加非四类危房一共不到一万户吧", "refuted", "housing.other_categories"),
        ("旅游带富的贫困人口有3万2千7百来号人，对么", "supported", "tourism.people"),
        ("饮水巩固提升受益的人多半是贫困人口吧", "refuted", "derived.water_poor_share"),
        ("贫困家庭的娃还有十几个失学，这传言咋样", "refuted", "education.dropouts"),
        ("贫困村分别是316和192个，对吗", "refuted", "infrastructure.poor_villages"),
        ("搬迁完成了，入住率99.5%，对吗", "supported", "relocation.occupancy_rate"),
    ],
)
def test_words_beside_a_right_figure_are_checked(assistant: Assistant, message: str, verdict: str, fact: str) -> None:
    reply = last_of(assistant, message)
    assert reply.verdict == verdict
    assert fact in reply.facts


@pytest.mark.parametrize(
    "message",
    [
        "26.9亿元投了975个电站对吗",
        "1090个产业项目带动6.07万人对吗",
        "全市贫困人口就是25.6万",
        "全市贫困户有10.69万户",
        "龙头企业和新型经营主体一共带动15.17万贫困人口，对吗",
        "贫困村比非贫困村多124个对吧",
        "产业扶贫项目的钱到目前为止真正花出去了多少",
    ],
)
def test_what_the_report_does_not_relate_is_refused(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message).outcome == "abstain"


@pytest.mark.parametrize(
    ("talk", "fact"),
    [
        (("安置项目124个吗", "那多少"), "relocation.projects"),
        (("脱贫村618个吗", "多少个"), "overall.villages_lifted"),
        (("深度贫困县7个？", "到底几个县"), "infrastructure.deep_counties"),
        (("入住率94%吗", "那有多少"), "relocation.occupancy_rate"),
        (("龙头企业1743家?", "多少家", "带动多少人"), "industry.enterprise_people"),
        (("安置项目124个吗", "那124是什么"), "relocation.industrial_parks"),
        (("光伏几户", "那好吧,产业园呢"), "relocation.industrial_parks"),
        (("光伏几户", "我问的是几个站", "不对,是装机"), "solar.capacity"),
        (("光伏收益多少", "依据是哪句"), "solar.income"),
        (("电站一个多少千瓦",), "derived.capacity_per_station"),
        (("产业项目一个投多少钱",), "derived.investment_per_project"),
        (("三重保障是什么，老师说要写全三个",), "health.triple_protection"),
    ],
)
def test_a_turn_is_told_plainly(assistant: Assistant, talk: tuple[str, ...], fact: str) -> None:
    reply = last_of(assistant, *talk)
    assert (reply.facts, reply.verdict) == ((fact,), None)


def test_what_was_refuted_stays_what_the_next_claim_is_of(assistant: Assistant) -> None:
    assert last_of(assistant, "饮水提升几个村", "不是33个村？").verdict == "refuted"


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("光伏和旅游两项一共拉动了几万户", ("solar.households", "tourism.households")),
        ("龙头企业加上新型经营主体一共多少家", ("industry.leading_enterprises", "industry.new_entities")),
        (
            "饮水巩固提升工程做完了___个村,受益群众___万人,里头贫困人口___万人。",
            ("water.upgraded_villages", "water.beneficiaries", "water.poor_beneficiaries"),
        ),
        ("补全:集中安置项目( )个,搬迁人口入住率( )。", ("relocation.projects", "relocation.occupancy_rate")),
        ("易地搬迁累计搬了多少人 A 98157 B 102470 C 42200", ("relocation.people",)),
        ("解决饮水安全问题的贫困人口:A. 1912名 B. 4212名 C. 8.3万名", ("water.solved_people",)),
        ("下列哪个是深度贫困村的个数?A 33 B 99 C 192 D 316", ("infrastructure.deep_villages",)),
        ("想问两个问题：A光伏电站有多少个？B旅游带动多少户？", ("solar.stations", "tourism.households")),
        ("搬了多少人？A. 98157 B. 102470，另外光伏带动多少户？", ("relocation.people", "solar.households")),
    ],
)
def test_each_thing_asked_for_is_told(assistant: Assistant, message: str, facts: tuple[str, ...]) -> None:
    assert last_of(assistant, message).facts == facts


@given(st.text(st.characters(exclude_characters="AＡ")))
def test_a_message_without_choices_is_left_as_it_is(message: str) -> None:
    assert without_choices(message) == message


@given(st.text("多少个户电站12. ", min_size=1), st.lists(st.text("12345", max_size=9), min_size=2, max_size=7))
def test_no_choice_is_left_of_a_quiz(stem: str, numbers: list[str]) -> None:
    choices = " ".join(f"{letter}.{number}0" for letter, number in zip("ABCDEFG", numbers, strict=False))
    asked = without_choices(f"{stem.strip()}? {choices}")
    assert asked == f"{stem.strip()}?"


def test_a_claim_that_says_of_whom_it_is_is_not_held_against_what_was_told(assistant: Assistant) -> None:
    assert last_of(assistant, "搬了多少人", "全市贫困人口是25.6万吧").outcome == "abstain"


def test_each_part_of_a_sum_is_told_with_the_verdict_on_it(assistant: Assistant) -> None:
    reply = last_of(assistant, "四类和非四类加起来超过一万户吗")
    assert reply.decision is not None
    assert [(finding.targets, finding.verdict) for finding in reply.decision.findings] == [
        (("housing.four_categories",), True),
        (("housing.other_categories",), True),
    ]
