"""Several questions, claims and figures in one message: each told, in order, and what isn't told refused by name."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.understanding.conversation import Conversation

SOLAR = ("solar.stations", "solar.capacity", "solar.income", "solar.households")


@pytest.mark.parametrize(
    ("message", "facts", "verdict"),
    [
        # measures of one thing, and one measure of two
        (
            "重点倾斜的贫困村几个、非贫困村几个、总共几个",
            ("infrastructure.poor_villages", "infrastructure.other_villages", "derived.infrastructure_total"),
            None,
        ),
        (
            "能干活的贫困人口几多，有活干的几多，比例几多",
            ("employment.workforce", "employment.employed", "derived.employment_rate"),
            None,
        ),
        ("危房改完了没，还有孩子辍学没", ("housing.completion", "education.dropouts"), None),
        (
            "报道里的危房分哪几类，每类各多少户",
            ("housing.renovation_task", "housing.four_categories", "housing.other_categories"),
            None,
        ),
        ("“四包”“七长”各指什么", ("governance.four_bao", "education.seven_heads"), None),
        (
            "搬迁部分请补全：安置项目__个，搬迁__人，入住率__",
            ("relocation.projects", "relocation.people", "relocation.occupancy_rate"),
            None,
        ),
        ("光伏电站多少个、多大、分了多少钱", ("solar.stations", "solar.capacity", "solar.income"), None),
        ("6.07万和9.1万这两个人数各是谁带动的", ("industry.enterprise_people", "industry.entity_people"), None),
        ("80家企业和1743个主体各带动多少人", ("industry.enterprise_people", "industry.entity_people"), None),
        # a claim, and a question
        (
            "饮水工程惠及46.68万人，其中8.3万是贫困人口，无误？",
            ("water.beneficiaries", "water.poor_beneficiaries"),
            "supported",
        ),
        (
            "配套产业园区比集中安置项目还多出几个，是这样吗",
            ("relocation.industrial_parks", "relocation.projects"),
            "supported",
        ),
        (
            "搬迁入住率有九成九以上，是真的吗，还有安置项目到底几个",
            ("relocation.occupancy_rate", "relocation.projects"),
            "supported",
        ),
        # claims with and without a figure, and of a measure named alone
        (
            "成立了18个扶贫工作专班，市县乡村四级书记一起抓，没错吧",
            ("governance.task_forces", "governance.four_levels"),
            "supported",
        ),
        (
            "产业扶贫项目一千多个，总投资还不到二十亿，对吗",
            ("industry.projects", "industry.investment"),
            "refuted",
        ),
        ("听说旅游带动了2万户，人呢", ("tourism.households", "tourism.people"), "refuted"),
        ("听说光伏电站有975个，对吗？那装机总共多少？", ("solar.stations", "solar.capacity"), "supported"),
        (
            "住院报销比例是80%没错吧？另外救助了多少人次？",
            ("health.reimbursement_rate", "health.aided_visits"),
            "refuted",
        ),
        ("我记得旅游带动32715人，那是多少户来着？", ("tourism.people", "tourism.households"), "supported"),
        (
            "脱贫的人是九万八千一百五十七嘛那出列的村是多少个",
            ("overall.people_lifted", "overall.villages_lifted"),
            "supported",
        ),
        ("光伏带动多少户增收？我听说是十万多户，准不准？", ("solar.households",), "supported"),
        # a comparison, and a question
        (
            "光伏和旅游，哪个带动的户数多？旅游示范点又有几家？",
            ("solar.households", "tourism.households", "tourism.national_sites"),
            None,
        ),
        (
            "龙头企业带的人多还是新型经营主体带的人多，龙头企业一共几家？",
            ("industry.enterprise_people", "industry.entity_people", "industry.leading_enterprises"),
            None,
        ),
        # a list, and whether something belongs to it
        ("七长都有谁 班主任算不算", ("education.seven_heads",), "refuted"),
        # without a pause
        ("四包是啥七长是哪七个", ("governance.four_bao", "education.seven_heads"), None),
        (
            "安置项目有几个搬了多少人入住率多少",
            ("relocation.projects", "relocation.people", "relocation.occupancy_rate"),
            None,
        ),
        ("七长都是谁啊穷孩子还有没有辍学的", ("education.seven_heads", "education.dropouts"), None),
        (
            "省里下的危房任务多少户四类的多少户改完没有",
            ("housing.renovation_task", "housing.four_categories", "housing.completion"),
            None,
        ),
        ("乡村旅游经营主体几个带动几户几个人", ("tourism.entities", "tourism.households", "tourism.people"), None),
        ("扶贫专班有几个四级书记是哪四级啊", ("governance.task_forces", "governance.four_levels"), None),
        (
            "园区一百二十四个安置项目一百一十九个我没记反吧",
            ("relocation.industrial_parks", "relocation.projects"),
            "supported",
        ),
        # lists
        ("光伏我想要四个数，站数、千瓦数、收益、户数", SOLAR, None),
        (
            "解决饮水安全的县、村、户依次是多少",
            ("water.solved_counties", "water.solved_villages", "water.solved_households"),
            None,
        ),
        ("脱贫、就业、搬迁的各有多少人", ("overall.people_lifted", "employment.employed", "relocation.people"), None),
        ("a)深度贫困村几个 b)深度贫困县几个", ("infrastructure.deep_villages", "infrastructure.deep_counties"), None),
        ("第一题：光伏电站多少个？第二题：示范点几家？", ("solar.stations", "tourism.national_sites"), None),
        ("光伏和旅游都让人增收，前者带动多少户？后者带动多少人？", ("solar.households", "tourism.people"), None),
        # a total and its parts
        (
            "三类危房合计几户，每一类又是几户",
            ("derived.housing_total", "housing.other_categories", "housing.four_categories", "housing.renovation_task"),
            None,
        ),
        (
            "喝上安全水的群众里贫困人口占几成？贫困人口具体多少人？",
            ("derived.water_poor_share", "water.poor_beneficiaries"),
            None,
        ),
        # figures
        ("1912，4212", ("water.solved_households", "water.solved_people"), None),
        ("危房9754户。非四类呢？", ("housing.other_categories",), None),
        ("46.68万人和8.3万人是什么关系？", ("water.beneficiaries", "water.poor_beneficiaries"), None),
        ("光伏带动的10.69万，是户还是人？旅游的17989呢，户还是人？", ("solar.households", "tourism.households"), None),
        # what names nothing of its own is claimed of the thing before it
        ("乡村旅游带动17989户、32715人，对吗", ("tourism.households", "tourism.people"), "supported"),
        ("七个县、三十三个村的吃水问题解决了，对吗", ("water.solved_counties", "water.solved_villages"), "supported"),
        ("25.6万劳力18.15万就业吧", ("employment.workforce", "employment.employed"), "supported"),
    ],
)
def test_each_is_told(assistant: Assistant, message: str, facts: tuple[str, ...], verdict: str | None) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.verdict) == ("answer", verdict), reply.text
    assert sorted(reply.facts) == sorted(facts), reply.text


@pytest.mark.parametrize(
    ("message", "facts", "lacks"),
    [
        ("安置项目数、搬迁人数、每户安置面积，请一并提供。", ("relocation.projects", "relocation.people"), "面积"),
        ("光伏和旅游各带动多少人", ("tourism.people",), "光伏"),
        ("1020、1200、747，文里各指什么？", ("tourism.entities", "overall.villages_lifted"), "1200"),
        ("搬了多少人有没有回去的", ("relocation.people",), ""),
    ],
)
def test_what_is_lacking_is_refused_by_name(
    assistant: Assistant, message: str, facts: tuple[str, ...], lacks: str
) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.facts) == ("answer", facts), reply.text
    assert lacks in reply.text


@pytest.mark.parametrize(
    "message",
    [
        "80家龙头企业带动3.11万户、9.1万贫困人口增收，对吗",  # 9.1万 is another's
        "乡村旅游带动17989户、6.07万人，对吗",
        "新型经营主体带动九点一万人龙头企业带动三点一一万人对不对",
        "98157人里有18.15万人就业",  # they are out of those able to work
    ],
)
def test_a_figure_of_another_thing_isnt_affirmed_beside_true_ones(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).verdict == "refuted"


@pytest.mark.parametrize(
    "message",
    [
        "乡村旅游带动了多少户？打错了，是多少人",
        "唔系贫困村，但贫困发生率高过10%、设施又差嘅村有几多条",
        "有多少个村的贫困群众吃水难给解决了？我说的是跟那7个县一起说的那个数",
    ],
)
def test_a_sentence_that_takes_back_or_explains_is_no_question_of_its_own(assistant: Assistant, message: str) -> None:
    assert len(assistant.reply(message).facts) == 1


def test_each_of_three_kinds_is_told_and_no_total_refused(assistant: Assistant) -> None:
    reply = assistant.reply("三类危房各有多少户")
    assert len(reply.facts) == 3
    assert "没有" not in reply.text


@pytest.mark.parametrize("message", ["四类多少户，非四类多少户，一共呢", "光伏电站几个、旅游主体几个、总共几个"])
def test_no_total_of_what_nothing_adds_up(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    assert len(reply.facts) == 2
    assert not any(fact.startswith("derived") for fact in reply.facts)
    assert "一共" in reply.text or "总共" in reply.text  # refused by name


@pytest.mark.parametrize(
    ("message", "facts", "verdict"),
    [
        ("搬了十万人吧，入住率呢", ("relocation.people", "relocation.occupancy_rate"), "supported"),
        ("光伏电站795个，没错吧，装机呢", ("solar.stations", "solar.capacity"), "refuted"),
        ("光伏带动了几户？旅游呢", ("solar.households", "tourism.households"), None),
        ("龙头企业带动了多少人？新型经营主体呢？", ("industry.enterprise_people", "industry.entity_people"), None),
        ("光伏带动10.69万户吧，旅游呢", ("solar.households", "tourism.households"), "supported"),
    ],
)
def test_what_is_only_named_behind_a_claim_or_a_question_is_asked_for(
    assistant: Assistant, message: str, facts: tuple[str, ...], verdict: str | None
) -> None:
    reply = assistant.reply(message)
    assert (reply.facts, reply.verdict) == (facts, verdict)


@pytest.mark.parametrize(
    "message",
    [
        "那5家国家级示范点，带动了多少人",
        "99个深度贫困村，脱贫了多少人",
        "618个村，解决了多少户饮水",
        "脱贫人数跟2016年比增长了多少",
    ],
)
def test_what_is_counted_first_is_what_is_asked_of(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).outcome == "abstain"
    assert assistant.reply("80家龙头企业，带动了多少人").facts == ("industry.enterprise_people",)


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("产业项目：个数、总投资", ("industry.projects", "industry.investment")),
        ("光伏：站数、装机、分配收益", ("solar.stations", "solar.capacity", "solar.income")),
        ("产业投资、健康救助支出、光伏分配收益", ("industry.investment", "health.aid_funds", "solar.income")),
        ("光伏站数、年发电量", ("solar.stations",)),  # the other is refused by name
        ("龙头企业：家数、产值", ("industry.leading_enterprises",)),
    ],
)
def test_a_thing_and_a_list_of_its_measures(assistant: Assistant, message: str, facts: tuple[str, ...]) -> None:
    assert assistant.reply(message).facts == facts


def test_what_a_list_lacks_is_refused_by_name(assistant: Assistant) -> None:
    assert "发电" in assistant.reply("光伏站数、年发电量").text


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("总投资多少，项目多少个", {"industry.investment", "industry.projects"}),
        ("项目多少个，总投资多少", {"industry.investment", "industry.projects"}),
        ("新型经营主体几个？带了多少户？", {"industry.new_entities"}),  # whom it helped is told of others
        ("电站个数、装机、户数", {"solar.stations", "solar.capacity", "solar.households"}),
        ("电站数量、装机、收益、户数", {"solar.stations", "solar.capacity", "solar.income", "solar.households"}),
        ("示范点数量和游客人数", {"tourism.national_sites"}),
        ("游客人数和示范点数量", {"tourism.national_sites"}),
        ("发电量和装机分别多少", {"solar.capacity"}),
        ("GDP和脱贫人数分别多少", {"overall.people_lifted"}),
    ],
)
def test_what_is_listed_is_answered_as_far_as_it_is_told(assistant: Assistant, message: str, facts: set[str]) -> None:
    reply = assistant.reply(message, Conversation())
    assert (reply.outcome, set(reply.facts)) == ("answer", facts), message


def test_what_is_only_untold_is_refused(assistant: Assistant) -> None:
    assert assistant.reply("游客人数和旅游收入多少", Conversation()).outcome == "abstain"


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("喝水问题解决的贫困人口和户数", ("water.solved_people", "water.solved_households")),
        ("旅游带动的贫困人口和户数", ("tourism.people", "tourism.households")),
        ("龙头企业和光伏的户数", ("industry.enterprise_households", "solar.households")),
        ("龙头企业、旅游各自的户数", ("industry.enterprise_households", "tourism.households")),
        ("光伏、龙头企业户数", ("solar.households", "industry.enterprise_households")),
        (
            "龙头企业、光伏、旅游的户数",
            ("industry.enterprise_households", "solar.households", "tourism.households"),
        ),
        ("安置项目和搬迁人数", ("relocation.projects", "relocation.people")),  # each its own
        ("成绩单：几个村、多少人脱贫", ("overall.villages_lifted", "overall.people_lifted")),
        ("说说总的成绩：几个村，多少人脱贫", ("overall.villages_lifted", "overall.people_lifted")),
        ("龙头企业的户和人都要", ("industry.enterprise_households", "industry.enterprise_people")),
        ("文章哪个网站登的，原来出自哪份报", ("about.publisher", "about.source")),
        (
            "快：龙头企业带几户几人，新型主体带几人",  # each of its own
            ("industry.enterprise_households", "industry.enterprise_people", "industry.entity_people"),
        ),
    ],
)
def test_of_what_is_listed_none_is_left_out(assistant: Assistant, message: str, facts: tuple[str, ...]) -> None:
    assert assistant.reply(message, Conversation()).facts == facts


def test_a_unit_that_opens_a_list_and_is_not_told_is_said_to_be_missing(assistant: Assistant) -> None:
    reply = assistant.reply("多少户、多少人脱贫", Conversation())
    assert reply.facts == ("overall.people_lifted",)
    assert reply.decision is not None
    assert [finding.kind for finding in reply.decision.findings] == ["abstain", "answer"]
