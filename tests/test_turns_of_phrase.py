"""How people put things: who says it, what they take back or leave out, what a follow-up points at, what they type."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.understanding.conversation import Conversation


def facts_said(assistant: Assistant, *messages: str) -> tuple[str, tuple[str, ...]]:
    """The outcome and the facts of the last message of a conversation."""
    talk = Conversation()
    replies = [assistant.reply(message, talk) for message in messages]
    return replies[-1].outcome, replies[-1].facts


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("guangfu 电站 duoshao 座", "solar.stations"),  # pinyin
        ("光伏电站多大", "solar.capacity"),  # not how many
        ("飲水安全問題解決咗幾多個貧困人口？我要人頭數唔要戶數", "water.solved_people"),
        ("能干活的贫困人口全市拢共有多少咯，不管有没有活干", "employment.workforce"),
        ("我想问就业……算了，先说易地搬迁吧，搬了多少人", "relocation.people"),
        ("搬迁的地方配套起了几个产业园，我想回去就近上班", "relocation.industrial_parks"),  # what it is wanted for
        ("我们村不是贫困村，基础设施也差，像这样被重点照顾的非贫困村有多少", "infrastructure.other_villages"),
        ("受益于饮水巩固提升的群众总数，不光贫困人口，是多少", "water.beneficiaries"),
        ("别扯市长省长，就说几级书记一起抓脱贫？", "governance.four_levels"),
        ("不用分县，告诉我饮水安全问题一共牵涉几个县就行", "water.solved_counties"),
        ("东西部协作重点推动的工作，五项还是六项", "cooperation.work_areas"),  # the list tells how many
        ("32715名是什么数字", "tourism.people"),
        ("4.22万人，出自哪一项", "relocation.supported_people"),
        ("九十九点五是个啥", "relocation.occupancy_rate"),
        ("3.11万户指的谁", "industry.enterprise_households"),
        ("饮水巩固提升工程的受益者当中，属于贫困人口的是多少人", "water.poor_beneficiaries"),
        ("跟着搬迁一块儿建的园区有多少处，想去招租", "relocation.industrial_parks"),
        ("<script>alert('800')</script>光伏累计分配收益多少", "solar.income"),
        ("3.68亿元是光伏收益还是救助资金", "health.aid_funds"),  # which of the two has it
        ("9754户是哪一类危房", "housing.renovation_task"),
        ("集中安置项目到底是124个还是119个", "relocation.projects"),  # claims neither
        ("三位一体讲的是哪三块", "cooperation.trinity"),  # nobody says it
        ("316个是贫困村还是非贫困村", "infrastructure.poor_villages"),
        ("搬迁了多少人，我要的是入住率", "relocation.occupancy_rate"),
        ("龙头企业带动多少人，我要的是新型经营主体的", "industry.entity_people"),
        ("受益群众里贫困人口的比例怎么算", "derived.water_poor_share"),
        ("危房还剩几户没改好", "housing.completion"),
        ("乡村旅游带动了多少人？打错了，是多少户", "tourism.households"),
        ("不是按户数我问的是龙头企业带动的人数", "industry.enterprise_people"),
        (
            "我岳父腿脚不便，去年在医院躺了一个多月，来回折腾花了不少，亲戚们都帮衬着，我就想问问医疗救助的资金一共多少",
            "health.aid_funds",
        ),
        ("光 伏 电 站 有 几 个", "solar.stations"),
        ("光伏電站ㄉ數量是多少ㄋ", "solar.stations"),
        ("深度贪困县有几个", "infrastructure.deep_counties"),  # looks like 贫困
        ("受惠群众里头，真正的贫困人口占几万", "water.poor_beneficiaries"),  # 几万 is no share
        ("别告诉我光伏的户数，我要旅游带动的户数", "tourism.households"),
        ("按户计，龙头企业的带动面有多大", "industry.enterprise_households"),
        ("饮水安全得到解决的村有几个，我说的不是巩固提升的那批", "water.solved_villages"),
        ("那三个亿多的医疗救助资金具体是多少", "health.aid_funds"),
        ("平均每座光伏电站有多大，多少千瓦", "derived.capacity_per_station"),
        ("贫困村和非贫困村重点倾斜的拢共多少个", "derived.infrastructure_total"),
        ("1743个，这是数的啥", "industry.new_entities"),
        ("3.68亿是干啥的钱", "health.aid_funds"),
        ("18.15", "employment.employed"),  # who types it leaves out 万
        ("99.5是什么", "relocation.occupancy_rate"),  # or %
        ("作业要写就业扶贫，请问有劳动能力的建档立卡人口是多少", "employment.workforce"),
        ("帮我查一下那个扶贫龙头企业让多少户增收了啊不对我要问的是多少人", "industry.enterprise_people"),
        ("那个新型经营主体是多少个啊我不是问那个龙头企业", "industry.new_entities"),
        ("1090个产业扶贫项目的总投资", "industry.investment"),
        ("我不太会用手机，孙子教我打的字。就问一个：有多少个产业扶贫项目", "industry.projects"),
        ("龙头企业 户", "industry.enterprise_households"),  # a unit alone asks for a number, not for an overview
        ("安置项目还有几个没完工", "relocation.projects"),  # of which it is told that none
        ("这篇报道从哪儿来的", "about.source"),
        ("电话多少", "about.contact"),
        ("它留的电话多少号", "about.contact"),
    ],
)
def test_what_is_meant_is_answered(assistant: Assistant, message: str, fact: str) -> None:
    assert facts_said(assistant, message) == ("answer", (fact,))


@pytest.mark.parametrize(
    "message",
    [
        "五个深度贫困县各自分到几个深度贫困村",  # of each
        "80家龙头企业各带动多少户",
        "与张家口结对的东部城市是哪一座",
        "头年张家口脱贫了多少人",
        "3.68亿里面，基本医保那一块花了多少",
        "按脱贫村数排，张家口在全省排第几",
        "幼儿园阶段呢，贫困家庭孩子辍学的有几个",
        "747个村以外，还有几个贫困村没摘帽",
        "5个深度贫困县之外还有几个县",
        "张家口以外脱贫了多少村",
        "全河北的光伏扶贫电站就975个，真的吗",
        "康保摘帽了没，脱贫多少人",  # the place goes for what is asked next
        "全河北今年脱贫了多少人，一百万对吗",
        "搬迁户的安置房一套多大",
        "饮水提升的村里头，贫困村有几个",  # some of a whole
        "乡村旅游全年接待游客量（人次）",
        "光伏让多少名贫困人口增收？注意我问的是人不是户",
        "村级电站、集中式电站，各自装机多少",
        "得大病的贫困人口主要是哪些病",
        "就业人口里外出务工的占多少",
        "市级的国家级乡村旅游示范点有几个",
        "县里牵头的专班有几个",
        "94%是所有病都这样吗",
    ],
)
def test_what_is_not_told_is_refused(assistant: Assistant, message: str) -> None:
    assert facts_said(assistant, message) == ("abstain", ())


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("光伏电站不是建了差不多一千个嘛 对不对头", "supported"),  # 不是…嘛 claims it
        ("聽講搬遷嘅人有廿幾萬咁多，係咪呀？", "refuted"),
        ("市级领导负责包乡镇，这是四包的第一条吧", "refuted"),  # 第一 says which
        ("不上学的小孩还有好几十个，是不是真的", "refuted"),
        ("119个安置点只完工了一部分，是这样的吧", "refuted"),
        ("4.8亿是光伏一年的收益，没说错吧", "refuted"),
        ("9.1万人是光伏带动的，是吗", "refuted"),
        ("三重保障里头可没有医疗救助这一项", "refuted"),
        ("光伏带动的户数是旅游的五倍还多，对不对", "supported"),
        ("搬迁配套那产业园咋说也得有一百二十个往上吧", "supported"),
        ("危房肯定没改完", "refuted"),
        ("义务教育阶段还有贫困家庭的孩子辍学，对吧", "refuted"),
        ("国家级乡村旅游示范点写了50家，是多打了个零吗", "refuted"),
        ("产业园区数是不是多于集中安置项目数", "supported"),
        ("网文称张家口有1743家扶贫龙头企业，是否属实", "refuted"),
        ("有网民质疑扶贫专班根本没有18个，这个质疑成立吗", "refuted"),
        ("初稿写618个村饮水工程惠及贫困人口46.68万人，成立吗", "refuted"),  # 46.68万 are all who benefit
        ("62.04万是救助的户数吧", "refuted"),
        ("有劳动能力的贫困人口超过七成就业了，对吗", "supported"),
        ("贫困户住院也就报个五六成，是这样吗", "refuted"),
        ("光伏带动的贫困户，十万户有没有", "supported"),
        ("张家口一个深度贫困县都没有，对吗", "refuted"),
        ("119个集中安置项目还有一半没完工，属实吗", "refuted"),
        ("光伏收益没有健康救助资金多，对不对", "refuted"),
        ("医疗救助资金不到四个亿，我这么概括行不行", "supported"),
        ("三类危房加总能不能写两万余户", "supported"),
        ("专班撑死也就十几二十个，对不对", "supported"),
        ("说脱贫人口超过了十万，是不是夸大了", "refuted"),
        ("医药费全报吗", "refuted"),  # without a figure, of a fact that has one
        ("同事说光伏分了四五个亿，对吗", "supported"),
        ("龙头企业带动的贫困人口有十来万吧", "refuted"),
        ("饮水工程惠及十来万贫困人口，对吗", "refuted"),
        ("贫困人口就业十几二十万人，对吗", "supported"),
        ("大病保险没被算进三重保障，对不", "refuted"),
        ("受益群众里贫困人口不到四分之一，对吗", "supported"),
        ("有劳动能力的贫困人口，就业的还不到四分之一，对吗", "refuted"),
        ("有人说脱贫村有九百来个，跟报道合得上吗", "refuted"),
        ("有人讲张家口只是河北脱贫的次要战场，原文是这么写的吗", "refuted"),
        ("安置房那批项目听说还有烂尾的，没全部完工？", "refuted"),
        ("产业项目过千个了吧", "supported"),
        ("龙头企业过百家了吧", "refuted"),
        ("科长属于七长吗", "refuted"),
        ("县委书记也算在四级书记里吗", "supported"),
        ("10.69万户是旅游带动的？", "refuted"),  # the figure is another thing's
        ("龙头企业带动的户数有没有光伏多", "refuted"),
        ("光伏带动的户有旅游那么多吗", "supported"),
        ("旅游带动的人没有龙头企业那么多吧", "supported"),
        ("产业园区和安置项目一样多，对吧", "refuted"),
        ("院长不在七长里吧", "supported"),
        ("校长不算在七长里", "refuted"),
        ("省委书记不属于四级书记吧", "supported"),
        ("国家级示范点是 6、对吗", "refuted"),  # no item of a list
        ("过九万人搬迁", "supported"),
    ],
)
def test_claims_as_people_put_them(assistant: Assistant, claim: str, verdict: str) -> None:
    assert assistant.reply(claim).verdict == verdict


@pytest.mark.parametrize(
    ("messages", "fact"),
    [
        (("龙头企业和新型经营主体各带动多少贫困人口", "第二个有多少家"), "industry.new_entities"),
        (("巩固提升惠及多少群众", "其中贫困的呢"), "water.poor_beneficiaries"),
        (("乡村旅游增收的是17989户，那人呢",), "tourism.people"),  # a figure told, and another asked for
        (("光伏装机130万千瓦，那户数呢",), "solar.households"),
        (("龙头企业带动了多少人", "哎不是龙头企业，是新型经营主体"), "industry.entity_people"),
        (("光伏一年能分多少钱", "累计的呢"), "solar.income"),
        (("光伏电站几座", "原文呢"), "solar.stations"),
        (("光伏 户", "17989又是谁的"), "tourism.households"),
        (("有多少贫困村", "我要深度贫困的那个"), "infrastructure.deep_villages"),  # not among what was offered
        (("危房多少户", "省里下达的"), "housing.renovation_task"),
        (("光伏带动户数多少", "人呢", "旅游的呢"), "tourism.people"),  # what wasn't told is asked for of another
        (("就业率多少", "分母可以再给我一次吗"), "employment.workforce"),
        (("版权打哪个电话", "慢点，再报一遍"), "about.contact"),
        (("省里下达改造多少户危房", "听说还有一批没改完？"), "housing.completion"),
        (("光伏电站几座", "有多少人跟着沾光", "好吧，那就告诉我户数"), "solar.households"),
        (("带动咗几多贫困人口", "第一个啦"), "industry.enterprise_people"),
        (("七长指哪七个人", "效果呢，有孩子辍学吗"), "education.dropouts"),  # what somebody does is no 长
        (("龙头企业带动多少户", "跟旅游的比哪个多", "光伏呢"), "solar.households"),
        (("一共带动多少户增收", "旅游的", "光伏那个呢"), "solar.households"),
        (("双基重点倾斜的贫困村几个非贫困村几个", "别分开，一共"), "derived.infrastructure_total"),
        (("张北县今年出列了几个村", "那全市总共呢"), "overall.villages_lifted"),
        (("三重保障是哪三重", "第三个是什么"), "health.triple_protection"),
        (("龙头企业和新型经营主体有多少个", "前者", "后者"), "industry.new_entities"),
        (("龙头企业和新型经营主体有多少个", "后者带动了多少人", "前者呢"), "industry.enterprise_people"),
        (("省里下达改造多少户危房", "四类重点对象的呢", "剩下那一类"), "housing.other_categories"),
        (("龙头企业和乡村旅游各带动多少户", "后者有几多人"), "tourism.people"),
        (("光伏带动多少户", "乡村旅游的"), "tourism.households"),
        (("双基抓了几个深度贫困村", "不是，我问的是非贫困村"), "infrastructure.other_villages"),
        (("重点倾斜的贫困村和非贫困村各多少", "后者是几个来着，没听清楚"), "infrastructure.other_villages"),
        (("搬遷咗幾多人呀", "唔係得八萬幾咩"), "relocation.people"),  # a claim of what was told, not any 80,000
        (("去年搬迁了多少人", "那今年呢"), "relocation.people"),
        (("怀安搬迁了多少人", "蔚县呢", "全市的总该知道吧"), "relocation.people"),  # a second place changes nothing
        (("旅游经营主体有多少", "户呢"), "tourism.households"),
        (("旅游带动的户数和人数各多少", "前者再说一遍", "光伏装机多少", "收益呢"), "solar.income"),
    ],
)
def test_follow_ups(assistant: Assistant, messages: tuple[str, ...], fact: str) -> None:
    assert facts_said(assistant, *messages) == ("answer", (fact,))


@pytest.mark.parametrize(
    "messages",
    [
        ("光伏分了多少钱", "旅游那边发展了多少主体", "加起来呢"),  # nothing adds these up
        ("四类重点对象的危房多少户", "非四类的呢", "这两样加起来多少"),  # nor two of three
        ("龙头企业和新型经营主体各带动多少人", "后者是几户"),
        ("旅游带动多少人", "光伏呢"),  # of which only households are told
        ("搬迁搬了多少人", "落实了帮扶措施的贫困人口呢", "那就是四成左右咯"),  # no share of two numbers
        ("龙头企业和新型经营主体谁带动的贫困人口多", "两家合计多少人"),
        ("光伏电站几座", "结算的收益多少", "摊到每座电站呢"),  # nothing is computed of the income and the stations
        ("张家口脱贫多少人", "承德呢", "河北全省总该有吧"),
        ("光伏一年能分多少钱", "原文呢"),  # of what wasn't told, there is no sentence
        ("落实了帮扶措施的有多少人", "那没落实的呢"),
        ("一共有多少人搬了新家", "我奶奶家是哪个小区"),
        ("光伏电站有几座", "是哪家公司建的"),  # 你是哪家公司的 is small talk
        ("龙头企业带动多少户", "新型经营主体带的是不是更多"),  # of which no households are told
        ("三重保障是哪三重", "第二个能报几成"),  # of what it lists, no more is told
        ("解决饮水安全问题的村有几个", "总共花多少经费去做"),
        ("深度贫困村有几个", "给这些村投了多少资金"),
        ("国家级旅游示范点有几个", "都叫什么名字啊"),
        ("光伏带动了多少贫困户", "折成人呢，是多少人"),
        ("光伏跟乡村旅游各带动了多少户", "后者带动了多少人", "前者呢"),
        ("光伏带动多少户", "旅游 收入"),  # what 光伏 brings in is another thing's
        ("光伏 户", "人"),
        ("赤城搬了多少人", "今年呢"),  # refused for its place, not for its year
        ("搬了多少人", "那些人有没有回去"),
        ("龙头企业和新型经营主体哪个带的人多", "两家一共带了多少人"),  # nothing adds these up
    ],
)
def test_follow_ups_that_the_report_has_no_answer_to(assistant: Assistant, messages: tuple[str, ...]) -> None:
    assert facts_said(assistant, *messages) == ("abstain", ())


def test_a_count_claimed_of_a_list_is_checked(assistant: Assistant) -> None:
    talk = Conversation()
    assistant.reply("控辍保学的七长是哪几位", talk)
    assert assistant.reply("一共六位，对吧", talk).verdict == "refuted"


@pytest.mark.parametrize("claim", ["住院费用不全报吗", "医药费没全报吧", "脱贫任务不轻松吧"])
def test_what_denies_a_denial_is_not_refuted(assistant: Assistant, claim: str) -> None:
    assert assistant.reply(claim).verdict != "refuted"


@pytest.mark.parametrize("message", ["多少户不对我问光伏收益", "我不是问龙头企业带动多少户我问的是光伏"])
def test_what_was_taken_back_is_not_told(assistant: Assistant, message: str) -> None:
    assert not {"solar.households", "industry.enterprise_households"} & {*assistant.reply(message).facts[:1]}


def test_several_figures_are_each_told(assistant: Assistant) -> None:
    both = ("housing.renovation_task", "housing.other_categories")
    assert facts_said(assistant, "9754户和5819户分别说的是啥") == ("answer", both)


def test_parts_that_ask_by_themselves(assistant: Assistant) -> None:
    message = "配套产业园多少个；住进新房的比例；顺便再问下光伏总装机"
    three = ("relocation.industrial_parks", "relocation.occupancy_rate", "solar.capacity")
    assert facts_said(assistant, message) == ("answer", three)


@pytest.mark.parametrize("message", ["上学的事", "教育呢"])
def test_a_topic_named_in_full_is_told_whatever_was_said_before(assistant: Assistant, message: str) -> None:
    conversation = Conversation()
    assistant.reply("光伏电站几个", conversation)
    reply = assistant.reply(message, conversation)
    assert (reply.outcome, reply.topic) == ("overview", "education")


def test_an_overview_beside_a_figure_of_another_topic(assistant: Assistant) -> None:
    reply = assistant.reply("讲讲光伏扶贫的总体情况，再告诉我脱贫了几个村")
    assert reply.outcome == "answer"
    assert {"solar.stations", "solar.income", "overall.villages_lifted"} <= set(reply.facts)


def test_a_thing_told_without_its_unit_is_a_choice(assistant: Assistant) -> None:
    reply = assistant.reply("旅游扶贫带动了多少")
    assert {"tourism.households", "tourism.people"} <= set(reply.options or reply.facts)


@pytest.mark.parametrize(
    ("messages", "facts"),
    [
        (
            ("龙头企业和新型经营主体各有多少", "它们分别带动了多少贫困人口呢"),
            ("industry.enterprise_people", "industry.entity_people"),
        ),
        (
            ("80家龙头企业和1743个新型经营主体，各自惠及贫困人口几万",),
            ("industry.enterprise_people", "industry.entity_people"),
        ),
        (("平均每人次救助款和平均每户光伏收益",), ("derived.aid_per_visit", "derived.solar_income_per_household")),
        (("带动贫困人口更多的是龙头企业还是新型经营主体",), ("industry.enterprise_people", "industry.entity_people")),
        (("救助人次：？救助资金支出：？",), ("health.aided_visits", "health.aid_funds")),
        (("四类重点对象的危房多少户", "不是四类的呢", "加上省里下达的任务一共多少户"), ("derived.housing_total",)),
        (("有劳动能力的有多少人", "已经就业的呢", "合百分之多少"), ("derived.employment_rate",)),
        (("让多少贫困人口受益", "乡村旅游的", "龙头企业带的呢"), ("industry.enterprise_people",)),
        (("文章从哪家报转的，挂在哪个网上，版权电话多少",), ("about.source", "about.publisher", "about.contact")),
        (
            ("旅游带动的人多还是龙头企业带动的人多", "户数呢"),
            ("tourism.households", "industry.enterprise_households"),
        ),
        (
            ("龙头企业有几家，纳税多少，带动多少户",),  # what isn't told in between doesn't hide what is
            ("industry.leading_enterprises", "industry.enterprise_households"),
        ),
        (("项目有多少个", "都要"), ("industry.projects", "relocation.projects")),
        (("龙头企业带贫，户数人数各多少",), ("industry.enterprise_households", "industry.enterprise_people")),
        (("光伏带动多少户", "换成乡村旅游"), ("tourism.households",)),
        (("四级书记是哪四级", "再说一遍"), ("governance.four_levels",)),
        (("乡村旅游经营主体有多少", "够得上国家级示范点的呢"), ("tourism.national_sites",)),
        (("配套产业园建了多少个", "比集中安置项目多吗"), ("relocation.industrial_parks", "relocation.projects")),
        (
            ("饮水安全巩固提升工程完成村数、惠及群众数、其中贫困人口数，三个数一起给",),
            ("water.upgraded_villages", "water.beneficiaries", "water.poor_beneficiaries"),
        ),
        (
            ("分别说说新型经营主体、龙头企业和乡村旅游带动的贫困人口数",),  # what the last says is asked of all
            ("industry.entity_people", "industry.enterprise_people", "tourism.people"),
        ),
        (
            ("龙头企业、新型主体、乡村旅游，按带动的贫困人口从多到少排个序",),
            ("industry.enterprise_people", "industry.entity_people", "tourism.people"),
        ),
        (
            ("龙头企业和新型经营主体各有多少，又各带了多少贫困人口",),
            (
                "industry.leading_enterprises",
                "industry.new_entities",
                "industry.enterprise_people",
                "industry.entity_people",
            ),
        ),
        (("光伏电站总装机容量和带动的贫困户数各是多少",), ("solar.capacity", "solar.households")),
        (("有劳动能力的和已就业的各多少人",), ("employment.workforce", "employment.employed")),
        (("任务下达了多少户，改完了没",), ("housing.renovation_task", "housing.completion")),
        (("省里下的危房任务是9754户吧", "都改完了？"), ("housing.completion",)),
        (
            ("记者求证一下：救助人次、救助资金、住院报销比例，三个数一起发我",),
            ("health.aided_visits", "health.aid_funds", "health.reimbursement_rate"),
        ),
        (("救助62万多人次、花掉约3.7亿，我这么写对吗",), ("health.aided_visits", "health.aid_funds")),
        # compared
        (("医疗救助的人次和饮水提升惠及的群众，哪个数字更大",), ("health.aided_visits", "water.beneficiaries")),
        (("深度贫困村的数目是深度贫困县的多少倍",), ("infrastructure.deep_villages", "infrastructure.deep_counties")),
        (("龙头企业带动的贫困人口赶得上新型经营主体吗",), ("industry.enterprise_people", "industry.entity_people")),
        (("产业扶贫项目和乡村旅游经营主体是不是一样多",), ("industry.projects", "tourism.entities")),
        (
            ("搬迁这一块，安置项目和配套产业园区哪个数目大",),
            ("relocation.projects", "relocation.industrial_parks"),
        ),
        (
            ("扶贫龙头企业几家", "新型经营主体呢", "这两个哪个带动的贫困人口多"),
            ("industry.enterprise_people", "industry.entity_people"),
        ),
        (("光伏扶贫整体怎么样", "跟乡村旅游比，谁带动的户多"), ("solar.households", "tourism.households")),
        (
            ("重点倾斜的贫困村多少个，非贫困村多少个", "前面那个多几个"),
            ("infrastructure.poor_villages", "infrastructure.other_villages"),
        ),
        # 前者 stays what it was
        (("光伏和旅游，哪个带动的户多", "前者呢", "另一个呢", "前者呢"), ("solar.households",)),
        (("深度贫困县几个，深度贫困村又是几个", "第二个再说一遍", "第一个呢"), ("infrastructure.deep_counties",)),
        (("全市投了多少产业项目",), ("industry.projects",)),
        (("119、975",), ("relocation.projects", "solar.stations")),
        (("80家3.11万户",), ("industry.leading_enterprises", "industry.enterprise_households")),
        (("1、龙头企业几家 2、光伏装机多少",), ("industry.leading_enterprises", "solar.capacity")),
        (("一、搬了多少人；二、入住率多少",), ("relocation.people", "relocation.occupancy_rate")),
        (("光伏装机，旅游户数",), ("solar.capacity", "tourism.households")),
        (("危房是不是都改好了？总共几户",), ("housing.completion", "derived.housing_total")),
        (("危房总户数和光伏电站数分别是多少",), ("derived.housing_total", "solar.stations")),
        (("还是说张家口吧，搬迁和就业各多少人",), ("relocation.people", "employment.employed")),
        (
            ("光伏、旅游、龙头企业带动的户数从多到少排一下",),
            ("solar.households", "tourism.households", "industry.enterprise_households"),
        ),
        (("光伏和旅游各带动多少户", "从少到多排一下"), ("solar.households", "tourism.households")),
        (("四类和非四类加起来几户",), ("housing.four_categories", "housing.other_categories")),  # no sum of all three
        # spoken without a pause
        (("龙头企业几家带动多少户",), ("industry.leading_enterprises", "industry.enterprise_households")),
        (
            ("光伏收益多少钱有几座电站摊到一户合多少",),
            ("solar.income", "solar.stations", "derived.solar_income_per_household"),
        ),
        (
            ("产业扶贫项目几个投了多少钱一个合多少",),
            ("industry.projects", "industry.investment", "derived.investment_per_project"),
        ),
        (("四包、三位一体、七长各是什么",), ("governance.four_bao", "cooperation.trinity", "education.seven_heads")),
        (("饮水解决的县、村数",), ("water.solved_counties", "water.solved_villages")),
        (("深度贫困县是五个吧深度贫困村几个",), ("infrastructure.deep_counties", "infrastructure.deep_villages")),
    ],
)
def test_each_of_several_things(assistant: Assistant, messages: tuple[str, ...], facts: tuple[str, ...]) -> None:
    assert facts_said(assistant, *messages) == ("answer", facts)


@pytest.mark.parametrize(
    "messages",
    [
        ("龙头企业带动多少户", "旅游的户数呢", "两个加一起是多少户"),  # nothing adds these up
        ("五間國家級鄉村旅遊示範點係邊五間",),
        ("康保县搬了多少人，入住率多高",),
        ("80家扶贫龙头企业，其中国家级的是几家",),
        ("乡村旅游带动多少户", "收入有几个亿"),  # of tourism it isn't told
        ("把光伏电站、旅游主体、龙头企业全加起来总共多少个",),
        ("东西部协作是哪个城市帮张家口",),
        ("为啥非四类的危房比四类的还多",),
        ("配套的那些产业园区让多少搬迁户上了班",),
        ("危房没被改造的有多少",),
        ("多少人没被算进就业",),
        ("危房改造多少户不包括四类重点对象",),  # what is left out is counted in the whole
        ("扶贫车间几个，收益多少",),
        ("三重保障有哪些", "第四个是什么"),
        ("搬迁多少人不对是多少户",),
        ("扶贫车间开了几个？带动几人？",),  # of what isn't known, no figure is told either
        ("每户搬迁补了五万块钱，属实吗",),
        ("乡村旅游一年接待多少游客，收入多少",),  # solar power has an income, tourism hasn't
        ("龙头企业和新型经营主体，哪个挣的钱多",),
        ("光伏和旅游，哪个带动的户多", "后者是多少户", "前者的人数"),
        ("光伏和旅游，哪个带动的户多", "后者多少人", "前者多少人"),
        ("去年，张家口脱贫了多少人",),
        ("今年以前，张家口累计脱贫多少人",),
        ("张家口全部光伏（不光扶贫的）装机多少万千瓦",),
        ("光伏电站今年新并网了几座",),
    ],
)
def test_what_only_sounds_like_a_fact(assistant: Assistant, messages: tuple[str, ...]) -> None:
    assert facts_said(assistant, *messages) == ("abstain", ())


@pytest.mark.parametrize("message", ["前者呢", "后者", "另一个呢", "第一个", "前者的人数", "第二个是多少户"])
@pytest.mark.parametrize("facts", [(), ("solar.households",), ("solar.households", "tourism.households")])
@pytest.mark.parametrize("earlier", [(), ("water.solved_people",), ("solar.households", "tourism.households")])
@pytest.mark.parametrize("options", [(), ("relocation.people",), ("relocation.people", "relocation.projects")])
def test_what_points_back_is_read_whatever_was_said(
    assistant: Assistant, message: str, facts: tuple[str, ...], earlier: tuple[str, ...], options: tuple[str, ...]
) -> None:
    talk = Conversation(facts=facts, earlier=earlier, options=options)
    assert assistant.reply(message, talk).outcome in ("answer", "abstain", "clarify", "overview")


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("光伏扶贫电站建了几座，建设资金投了多少", ("solar.stations",)),
        ("产业园区一共配了几个，里头进了多少企业，提供多少岗位", ("relocation.industrial_parks",)),
    ],
)
def test_what_is_asked_next_of_the_same_thing_is_no_other_things(
    assistant: Assistant, message: str, facts: tuple[str, ...]
) -> None:
    assert facts_said(assistant, message) == ("answer", facts)


def test_what_is_left_of_three_is_a_choice_after_one(assistant: Assistant) -> None:
    talk = Conversation()
    assistant.reply("农村危房改造任务多少户", talk)
    reply = assistant.reply("剩下那一类呢", talk)
    assert set(reply.options) == {"housing.four_categories", "housing.other_categories"}


@pytest.mark.parametrize("message", ["搬了几户啊", "搬迁户数是多少", "有多少户搬了"])
def test_a_unit_that_is_not_told_is_refused_with_the_one_that_is(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.options[:1]) == ("abstain", ("relocation.people",))


@pytest.mark.parametrize(
    ("message", "fact", "missing"),
    [
        ("住院能报几成，门诊报多少", "health.reimbursement_rate", "门诊"),
        ("光伏电站有几座一年能发多少度电", "solar.stations", "一年"),
        ("旅游示范点国家级几家省级几家", "tourism.national_sites", "省级"),
        ("深度贫困村几个俺们乡有几个", "infrastructure.deep_villages", "俺们乡"),
    ],
)
def test_what_is_not_told_beside_what_is_is_refused_by_name(
    assistant: Assistant, message: str, fact: str, missing: str
) -> None:
    reply = assistant.reply(message)
    assert (reply.outcome, reply.facts) == ("answer", (fact,))
    assert missing in reply.text


def test_what_was_taken_for_true_is_no_claim(assistant: Assistant) -> None:
    reply = assistant.reply("深度贫困县有五个吧？我还以为是八个")
    assert (reply.facts, reply.verdict) == (("infrastructure.deep_counties",), "supported")


def test_doubts_after_an_overview_repeat_it(assistant: Assistant) -> None:
    talk = Conversation()
    told = assistant.reply("健康扶贫做得怎么样", talk)
    again = assistant.reply("你确定吗", talk)
    assert again.outcome == "overview"
    assert again.facts == told.facts


def test_a_refusal_names_all_that_was_asked_and_offers_what_was_told(assistant: Assistant) -> None:
    conversation = Conversation()
    assistant.reply("搬迁都住进去了吗", conversation)
    reply = assistant.reply("还有多少没住", conversation)
    assert reply.outcome == "abstain"
    assert "“还有多少没住”" in reply.text
    assert reply.options == ("relocation.occupancy_rate",)


def test_a_thing_is_compared_in_its_own_unit_after_what_was_computed_of_it(assistant: Assistant) -> None:
    conversation = Conversation()
    assistant.reply("光伏一户能分多少钱", conversation)
    assert assistant.reply("跟旅游比谁带的户多", conversation).facts == ("solar.households", "tourism.households")
