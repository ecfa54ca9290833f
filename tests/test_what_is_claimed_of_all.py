"""Claims of all or of no others, numbers told by what they lack, and what only tells who asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from tests.talks import last_of


@pytest.mark.parametrize(
    ("message", "verdict", "fact"),
    [
        ("国家级乡村旅游示范点连十家都没有", "supported", "tourism.national_sites"),
        ("搬迁人数连10万都没有", "refuted", "relocation.people"),
        ("光伏分下去的收益累计还没到五个亿，没错吧", "supported", "solar.income"),
        ("三重保障只有基本医保和大病保险吗", "refuted", "health.triple_protection"),
        ("三位一体只包括专项扶贫、行业扶贫、社会扶贫对吧", "supported", "cooperation.trinity"),
        ("七长里不只有县长和乡长", "supported", "education.seven_heads"),
        ("94%的贫困人口能报销", "refuted", "health.reimbursement_rate"),
        ("贫困人口住院94%能报", "supported", "health.reimbursement_rate"),
        ("所有住院费用都能报94%", "refuted", "health.reimbursement_rate"),
        ("大扶贫格局里只有专项扶贫和行业扶贫，没把社会力量算进来，是不是", "refuted", "cooperation.trinity"),
        ("3.68亿是投资吗", "refuted", "health.aid_funds"),
        ("六包责任制对吗", "refuted", "governance.four_bao"),
        ("双重保障是吧", "refuted", "health.triple_protection"),
        ("26.9亿是投资吗", "supported", "industry.investment"),
        ("316个贫困村基础设施好", "refuted", "infrastructure.poor_villages"),
        ("危改任务9754户是张家口市自己定的，不是上面派的，对吧", "refuted", "housing.renovation_task"),
        ("四级书记一起抓，由副书记负总责", "refuted", "governance.four_levels"),
        ("这篇是转自中国产业经济信息网的吗", "refuted", "about.publisher"),
        ("有劳动能力的都就业了吧", "refuted", "derived.employment_rate"),
        ("大部分有劳动能力的建档立卡人口都有工作了，对吗", "supported", "employment.employed"),
        ("光伏电站离1000个还差25个", "supported", "solar.stations"),
        ("龙头企业距离100家还差30家", "refuted", "industry.leading_enterprises"),
        ("报销比例比95%低1个百分点", "supported", "health.reimbursement_rate"),
        ("搬迁的一共102470人", "supported", "relocation.people"),
        ("脱贫村没有800个吧", "supported", "overall.villages_lifted"),
        ("七长里不仅仅有县长和乡长", "supported", "education.seven_heads"),
        ("连192个非贫困村都算进去了没有", "supported", "infrastructure.other_villages"),
        ("离300座电站还差500座", "refuted", "solar.stations"),
        ("没有辍学的吧", "supported", "education.dropouts"),
        ("倾斜的村有508个，对吗", "supported", "derived.infrastructure_total"),
    ],
)
def test_what_is_claimed_is_checked(assistant: Assistant, message: str, verdict: str, fact: str) -> None:
    reply = last_of(assistant, message)
    assert reply.verdict == verdict
    assert fact in reply.facts


@pytest.mark.parametrize(
    "message",
    [
        "全市贫困人口总共就98157人，对吧？",
        "贫困人口总共25.6万",
        "全市共有747个贫困村，对吗",
        "全市共有80家企业",
        "全市共有7个县吧",
    ],
)
def test_a_figure_of_some_is_no_total(assistant: Assistant, message: str) -> None:
    reply = last_of(assistant, message)
    assert reply.outcome == "abstain"
    assert reply.options


@given(less=st.integers(min_value=1, max_value=900))
def test_what_is_missing_to_a_number_tells_the_number(assistant: Assistant, less: int) -> None:
    reply = last_of(assistant, f"光伏电站离{975 + less}座还差{less}座")
    assert (reply.facts, reply.verdict) == (("solar.stations",), "supported")


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("我去年住过院，请问住院报销比例多少", "health.reimbursement_rate"),
        ("我今年40岁，想问搬迁了多少人", "relocation.people"),
        ("老师今天让我查龙头企业有几家", "industry.leading_enterprises"),
        ("我昨天没听清，龙头企业到底几家", "industry.leading_enterprises"),
        ("2018年我去过一次张家口滑雪。为啥都说那边脱贫任务特别重?", "overall.difficulty"),
        ("那些扶贫工作专班由谁来牵头?", "governance.task_forces"),
    ],
)
def test_what_the_asker_tells_of_themselves_is_not_asked_about(assistant: Assistant, message: str, fact: str) -> None:
    assert last_of(assistant, message).facts == (fact,)


@pytest.mark.parametrize(
    "message",
    [
        "我想知道去年的，请问脱贫多少人",
        "我不是建档立卡的，想问住院报销多少",
        "我姥姥家沽源的，那边脱贫多少人",
        "我查2018年的住院，请问报销多少",
        "我带着两残疾人，请问住院报销多少",
    ],
)
def test_whom_and_when_the_question_is_about_is_still_guarded(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message).outcome == "abstain"


@pytest.mark.parametrize(
    ("talk", "verdict"),
    [
        ("示范点几家 // 没有6家吧", "supported"),
        ("示范点几家 // 没有5家吧", "refuted"),
        ("脱贫村多少 // 没800吧", "supported"),
        ("报销比例多少 // 没有95高吧", "supported"),
        ("搬迁多少人 // 没有10万吧", "refuted"),
        ("三重保障是什么 // 龙头企业连100家都没有吧", "supported"),
        ("三重保障是什么 // 龙头企业连80家都没有吧", "refuted"),
        ("电站 // 不如旅游主体多吧", "supported"),
        ("四类危房比非四类少吧 // 少1024户吧", "supported"),
        ("电站比旅游主体少吧 // 少一百个吧", "refuted"),
        ("入住率比报销比例高吧 // 高5.5个百分点吧", "supported"),
    ],
)
def test_what_falls_short_is_less(assistant: Assistant, talk: str, verdict: str) -> None:
    assert last_of(assistant, *talk.split(" // ")).verdict == verdict


@pytest.mark.parametrize(
    "talk",
    [
        "光伏电站多少座 // 一个多少钱",
        "新型经营主体多少 // 一个带动多少人",
        "千企帮千村是张家口唯一的扶贫行动",
        "就业多少人 // 工资多少 // 有3000吗",
        "龙头企业多少 // 人均收入多少 // 那到底多少",
        "747的一半是多少",
        "贫困学生有多少",
        "深度贫困县几个 // 全市有几个县",
        "贫困村脱贫多少 // 全市多少个村",
    ],
)
def test_no_figure_of_some_or_of_another_thing_is_stated(assistant: Assistant, talk: str) -> None:
    assert last_of(assistant, *talk.split(" // ")).outcome in ("abstain", "clarify")


@pytest.mark.parametrize(
    ("talk", "facts"),
    [
        ("旅游带动多少户 // 有光伏多吗", ("tourism.households", "solar.households")),
        ("电站多少 // 没有旅游主体多吧", ("solar.stations", "tourism.entities")),
        ("带动多少户 // 旅游 // 龙头企业", ("industry.enterprise_households",)),
        ("带动多少人 // 后面那个 // 我说龙头企业那个", ("industry.enterprise_people",)),
        ("带动多少户 // 中间那个", ("solar.households",)),
        ("产业项目几个 // 一个投多少钱", ("derived.investment_per_project",)),
        ("扶贫电站多少 // 一个多少千瓦", ("derived.capacity_per_station",)),
        ("就业率80%对吧 // 那是多少", ("derived.employment_rate",)),
        ("报销多少 // 不是99.5%吗 // 那99.5%是啥的", ("relocation.occupancy_rate",)),
        ("门诊报多少 // 救助资金呢", ("health.aid_funds",)),
        ("投资30亿吧 // 那到底多少", ("industry.investment",)),
        ("救助资金多少 // 报销呢", ("health.reimbursement_rate",)),
        ("光伏、旅游一共带动多少户", ("solar.households", "tourism.households")),
        ("旅游带动多少人 // 比新型主体少吧 // 比龙头企业多吧", ("tourism.people", "industry.enterprise_people")),
        ("光伏户数 // 是旅游的几倍 // 是龙头企业的几倍", ("solar.households", "industry.enterprise_households")),
        ("报销比例多少 // 比入住率低吧 // 低多少", ("health.reimbursement_rate", "relocation.occupancy_rate")),
    ],
)
def test_a_turn_leans_on_what_was_told(assistant: Assistant, talk: str, facts: tuple[str, ...]) -> None:
    assert last_of(assistant, *talk.split(" // ")).facts == facts


@pytest.mark.parametrize("message", ["教育和医疗都说说", "教育怎么样，医疗怎么样", "教育、医疗都讲讲"])
def test_overviews_of_two_topics_are_both_told(assistant: Assistant, message: str) -> None:
    reply = last_of(assistant, message)
    assert (reply.outcome, reply.topic) == ("overview", "education")
    assert {"education.dropouts", "health.reimbursement_rate"} <= {*reply.facts}
    assert "零辍学" in reply.text
    assert "94%" in reply.text


@pytest.mark.parametrize(
    ("talk", "verdict", "fact"),
    [
        ("健康扶贫怎么样 // 3亿多吧", "supported", "health.aid_funds"),
        ("就业情况 // 七成都不到吧", "refuted", "derived.employment_rate"),
        ("搬迁情况 // 没到十万吧", "refuted", "relocation.people"),
    ],
)
def test_a_figure_after_an_overview_is_of_its_topic(assistant: Assistant, talk: str, verdict: str, fact: str) -> None:
    reply = last_of(assistant, *talk.split(" // "))
    assert (reply.verdict, reply.facts) == (verdict, (fact,))
