"""Whether a claimed number holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.understanding.claims import supports
from bot.understanding.conversation import Conversation


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("听说有七百多个村脱贫", "overall.villages_lifted", "supported"),
        ("听说有800个贫困村脱贫，对吗", "overall.villages_lifted", "refuted"),
        ("贫困村脱贫的是700个吧", "overall.villages_lifted", "refuted"),
        ("搬迁的有10万人吧", "relocation.people", "supported"),
        ("贫困村脱贫的是747个吧", "overall.villages_lifted", "supported"),
        ("脱贫的有差不多十万人，是吗", "overall.people_lifted", "supported"),
        ("脱贫的是不是9万人", "overall.people_lifted", "refuted"),
        ("光伏电站快一千个了吧", "solar.stations", "supported"),
        ("光伏电站超过一千个了吧", "solar.stations", "refuted"),
        ("搬迁人数超过十万，对不对", "relocation.people", "supported"),
        ("搬迁的不到十万人吧", "relocation.people", "refuted"),
        ("住院能报九成以上，真的吗", "health.reimbursement_rate", "supported"),
        ("住院报销能到百分之百吧", "health.reimbursement_rate", "refuted"),
        ("龙头企业带动了3.11万户，没错吧", "industry.enterprise_households", "supported"),
        ("龙头企业带动6.07万，对吧", "industry.enterprise_people", "supported"),  # without a unit: who has it
        ("龙头企业有6.07万，对吧", "industry.leading_enterprises", "refuted"),
        ("有劳动能力的建档立卡人口约七成就了业，对不对", "derived.employment_rate", "supported"),
        ("扶贫光伏装机折合1300兆瓦，换算对不对", "solar.capacity", "supported"),
        ("三位一体是专项、行业、产业三种扶贫，没记错吧", "cooperation.trinity", "refuted"),
        ("近十万人脱贫，这种概括没毛病吧", "overall.people_lifted", "supported"),
        ("龙头企业带的贫困人口，有没有新型经营主体带的一半", "industry.enterprise_people", "supported"),
        ("巩固提升的村在六百到六百五之间，对吧", "water.upgraded_villages", "supported"),
        ("巩固提升的村在七百到八百个之间，对吧", "water.upgraded_villages", "refuted"),
        ("光伏电站没上千，这话没问题吧", "solar.stations", "supported"),
        ("光伏电站破千了，准吗", "solar.stations", "refuted"),
        ("入住率没有达到99%，是不是", "relocation.occupancy_rate", "refuted"),
        ("龙头企业难道不是八十家", "industry.leading_enterprises", "supported"),
        ("省下达的危改任务九千七打底，对吗", "housing.renovation_task", "supported"),
        ("平均一座光伏电站有一兆瓦多一点，对不对", "derived.capacity_per_station", "supported"),
        ("住院合规费用自己只掏6%，没错吧", "health.reimbursement_rate", "supported"),  # what the rate leaves
        ("没搬进去住的只有千分之五，对吧", "relocation.occupancy_rate", "supported"),
        ("有劳动能力的人，十个里有七个左右有活干，对吗", "derived.employment_rate", "supported"),
        ("饮水工程受益群众里一多半是贫困人口，是真的吗", "derived.water_poor_share", "refuted"),
        ("重点倾斜的那些村贫困发生率都不高于10%，对吧", "infrastructure.rate_threshold", "refuted"),
        ("618个村搞完了饮水巩固提升，是“村”不是“户”吧", "water.upgraded_villages", "supported"),
        ("4.8亿元是光伏的收益，不是医疗救助的支出，我分清了没", "solar.income", "supported"),
        ("版权电话010-65363056，打这个没错吧", "about.contact", "supported"),
        ("版权电话010-65363065，跟网上登的对得上不", "about.contact", "refuted"),
        ("抓扶贫的是省、市、县、乡四级书记，没毛病吧", "governance.four_levels", "refuted"),
        ("协作的重点工作里不含劳务协作，我说得对吗", "cooperation.work_areas", "refuted"),
        ("村长不在七长之列吧", "education.seven_heads", "refuted"),
        ("市里的领导直接包村，是真的", "governance.four_bao", "refuted"),
        ("solar 收益 480 million yuan, right?", "solar.income", "supported"),
        ("4.8 million元光伏收益对吗", "solar.income", "refuted"),
        ("住院报销6%,自己掏94%对吗", "health.reimbursement_rate", "refuted"),
        ("住院费用报销94%,其余自费对吗", "health.reimbursement_rate", "supported"),
        ("入住率只有0.5%,没入住的99.5%吧", "relocation.occupancy_rate", "refuted"),
        ("光伏收益4到5亿吧", "solar.income", "supported"),
        ("电站在900和1000之间吧", "solar.stations", "supported"),
        ("产业园100~130个吧", "relocation.industrial_parks", "supported"),
        ("光伏电站和旅游经营主体分别是975个和1020个吧", "solar.stations", "supported"),
        ("旅游带动户数和人数分别是17989户和32715人吧", "tourism.households", "supported"),
        ("资金支持、项目建设、人才交流都是重点工作对吗", "cooperation.work_areas", "refuted"),
        ("教育局长不是七长之一吧", "education.seven_heads", "refuted"),
        ("版权电话是6536305吧", "about.contact", "refuted"),
        ("版权联系电话是01065363056吗", "about.contact", "supported"),
        ("按四包的分法,市级领导直接包到户,对伐", "governance.four_bao", "refuted"),
        ("有没有超过10万人搬迁", "relocation.people", "supported"),
        ("入住率有没有达到99%", "relocation.occupancy_rate", "supported"),
        ("入住率没有达到100%吧", "relocation.occupancy_rate", "supported"),
        ("搬迁的没有超过10万人吧", "relocation.people", "refuted"),
        ("就业率70.9%", "derived.employment_rate", "supported"),  # as it is shown
        ("就业率71%", "derived.employment_rate", "supported"),
        ("就业率72%", "derived.employment_rate", "refuted"),
        ("平均每人次救助593元吧", "derived.aid_per_visit", "supported"),
        ("惠及群众46.68万，贫困人口8.3万", "water.beneficiaries", "supported"),
        ("搬迁人口全都入住了吧", "relocation.occupancy_rate", "refuted"),
        ("入住率也就八九成吧", "relocation.occupancy_rate", "refuted"),
        ("喝上放心水的那四十多万群众全都是贫困人口吧", "derived.water_poor_share", "refuted"),
        ("四类对象的存量危房有小五千户,是吧", "housing.four_categories", "supported"),
        ("深度贫困村有百几条，系咪", "infrastructure.deep_villages", "refuted"),
    ],
)
def test_verdicts(assistant: Assistant, message: str, fact: str, verdict: str) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.facts[0], reply.verdict) == ("answer", fact, verdict)
    assert assistant.report.facts[fact].figure in reply.text


def test_a_siblings_figure_is_given_back_to_its_owner(assistant: Assistant) -> None:
    reply = assistant.reply("4795户是省下达的危房改造任务吧？")
    assert reply.verdict == "refuted"
    assert reply.facts == ("housing.renovation_task", "housing.four_categories")
    assert "9754户" in reply.text


def test_the_owner_of_a_figure_that_counts_something_else_is_named(assistant: Assistant) -> None:
    reply = assistant.reply("配套园区119个，对吗")
    assert (reply.facts, reply.verdict) == (("relocation.industrial_parks", "relocation.projects"), "refuted")


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("光伏电站没有975个吧", "refuted"),
        ("80家龙头企业带动3.11万户、6.07万人，对吗", "supported"),
        ("光伏电站975个130万千瓦4.8亿元10.69万户，都对吗", "supported"),
        ("重点倾斜的是316个贫困村加192个非贫困村，对吗", "supported"),
        ("重点倾斜的是192个贫困村加316个非贫困村，对吗", "refuted"),
        ("316个是非贫困村、192个是贫困村，确认一下", "refuted"),
        ("快700个村脱贫了吧", "refuted"),
        ("将近10万人搬迁了对吗", "refuted"),
        ("龙头企业至少80家吧", "supported"),
        ("光伏装机130万瓦，对吧", "refuted"),
    ],
)
def test_denied_several_and_near_figures(assistant: Assistant, message: str, verdict: str) -> None:
    assert assistant.reply(message).verdict == verdict


@pytest.mark.parametrize(
    ("message", "verdict"),
    [("七长不包括家长吧", "refuted"), ("七长里并没有市长，对吗", "supported"), ("脱贫的没到十万人，对吧", "supported")],
)
def test_denials_are_checked_as_well(assistant: Assistant, message: str, verdict: str) -> None:
    assert assistant.reply(message).verdict == verdict


def test_a_claim_about_another_place_is_not_checked(assistant: Assistant) -> None:
    reply = assistant.reply("听说承德有747个贫困村脱贫，对吗")
    assert (reply.outcome, reply.verdict) == ("abstain", None)


@given(st.integers(1, 10**9))
def test_the_true_number_always_holds(value: int) -> None:
    truth = Decimal(value)
    assert supports(truth, truth, Decimal(1), (), open_ended="")
    assert supports(truth, truth, Decimal(1), ("about",), open_ended="")
    assert not supports(truth, truth, Decimal(1), ("below",), open_ended="")
    assert not supports(truth, truth, Decimal(1), ("above",), open_ended="")


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_an_exact_number_that_differs_never_holds(truth: int, claimed: int) -> None:
    assert supports(Decimal(truth), Decimal(claimed), Decimal(1), (), open_ended="") == (truth == claimed)


@pytest.mark.parametrize("message", ["危房改完了没", "危房都改完了没有？"])
def test_asking_whether_something_is_done_denies_nothing(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.facts, reply.verdict) == ("answer", ("housing.completion",), None)


@pytest.mark.parametrize(
    ("message", "facts", "verdict"),
    [
        ("报道说有三千六百八十万的医疗救助资金，对吗", ("health.aid_funds",), "refuted"),
        ("巩固提升工程惠及群众超过五十万人，对吗", ("water.beneficiaries",), "refuted"),
        ("深度贫困县就只有3个，对吧", ("infrastructure.deep_counties",), "refuted"),
        ("解决吃水就解决了两个县，真的假的", ("water.solved_counties",), "refuted"),
        ("搬迁入住率得八成几，对吧", ("relocation.occupancy_rate",), "refuted"),
        ("贫困家庭义务教育阶段辍学的是0个，这话属实？", ("education.dropouts",), "supported"),
        ("四级书记指的是省、市、县、乡四级，对吧", ("governance.four_levels",), "refuted"),
        ("四级书记指的是市、县、乡、村四级，对吧", ("governance.four_levels",), "supported"),
        ("导语写上千座光伏电站并网，有无出入", ("solar.stations",), "refuted"),
        ("扶贫龙头企业上百家了，是不是这样", ("industry.leading_enterprises",), "refuted"),
        ("产业项目上千个，对吧", ("industry.projects",), "supported"),
        ("集中安置项目还有一小半没盖好吧", ("relocation.projects",), "refuted"),
    ],
)
def test_claims_of_further_kinds(assistant: Assistant, message: str, facts: tuple[str, ...], verdict: str) -> None:
    reply = assistant.reply(message)
    assert (reply.facts, reply.verdict) == (facts, verdict)


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("光伏带动的户数是旅游的六倍，对吗", "supported"),
        ("光伏带动的户数是旅游的九倍，对吗", "refuted"),
        ("光伏带动的户数是旅游的十倍，对吗", "refuted"),  # round, but too far off
        ("新型经营主体的数量是龙头企业的二十多倍，对吗", "supported"),
        ("光伏带动的户数超过龙头企业的三倍，对吗", "supported"),
        ("光伏带动的户数不到龙头企业的三倍，对吗", "refuted"),
        ("乡村旅游带动的户数是光伏的一半，对吗", "refuted"),
        ("乡村旅游带动的户数连龙头企业的三分之二都不到，对吗", "supported"),
        ("脱贫村数是深度贫困村数的7倍多，对吗", "supported"),
        ("产业园比安置项目多5个，对吗", "supported"),
        ("产业园比安置项目多15个，对吗", "refuted"),
        ("光伏带户超过旅游带户，属实吗", "supported"),
        ("旅游带动的户数比龙头企业多，这个说法成立吗", "refuted"),
    ],
)
def test_comparisons_that_are_claimed_are_worked_out(assistant: Assistant, message: str, verdict: str) -> None:
    reply = assistant.reply(message)
    assert (len(reply.facts), reply.verdict) == (2, verdict)


@pytest.mark.parametrize("message", ["企业80家带动9.1万人对吗", "80家企业带动了9.1万贫困人口，对吗"])
def test_a_figure_of_another_sentence_is_not_made_true_by_its_unit(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).verdict != "supported"


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("张家口并不是河北脱贫攻坚的主战场，对吗", "overall.position", "refuted"),
        ("乡镇干部包的不是村，而是户，对吧", "governance.four_bao", "refuted"),
        ("乡镇干部包的不是户，而是村，对吧", "governance.four_bao", "supported"),
        ("这篇不是从河北日报转的吧", "about.source", "refuted"),
        ("没有一千个光伏电站吧", "solar.stations", "supported"),
        ("光伏电站没有九百个吧", "solar.stations", "refuted"),
    ],
)
def test_what_is_denied_is_held_against_what_is_said(
    assistant: Assistant, message: str, fact: str, verdict: str
) -> None:
    reply = assistant.reply(message)
    assert (reply.facts, reply.verdict) == ((fact,), verdict)


def test_a_denial_with_more_behind_it_gets_no_verdict(assistant: Assistant) -> None:
    assert assistant.reply("危房改造没能按时干完，拖了期，是吧").verdict != "supported"


@pytest.mark.parametrize(
    "message",
    ["劳务协作输出了将近三万人，对吗", "河北全省今年脱贫的超过50万人，对吗", "18个工作专班总共不到两百人，对吧"],
)
def test_a_figure_of_what_the_report_does_not_count_is_not_judged(assistant: Assistant, message: str) -> None:
    assert assistant.reply(message).outcome == "abstain"


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("脱贫人口89157名，这数字校过了吗，对不对", "overall.people_lifted"),  # 过了 is said of no figure
        ("119个安置项目并没有全部完工，有这回事吗", "relocation.projects"),
        ("光伏扶贫电站快两千座了，靠谱不", "solar.stations"),
        ("每个贫困户都能报94%吗", "health.reimbursement_rate"),  # an average is not what each is paid
    ],
)
def test_what_stands_around_a_figure_does_not_make_it_true(assistant: Assistant, message: str, fact: str) -> None:
    reply = assistant.reply(message)
    assert (reply.facts, reply.verdict) == ((fact,), "refuted")


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("扶贫的光伏电站快上千座了，靠谱不", "solar.stations"),
        ("解决了饮水安全问题的那批村，没到50个，对吧", "water.solved_villages"),
        ("龍頭企業唔係八十間咩", "industry.leading_enterprises"),
        ("难道“四包”不是市级领导包县区？", "governance.four_bao"),
        ("产业园区哪有三百个那么多啊", "relocation.industrial_parks"),
    ],
)
def test_claims_put_roundabout_hold(assistant: Assistant, message: str, fact: str) -> None:
    reply = assistant.reply(message)
    assert (reply.facts, reply.verdict) == ((fact,), "supported")


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("有没有一千个光伏电站", "refuted"),
        ("光伏电站有没有九百个", "supported"),
        ("有没有十万户靠光伏增收", "supported"),
        ("有冇二十萬戶靠光伏增收", "refuted"),
    ],
)
def test_whether_there_are_so_many_asks_for_at_least_that(assistant: Assistant, message: str, verdict: str) -> None:
    assert assistant.reply(message).verdict == verdict


@pytest.mark.parametrize(
    ("message", "fact", "verdict"),
    [
        ("电站不是900个，而是975个", "solar.stations", "supported"),
        ("专班不是20个，而是18个，对吗", "governance.task_forces", "supported"),
        ("旅游经营主体不是1743个，而是1020个，对吗", "tourism.entities", "supported"),
        ("四级书记不是四级是五级", "governance.four_levels", "refuted"),
        ("三重保障不是三重而是四重，对吧", "health.triple_protection", "refuted"),
        ("光伏收益不多于5亿", "solar.income", "supported"),
        ("义务教育阶段没有零辍学", "education.dropouts", "refuted"),
        ("119个项目并没有全部完工", "relocation.projects", "refuted"),
        ("报销94%以上", "health.reimbursement_rate", "supported"),
        ("报销95%以上", "health.reimbursement_rate", "refuted"),
    ],
)
def test_corrections_and_bounds(assistant: Assistant, message: str, fact: str, verdict: str) -> None:
    reply = assistant.reply(message)
    assert (reply.facts[:1], reply.verdict) == ((fact,), verdict)


def test_a_number_beside_a_noun_is_of_what_it_counts(assistant: Assistant) -> None:
    assert assistant.reply("100家以上龙头企业带动了3.11万户，对吗").verdict == "refuted"
    assert assistant.reply("深度贫困村分布在10个以上的县，对吧").verdict == "refuted"


@pytest.mark.parametrize(
    ("message", "verdict"), [("新型经营主体带的是不是更多", "supported"), ("新型经营主体带得更少，对吗", "refuted")]
)
def test_what_is_said_to_be_more_than_what_was_told(assistant: Assistant, message: str, verdict: str) -> None:
    talk = Conversation()
    assistant.reply("龙头企业带动了多少贫困人口", talk)
    reply = assistant.reply(message, talk)
    assert (set(reply.facts), reply.verdict) == ({"industry.entity_people", "industry.enterprise_people"}, verdict)


@pytest.mark.parametrize("message", ["产业园区请了两万多搬迁户上班，对吗", "3.68亿救助资金里基本医保占一半，对吗"])
def test_what_a_thing_cannot_be_counted_in_is_not_judged(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.verdict) == ("abstain", None)


def test_a_claim_before_a_question_is_checked_as_well(assistant: Assistant) -> None:
    reply = assistant.reply("98157人脱贫没错吧？那还剩多少人没脱贫？")
    assert (reply.facts, reply.verdict) == (("overall.people_lifted",), "supported")


@pytest.mark.parametrize(
    "message",
    [
        "台东也有这种四包责任制，是不是",
        "平均每个贫困户住院自付一千二左右，是文里的数吧",
        "大多数脱贫的人都是靠光伏脱的贫，对不对",
        "一大半电站并网了吧",
        "平均报销比例94%，门诊也是94%吗",
        "全市贫困人口一大半脱贫了吧",
        "打010-65363056能问到脱贫数据吗",
    ],
)
def test_what_the_report_cannot_tell_is_neither_so_nor_not(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.verdict) == ("abstain", None), reply.text
