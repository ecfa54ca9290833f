"""Figures of one sentence that belong together, and things that a question names beside a figure of another."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from tests.talks import last_of


@pytest.mark.parametrize(
    ("message", "verdict", "fact"),
    [
        ("33个村惠及46.68万人", "refuted", "water.upgraded_villages"),
        ("618个村惠及4212人", "refuted", "water.solved_villages"),
        ("5个深度贫困县有316个贫困村吧", "refuted", "infrastructure.deep_villages"),
        ("618个村惠及46.68万人，其中8.3万贫困人口", "supported", "water.poor_beneficiaries"),
        ("4212人在7个县33个村", "supported", "water.solved_counties"),
        ("80家龙头企业带动3.11万户6.07万人", "supported", "industry.enterprise_people"),
        ("5个深度贫困县和316个贫困村是重点吧", "supported", "infrastructure.poor_villages"),
        ("电站975个、装机130万千瓦、带动10.69万人增收，三个数都对吧", "refuted", "solar.households"),
        ("饮水工程惠及的46.68万人里，并不全是贫困人口，对吧", "supported", "derived.water_poor_share"),
        ("747个贫困村还没有脱贫，是吧", "refuted", "overall.villages_lifted"),
        ("转自人民日抱，对不", "refuted", "about.source"),
        ("饮水：7个县、618个村，对吗", "supported", "water.upgraded_villages"),
        ("1912户、8.3万人，对吧", "supported", "water.poor_beneficiaries"),
        ("饮水安全方面解决了1912户加上惠及群众46.68万人对不对", "supported", "water.beneficiaries"),
        ("46.68万人难道不全是贫困人口吗", "refuted", "derived.water_poor_share"),
        ("18个专班是省里成立的吗", "refuted", "governance.task_forces"),
        ("四包是指市包县、县包乡、乡包村、村包户吗", "refuted", "governance.four_bao"),
        ("98157人都是贫困人口吗", "supported", "overall.people_lifted"),
        ("旅游带动有3万人吗", "supported", "tourism.people"),
        ("光伏电站有1000个吗", "refuted", "solar.stations"),
        ("辍学率低于5%", "supported", "education.dropouts"),
        ("辍学率高于0%", "refuted", "education.dropouts"),
        ("市级领导包乡镇", "refuted", "governance.four_bao"),
        ("张家口是天津周边贫困人口最集中的地区吗", "refuted", "overall.position"),
        ("安置项目还是没完工", "refuted", "relocation.projects"),
        ("园区124家", "supported", "relocation.industrial_parks"),
        ("今年累计搬迁102470人", "supported", "relocation.people"),
        ("光伏电站比1000个多", "refuted", "solar.stations"),
        ("转载自河北日报而不是新华社", "supported", "about.source"),
        ("18个专班不是市级领导牵头", "refuted", "governance.task_forces"),
        ("未能实现零辍学", "refuted", "education.dropouts"),
        ("救助资金结余3.68亿", "refuted", "health.aid_funds"),
        ("光伏电站不只900座", "supported", "solar.stations"),
        ("4795户四类重点对象的危房延误了", "refuted", "housing.completion"),
        ("专班比20个少", "supported", "governance.task_forces"),
        ("住院平均报销比例不会低于九成吧", "supported", "health.reimbursement_rate"),
        ("入住率不可能不超过99%吧", "supported", "relocation.occupancy_rate"),
        ("5819户危房已经改造", "supported", "housing.other_categories"),
        ("学籍比对系统是教育部建的", "refuted", "education.matching_system"),
        ("救助人次底稿写62.04万，这个呢", "supported", "health.aided_visits"),
    ],
)
def test_a_figure_of_other_villages_is_refuted(assistant: Assistant, message: str, verdict: str, fact: str) -> None:
    reply = last_of(assistant, message)
    assert reply.verdict == verdict
    assert fact in reply.facts


@pytest.mark.parametrize(
    "messages",
    [
        ("99个深度贫困村贫困发生率高于10%",),  # told of 316 others
        ("饮水巩固提升工程完成了几个村？", "这些村分布在几个县"),
        ("饮水巩固提升工程完成了几个村？", "惠及多少户"),
        ("张家口出列了几个贫困村？", "这里头有几个是深度贫困村"),
        ("龙头企业带动多少户增收", "新型经营主体呢，带动几户？"),
        ("危房改造惠及多少人",),
        ("龙头企业带动了多少人就业",),  # … to a higher income, the report says
        ("龙头企业带动6.07万人就业对吗",),
        ("龙头企业带动了6.07万贫困人口搬迁，是吗",),
        ("光伏帮10.69万户脱贫了，对吗",),
        ("光伏带动多少户搬迁",),
        ("旅游帮17989户修了路",),
        ("新增光伏电站975个",),
        ("非四类的多少", "也是筛查的吧"),
        ("張家口鄉下民宿有幾間",),
        ("脱贫之前全市一共有多少贫困人口",),
        ("一家龙头企业带动多少户",),
        ("光伏帮多少贫困村增了收",),
        ("“双基”提升工程总共投入多少资金",),
        ("脱贫的和没脱贫的全算上，张家口总共有多少贫困村？",),
        ("公司跟村子结对那个活动，到底有多少家公司掺和进来了",),
        ("给穷学生的助学金，张家口一共发下去多少",),
        ("游客来了几万呢",),
        ("帮扶 资金 多少",),
        ("危房 补助 标准",),
        ("市委苏记是哪个",),
        ("我想问下全国，脱贫多少人",),
        ("我想知道去年，脱贫了多少",),
        ("去年，任务、四类、非四类的总户数",),
        ("喝不上水的，都解决了吧，现在还有多少户",),
        ("来玩的人有多少",),
        ("搬迁总人数", "其中贫困人口多少"),
        ("危房9754户", "其中四类重点对象"),
        ("四类重点对象多少户", "非四类多少户", "加一起"),
        ("新型主体带动多少人", "怎么带动的"),
        ("旅游带动多少户", "电站呢，带动多少人"),
        ("河北日报的联系电话多少",),
        ("1020个旅游主体都是农家乐",),
        ("124个产业园区都在安置区旁边吗",),
        ("80家扶贫龙头企业带动3.11万户搬迁",),
        ("今年搬了多少人",),
        ("今年搬迁102470人",),
        ("龙头企业几家", "是国家级的吗"),
        ("光伏带动多少户", "龙头企业带动多少户", "一共带动多少户"),
        ("搬迁多少人", "有帮扶措施的多少", "占比"),
        ("旅游经营主体多少", "收入呢"),
        ("七长是哪些", "管了多少个学生"),
        ("去年危房多少户", "一共"),
    ],
)
def test_a_figure_of_another_thing_is_not_told(assistant: Assistant, messages: tuple[str, ...]) -> None:
    assert last_of(assistant, *messages).outcome == "abstain"


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (("解决饮水的村有几个", "这些村分布在几个县"), {"water.solved_counties"}),
        (("饮水巩固提升工程完成了几个村？", "这些村惠及多少人"), {"water.beneficiaries"}),
        (("光伏带动多少户", "旅游呢，多少人"), {"tourism.people"}),
        (("带动了多少贫困人口？", "龙头企业那个", "不是不是，我要新型经营主体的"), {"industry.entity_people"}),
        (("带动了多少贫困人口？", "龙头企业那个", "不对，是新型经营主体的", "那旅游呢"), {"tourism.people"}),
        (("大病保险在不在三重保障里", "另外两重是啥"), {"health.triple_protection"}),
        (("喝不上放心水的贫困户，给解决了多少户",), {"water.solved_households"}),
        (("为了让搬来的人有活干，配套的产业园子盖了几个",), {"relocation.industrial_parks"}),
        (("省下达任务、四类对象、非四类对象的总户数",), {"derived.housing_total"}),
        (("带动多少人受益", "龙头企业", "等等 我要的是新型经营主体带的"), {"industry.entity_people"}),
        (("搬迁的人入住率多高", "奶奶不信，说哪有这么高"), {"relocation.occupancy_rate"}),
        (("六十二万",), {"health.aided_visits"}),
        (("听说张家口脱贫了，搬了多少人",), {"relocation.people"}),
        (("七长", "一共几个"), {"education.seven_heads"}),
        (("有没有人辍学",), {"education.dropouts"}),
        (("危房多少户", "一共"), {"derived.housing_total"}),
        (("带动多少户", "各多少户"), {"industry.enterprise_households", "solar.households", "tourism.households"}),
        (("危房多少户", "哪三类"),
         {"housing.renovation_task", "housing.four_categories", "housing.other_categories"}),
        (("重点倾斜多少村", "一共呢"), {"derived.infrastructure_total"}),
        (("四类重点对象危房几户", "非四类呢", "省下达的呢"), {"housing.renovation_task"}),
        (("危房改完了还是没改完",), {"housing.completion"}),
        (("危房计划改造任务是多少户",), {"housing.renovation_task"}),
        (("专班几个", "谁带头的"), {"governance.task_forces"}),
        (("光伏分了多少钱", "是累计的吗"), {"solar.income"}),
        (("旅游带动多少人", "其中贫困人口多少"), {"tourism.people"}),
        (("1090个项目平均投资",), {"derived.investment_per_project"}),
        (("项目总共几个", "产业扶贫的", "投资的"), {"industry.investment"}),
        (("游客来了，多少户增收",), {"tourism.households"}),
        (("有劳动力的贫困人口就业率怎么算，是多少",), {"derived.employment_rate"}),
        (("46.68万人里，贫困人口多少人",), {"water.poor_beneficiaries"}),
        (("4.2万人",), {"relocation.supported_people"}),
        (("18.15万哪来的",), {"employment.employed"}),
        (("周末想去那边玩，顺便问问，乡村游这一块发展了几家经营主体啊",), {"tourism.entities"}),
        (("危房改造分了三类，各多少户",),
         {"housing.renovation_task", "housing.four_categories", "housing.other_categories"}),
    ],
)  # fmt: skip
def test_what_belongs_to_what_was_told_is_told(
    assistant: Assistant, messages: tuple[str, ...], facts: set[str]
) -> None:
    reply = last_of(assistant, *messages)
    assert (reply.outcome, set(reply.facts)) == ("answer", facts)


@pytest.mark.parametrize("message", ["8.3万人不全是贫困人口吧", "25.6万人不全都搬迁了吧", "46.68万人不全都受益吧"])
def test_denying_that_all_are_so_is_affirmed_of_the_part_alone(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message).verdict != "supported"


@pytest.mark.parametrize("before", ["旅游怎么样", "光伏带动多少户"])
def test_a_new_thing_gets_its_own_choice_whatever_was_told(assistant: Assistant, before: str) -> None:
    reply = last_of(assistant, before, "危房多少户")
    assert reply.outcome == "clarify"
    assert {id.partition(".")[0] for id in reply.options} == {"housing"}


def test_of_two_offered_neither_is_claimed(assistant: Assistant) -> None:
    reply = last_of(assistant, "旅游示范点是省级还是国家级")
    assert (reply.facts, reply.verdict) == (("tourism.national_sites",), None)


def test_the_figure_put_with_the_wrong_one_is_the_one_that_is_named(assistant: Assistant) -> None:
    text = last_of(assistant, "33个村惠及46.68万人").text
    assert "“33”在报告里说的是另一件事" in text
    assert "“46.68万”" not in text


def test_a_claim_of_a_part_of_what_was_told_gets_a_verdict(assistant: Assistant) -> None:
    reply = last_of(assistant, "饮水巩固提升惠及多少群众", "里面贫困的有五万？")
    assert (reply.facts, reply.verdict) == (("water.poor_beneficiaries",), "refuted")


def test_a_list_that_nothing_adds_up_gets_its_parts_and_no_total(assistant: Assistant) -> None:
    reply = last_of(assistant, "四类、非四类的总户数")
    assert reply.facts == ("housing.four_categories", "housing.other_categories")
    assert "derived.housing_total" not in reply.facts


@pytest.mark.parametrize(
    ("talk", "verdict", "fact"),
    [
        (("4.8亿是什么", "是产业投资吧"), "refuted", "solar.income"),
        (("119是什么", "是产业园区吧"), "refuted", "relocation.projects"),
        (("报销比例多少", "不是600吗"), "refuted", "health.reimbursement_rate"),
        (("危房一共多少户", "不是9754吗"), "refuted", "derived.housing_total"),
        (("总投资多少", "是26.9亿吧"), "supported", "industry.investment"),
        (("光伏电站有多少个", "比1000个多吗"), "refuted", "solar.stations"),
        (("光伏装机多少", "是不是130"), "supported", "solar.capacity"),
        (("脱贫标准是什么", "就是三重保障吧"), "refuted", "overall.standard"),
    ],
)
def test_what_was_told_is_what_a_claim_is_of(
    assistant: Assistant, talk: tuple[str, ...], verdict: str, fact: str
) -> None:
    reply = last_of(assistant, *talk)
    assert (reply.verdict, reply.facts[0]) == (verdict, fact)


@pytest.mark.parametrize(
    ("talk", "facts"),
    [
        (("双基门槛多少", "贫困村和非贫困村各几个"), ("infrastructure.poor_villages", "infrastructure.other_villages")),
        (("旅游带动多少户", "龙头企业带动的"), ("industry.enterprise_households",)),
        (("新型经营主体多少个", "带动多少户", "带动多少人"), ("industry.entity_people",)),
        (("深度贫困村几个", "是发生率高于10%的那些贫困村"), ("infrastructure.poor_villages",)),
        (("已就业的多少", "那25.6万是全市所有人吗"), ("employment.workforce",)),
        (("七长都是谁", "局长呢"), ("education.seven_heads",)),
        (("脱贫了几个村、多少人", "前一个再报一遍"), ("overall.villages_lifted",)),
        (("一个光伏电站多少千瓦",), ("derived.capacity_per_station",)),
        (("光伏电站究竟是957个还是975个，两个版本都有人传",), ("solar.stations",)),
        (("贫困村多定非贫困村多，双基嗰啲",), ("infrastructure.poor_villages", "infrastructure.other_villages")),
    ],
)
def test_a_question_is_read_with_what_it_leans_on(
    assistant: Assistant, talk: tuple[str, ...], facts: tuple[str, ...]
) -> None:
    assert last_of(assistant, *talk).facts == facts
