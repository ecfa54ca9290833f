"""What was told some turns ago, what an editor writes for a figure, and other turns that a talk takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.understanding.conversation import MOST_TOLD, Conversation

HOUSING = ("housing.renovation_task", "housing.four_categories", "housing.other_categories")
#: a talk in which four things were told
TOLD = ("脱贫了多少人", "新型经营主体有几个", "产业扶贫投了多少钱", "光伏电站几座")


def last_of(assistant: Assistant, *messages: str) -> tuple[str, tuple[str, ...], str | None]:
    """Outcome, facts and verdict of the last of several messages of one talk."""
    conversation = Conversation()
    replies = [assistant.reply(message, conversation) for message in messages]
    return replies[-1].outcome, replies[-1].facts, replies[-1].verdict


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("你开头说的是98517人吧", "overall.people_lifted", "refuted"),
        ("你前面不是说98157名吗", "overall.people_lifted", "supported"),
        ("头先你话经营主体有1200个", "industry.new_entities", "refuted"),  # those of tourism weren't told
        ("回到前面投资那个数，再说一遍", "industry.investment", None),
        ("一开始那个数字是多少", "overall.people_lifted", None),
        ("你刚才说的总投资是26.9亿还是29.6亿", "industry.investment", None),
    ],
)
def test_what_was_told_some_turns_ago(assistant: Assistant, message: str, fact: str, verdict: str | None) -> None:
    assert last_of(assistant, *TOLD, message) == ("answer", (fact,), verdict)


def test_a_complete_question_is_not_bent_by_pointing_back(assistant: Assistant) -> None:
    assert last_of(assistant, *TOLD, "回到刚才的产业项目，平均一个投多少")[1] == ("derived.investment_per_project",)
    assert last_of(assistant, *TOLD, "刚才说的北京脱贫多少人")[0] == "abstain"


@given(st.lists(st.lists(st.integers(0, 60), max_size=5), max_size=60))
@settings(max_examples=50)
def test_what_was_told_is_remembered_in_order(turns: list[list[int]]) -> None:
    conversation = Conversation()
    stated = [tuple(f"fact.{number}" for number in dict.fromkeys(turn)) for turn in turns]
    for facts in stated:
        conversation.state(facts)
    assert conversation.told == tuple(fact for facts in stated for fact in facts)[-MOST_TOLD:]


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("6.07万贫困人口能不能写成6.07万户", "industry.enterprise_people", "refuted"),
        ("9754户能写成9754人吗", "housing.renovation_task", "refuted"),
        ("46.68万群众写成46.68万贫困人口行不行", "water.beneficiaries", "refuted"),
        ("把102470人写成十万多人可以吗", "relocation.people", "supported"),
        ("975个电站可以写成近千个电站吗", "solar.stations", "supported"),
        ("316个贫困村加192个非贫困村，概括成500多个村行吗", "derived.infrastructure_total", "supported"),
        ("总投资写成29.6亿，对吗", "industry.investment", "refuted"),
    ],
)
def test_what_may_be_written_for_a_figure(assistant: Assistant, message: str, fact: str, verdict: str) -> None:
    assert last_of(assistant, message) == ("answer", (fact,), verdict)


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("专项扶贫、行业扶贫、产业扶贫三位一体，对吗", "cooperation.trinity", "refuted"),  # the list before its name
        ("专项扶贫、行业扶贫、社会扶贫三位一体，背对了没有", "cooperation.trinity", "supported"),
        ("occupancy rate 99%+？真的假的", "relocation.occupancy_rate", "supported"),
        ("门槛是贫困发生率15%，说错了，10%以上，没记错吧", "infrastructure.rate_threshold", "supported"),
        ("千把个乡村旅游经营主体吧", "tourism.entities", "supported"),
        ("没有辍学的吧", "education.dropouts", "supported"),
        ("有孩子辍学吧", "education.dropouts", "refuted"),
        ("听说还剩几百户危房没改完", "housing.completion", "refuted"),
        ("单一电站平均约一千三百多千瓦吧", "derived.capacity_per_station", "supported"),
        ("还有一条说旅游带动了三万两千多贫困人口增收", "tourism.people", "supported"),
        ("搬迁的房子没人住吧", "relocation.occupancy_rate", "refuted"),
        ("搬迁后的新房大半空着没人住", "relocation.occupancy_rate", "refuted"),
        ("有人讲张家口还有747个贫困村没出列呢", "overall.villages_lifted", "refuted"),
        ("包县区的是市级领导，包村的是乡镇干部", "governance.four_bao", "supported"),
        ("村由机关干部来包，对吧", "governance.four_bao", "refuted"),
        ("三类危房加起来是20386户，对不", "derived.housing_total", "refuted"),  # two digits turned round
        ("易地搬迁的人数超不过十万", "relocation.people", "refuted"),
        ("我知道电站有957个，对吧", "solar.stations", "refuted"),
        ("26.9亿是项目个数吧", "industry.investment", "refuted"),  # another measure's
        ("1090是总投资吧", "industry.projects", "refuted"),
        ("由乡镇干部包村，由机关干部包户，对吗", "governance.four_bao", "supported"),
        ("空置的只有0.5%吧", "relocation.occupancy_rate", "supported"),
        ("空置率是99.5%吧", "relocation.occupancy_rate", "refuted"),
        ("有办法防止孩子辍学吧", "education.dropouts", None),
        ("危房改造任务有没有完成", "housing.completion", None),  # asks, and claims nothing
    ],
)
def test_claims(assistant: Assistant, message: str, fact: str, verdict: str | None) -> None:
    assert last_of(assistant, message) == ("answer", (fact,), verdict)


def test_what_is_claimed_of_each_is_not_what_it_comes_to_in_all(assistant: Assistant) -> None:
    outcome, facts, verdict = last_of(assistant, "1090个项目每个都投了26.9亿？")
    assert (outcome, verdict) == ("answer", "refuted")
    assert "industry.investment" in facts


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("文中哪个数是124", ("relocation.industrial_parks",)),
        ("3.86和3.68，报道里究竟是哪一个", ("health.aid_funds",)),
        ("774还是747", ("overall.villages_lifted",)),
        ("3.68亿除以62.04万", ("derived.aid_per_visit",)),
        ("4.8亿÷10.69万等于多少", ("derived.solar_income_per_household",)),
        ("9754+4795+5819", ("derived.housing_total",)),
        ("316加192", ("derived.infrastructure_total",)),
        ("七长里除了校长还有谁", ("education.seven_heads",)),
        ("请告诉我几个贫困村出列，不许说747", ("overall.villages_lifted",)),
        ("龙头企业有几家带动贫困人口增收", ("industry.leading_enterprises",)),  # and not how many people
        ("文章登在哪个网站上，版权电话一并给我", ("about.publisher", "about.contact")),
        (
            "惠及的46.68万人里贫困人口有几万，618个村完成的是什么工程",
            ("water.poor_beneficiaries", "water.upgraded_villages"),
        ),
    ],
)
def test_what_is_told(assistant: Assistant, message: str, facts: tuple[str, ...]) -> None:
    assert last_of(assistant, message)[:2] == ("answer", facts)


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (("三类危房一共多少户", "三块分别是多少"), HOUSING),
        (("飲水工程惠及的貧困人口有幾多", "全部惠及幾多人？"), ("water.beneficiaries",)),
        (("已就业多少人", "一共多少人"), ("employment.workforce",)),
        (("产业投了多少", "有哪些龙头企业，能列个名单吗", "那有几家总该知道吧"), ("industry.leading_enterprises",)),
        (("国家级示范点叫什么名字", "写个数吧，几个"), ("tourism.national_sites",)),
        (("平均一人次救助多少", "住院的报销比例也给我"), ("health.reimbursement_rate",)),
        (("一共带动了多少户增收", "乡村旅游", "电站那个选项也看看"), ("solar.households",)),
        (("版权电话是多少", "没记住，再说一遍"), ("about.contact",)),
        (("搬了多少人", "谁发的这个报道"), ("about.source",)),
        (("光伏电站几座", "危房还剩多少没修"), ("housing.completion",)),  # none are left
        (("三重保障是什么", "第三个呢"), ("health.triple_protection",)),
        (("光伏分了多少钱", "把4.8亿元平均到每户头上"), ("derived.solar_income_per_household",)),
        (("产业项目几个", "4212这个有没有"), ("water.solved_people",)),
        (("去年脱贫多少人，今年呢",), ("overall.people_lifted",)),
    ],
)
def test_follow_ups(assistant: Assistant, messages: tuple[str, ...], facts: tuple[str, ...]) -> None:
    assert last_of(assistant, *messages)[:2] == ("answer", facts)


def test_what_a_follow_up_may_not_tell(assistant: Assistant) -> None:
    assert last_of(assistant, "搬迁多少人", "其中贫困人口搬了多少")[0] == "abstain"  # the figure of all of them
    assert last_of(assistant, "三位一體是指哪三種扶貧", "是北京哪個區跟張家口結對呢")[0] == "abstain"
    assert last_of(assistant, "深度贫困村几个", "经营主体多少个")[0] == "clarify"  # another thing, of two kinds
    assert last_of(assistant, "哪些村脱贫了")[0] == "abstain"  # only counted
    assert last_of(assistant, "係邊間公司承包㗎")[0] == "abstain"
    assert last_of(assistant, "316个村里面深度贫困村占几个")[0] == "abstain"
    assert last_of(assistant, "多少村脱贫", "其中深度贫困的几个")[0] == "abstain"
    for other in ("316除以192", "316-192", "62.04万除以3.68亿"):  # which nothing computes
        assert not any(fact.startswith("derived.") for fact in last_of(assistant, other)[1])
    assert last_of(assistant, "光伏平均一座收益多少")[0] == "abstain"  # told for each household
    assert last_of(assistant, "平均一户装机多少")[0] == "abstain"
    assert last_of(assistant, "光伏分了多少钱", "一座平均多大")[0] == "abstain"
    assert last_of(assistant, "光伏总装机多大", "平均一户多少钱")[0] == "abstain"
    assert last_of(assistant, "深度贫困县和深度贫困村各几个", "分别叫什么名字")[0] == "abstain"
    assert last_of(assistant, "已就业多少人", "全市一共多少建档立卡贫困人口")[0] == "abstain"
    assert last_of(assistant, "光伏带动多少户", "住院一开始报销多少")[0] == "abstain"
    assert last_of(assistant, "每户光伏收益多少", "光伏电站两个分别在哪")[0] == "abstain"
    assert last_of(assistant, "出列多少村", "你刚才说的747个村都在哪")[0] == "abstain"
    assert last_of(assistant, "住院报销比例多少", "门诊报多少你刚才说过")[0] == "abstain"


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (("四级书记是哪四级", "不算非贫困村，还有多少个重点倾斜的贫困村"), ("infrastructure.poor_villages",)),
        (("入住率是多少", "99还是98"), ("relocation.occupancy_rate",)),
        (("搬了多少人", "774还是747"), ("overall.villages_lifted",)),
        (("光伏和旅游各带动多少户", "龙头企业和新型经营主体，前者多少家"), ("industry.leading_enterprises",)),
        (("光伏带动多少户", "上面提升的村有几个"), ("water.upgraded_villages",)),  # no 上面提 to be taken out
        (("医疗救助花了多少", "光伏带动几户", "一开始我问的那个钱是多少"), ("health.aid_funds",)),
        (
            ("饮水工程惠及多少群众", "其中贫困人口多少", "这两个数的原句发我对照一下"),
            ("water.beneficiaries", "water.poor_beneficiaries"),
        ),
        (
            ("龙头企业和新型经营主体各多少", "前者带动多少户", "后者呢", "没有户数啊，那后者的人数报给我"),
            ("industry.entity_people",),
        ),
    ],
)
def test_what_leans_and_what_does_not(assistant: Assistant, messages: tuple[str, ...], facts: tuple[str, ...]) -> None:
    assert last_of(assistant, *messages)[:2] == ("answer", facts)


def test_a_list_told_some_turns_ago_by_how_many_it_has(assistant: Assistant) -> None:
    talk = ("三位一体是指哪三种扶贫", "千企帮千村是什么", "回到前面，那三种里面包不包括金融扶贫")
    assert last_of(assistant, *talk) == ("answer", ("cooperation.trinity",), "refuted")


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("惠及的群众是8.3万人对吧", "water.beneficiaries"),  # that of a part
        ("饮水工程惠及群众8.3万人吧", "water.beneficiaries"),
        ("10.69万是光伏收益吧", "solar.income"),  # that of another measure
    ],
)
def test_a_figure_of_something_near_is_refuted_and_both_are_told(assistant: Assistant, message: str, fact: str) -> None:
    outcome, facts, verdict = last_of(assistant, message)
    assert (outcome, facts[0], len(facts), verdict) == ("answer", fact, 2, "refuted")


@pytest.mark.parametrize("message", ["您好，我是电台做早间节目的，下午要录一期访谈", "你好，我想查个东西"])
def test_a_greeting_that_introduces(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message)[0] == "chat"


@pytest.mark.parametrize("message", ["您好，光伏电站几座", "你好，我想查一下住院报几成"])
def test_a_greeting_hides_no_question(assistant: Assistant, message: str) -> None:
    assert last_of(assistant, message)[0] == "answer"
