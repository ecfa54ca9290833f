"""How an editor checks a text against the report, how people introduce themselves, and how they close a talk."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.understanding.conversation import Conversation

HOUSING = ("housing.renovation_task", "housing.four_categories", "housing.other_categories")
WATER = ("water.solved_counties", "water.solved_villages")


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("同事说产业扶贫投资是2.69亿元，请与原文核对", "industry.investment", "refuted"),
        ("义务教育阶段贫困家庭孩子零辍学，这句能留吗", "education.dropouts", "supported"),
        ("乡镇领导包县区，市级领导包户，是这样分的吗", "governance.four_bao", "refuted"),
        ("稿子说“省市县乡四级书记一起抓”，原文是这样的吗", "governance.four_levels", "refuted"),
        ("佢哋话住院可以报九十四个percent，系咪真㗎", "health.reimbursement_rate", "supported"),
        ("危房改造只完成了一半吧", "housing.completion", "refuted"),  # of what is so of all of them
        ("我是报社核稿的，一行一行跟你对，747个贫困村脱贫出列，没错吧", "overall.villages_lifted", "supported"),
        ("入住率我写的百分之百", "relocation.occupancy_rate", "refuted"),
        ("仍有辍学的，对吧", "education.dropouts", "refuted"),
        ("新型经营主体帮到了9.1万户贫困户，对不", "industry.entity_people", "refuted"),
    ],
)
def test_what_is_checked(assistant: Assistant, message: str, fact: str, verdict: str) -> None:
    reply = assistant.reply(message)
    assert (reply.facts, reply.verdict) == ((fact,), verdict)


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("控辍保学责任制涉及的七类责任人，原文分别是谁", ("education.seven_heads",)),  # and no newspaper
        ("平均每人次医疗救助金额约合多少元？请注明算法。", ("derived.aid_per_visit",)),
        (
            "就带动户数而言，光伏、乡村旅游、龙头企业三者各是多少",
            ("solar.households", "tourism.households", "industry.enterprise_households"),
        ),
        ("省下达的农村危改任务，户数是多少，是否按期完成", ("housing.renovation_task", "housing.completion")),
        ("危房改造任务是多少户，有没有完成", ("housing.renovation_task", "housing.completion")),
        ("喝水那个大工程惠及的几十万人里头，穷人其实才几万", ("water.poor_beneficiaries",)),
        ("一万七千多户到底是谁带的", ("tourism.households",)),
        ("我老伴前年住院可没少花，建档立卡的贫困户住院能报百分之多少", ("health.reimbursement_rate",)),
        ("危房总共多少户改完了没", ("derived.housing_total", "housing.completion")),  # without a pause
        ("光伏户数加旅游户数一共多少", ("solar.households", "tourism.households")),  # nothing adds these up
        ("光伏分了多少钱然后带了多少户", ("solar.income", "solar.households")),
        ("基本医保、大病保险、医疗救助一共几重", ("health.triple_protection",)),
        ("人数，龙头企业、新型经营主体各带动多少", ("industry.enterprise_people", "industry.entity_people")),
        ("三类危房各多少户，并求合计", (*HOUSING, "derived.housing_total")),
        ("麻烦把村是谁包、户是谁包讲一下", ("governance.four_bao",)),
    ],
)
def test_what_is_told(assistant: Assistant, message: str, facts: tuple[str, ...]) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.facts) == ("answer", facts)


@pytest.mark.parametrize(
    "message",
    [
        "我家不是建档立卡的，给报多少",  # asks of those whom the report doesn't tell of
        "1912户是哪几个村的",
        "有没有说是边个城市帮佢哋",
        "这里头是中央拨的钱吗",
        "里头大病保险出了多少",  # of one of the things listed
        "在产业园区上班的有多少",  # counts no parks
        "专班组长是谁",
    ],
)
def test_what_is_refused(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).outcome == "abstain"


@pytest.mark.parametrize(
    "message",
    [
        "好好好谢谢啊我挂了",
        "感谢配合，核稿到此结束",
        "谢谢，我去吃饭了",  # what the asker does now asks nothing
        "算你过关",
        "我逗你玩呢",
    ],
)
def test_what_closes_a_talk(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).outcome == "chat"


@pytest.mark.parametrize("message", ["谢谢，水电站", "谢谢，北京", "多谢，去年", "谢谢，我们村搬迁"])
def test_thanks_before_what_is_not_told_close_nothing(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).outcome == "abstain"


@pytest.mark.parametrize(
    "message",
    ["谢谢，我是想问光伏", "谢谢，光伏户数", "多谢，我要安置项目的数", "您好，我家住院报销", "您好，我孙子辍学"],
)
def test_thanks_before_a_question_close_nothing(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).outcome in ("answer", "overview")


@pytest.mark.parametrize(
    ("messages", "facts", "verdict"),
    [
        (("光伏电站是957个，对吧", "那4.8亿元总归是乡村旅游挣的吧"), ("solar.income",), "refuted"),
        (("扶贫专班几个", "“四包”写成县级领导包村，这么写行吗"), ("governance.four_bao",), "refuted"),
        (("七长是哪七个", "派出所所长呢，也算在里头？"), ("education.seven_heads",), "refuted"),
        (("七长是哪七位", "我记得里面有班长，没错吧"), ("education.seven_heads",), "refuted"),
        (("省里的危房任务多少户", "把另外两批也加上，合计多少"), ("derived.housing_total",), None),
        (("光伏带动多少户", "那产业扶贫呢", "总投资多少"), ("industry.investment",), None),
        (("易地搬迁总共搬了多少户", "没有户数啊，那给人数也行"), ("relocation.people",), None),
        (
            ("解决了吃水问题的贫困人口多少人", "才四千来人？不是说惠及四十多万群众吗"),
            ("water.solved_people", "water.beneficiaries"),
            "supported",
        ),
        (("非贫困村倾斜几个", "跟那316个合起来"), ("derived.infrastructure_total",), None),
        (("一共搞了几个项目", "选2", "产业扶贫那批项目总共投了多少"), ("industry.investment",), None),
        (("产业项目平均一个投多少", "总的呢"), ("industry.investment",), None),
        (("省下达的危房任务几户", "那总共呢，三种一起"), ("derived.housing_total",), None),
        (("饮水安全问题涉及几个县几个村", "我的初稿写的是33个县7个村，写反了吧"), WATER, "refuted"),
        (("龙头企业带动多少人", "户呢", "另外那种带到多少人"), ("industry.entity_people",), None),
        (("总共带动了多少贫困人口", "龙头企业的", "不对，是那个新型经营主体带的"), ("industry.entity_people",), None),
        (("帮到了多少户", "the solar one please"), ("solar.households",), None),
        (("龙头企业带动多少户", "光伏收益？"), ("solar.income",), None),  # a measure of its own
        (("产业投资多少", "合计26.9亿元，是吧"), ("industry.investment",), "supported"),
        (("光伏收益多少", "产业扶贫项目？"), ("industry.projects",), None),
        (("省下达的危改任务多少户", "还有没有没改完的"), ("housing.completion",), None),
        (("光伏分了多少钱", "别是瞎编的吧，原文哪句话说的收益，贴出来"), ("solar.income",), None),
        (("省下达的危房任务几户", "行，把这句原文发我，我贴材料里"), ("housing.renovation_task",), None),
    ],
)
def test_what_leans_on_the_talk(
    assistant: Assistant, messages: tuple[str, ...], facts: tuple[str, ...], verdict: str | None
) -> None:
    talk = Conversation()
    replies = [assistant.reply(message, talk) for message in messages]
    assert (replies[-1].outcome, replies[-1].facts, replies[-1].verdict) == ("answer", facts, verdict)


@pytest.mark.parametrize(
    "messages",
    [
        ("产业扶贫项目总投资多少", "光伏的呢"),  # what solar power brings in is other money
        ("龙头企业带动多少户", "另一个呢"),  # of which there is none
        ("易地搬迁多少人", "另外那种呢"),
        ("深度贫困村几个", "平均一个县二十来个村呗"),  # nothing is computed of these
        ("龙头企业带动多少人", "新型经营主体呢", "两样加起来有没有十五万人"),
    ],
)
def test_what_leans_on_the_talk_and_is_not_told(assistant: Assistant, messages: tuple[str, ...]) -> None:
    talk = Conversation()
    replies = [assistant.reply(message, talk) for message in messages]
    assert (replies[-1].outcome, replies[-1].facts) == ("abstain", ())


def test_a_sum_that_nothing_gives_is_named_and_what_it_would_be_of_offered(assistant: Assistant) -> None:
    talk = Conversation()
    for message in ("光伏带动多少户", "旅游那边呢"):
        assistant.reply(message, talk)
    reply = assistant.reply("两个加起来", talk)
    assert (reply.outcome, reply.options) == ("abstain", ("solar.households", "tourism.households"))
    assert "“加起来”" in reply.text


def test_a_doubt_about_the_figure_repeats_it(assistant: Assistant) -> None:
    talk = Conversation()
    told = assistant.reply("光伏带动多少户", talk)
    assert assistant.reply("你这个数靠谱吗", talk).facts == told.facts
