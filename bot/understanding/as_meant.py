"""What a message means to ask: without what it takes back, leaves out or only believes, joined to its subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from bot.knowledge.grammar import Grammar
from bot.language.normalise import SEPARATOR
from bot.understanding.clause import SHARE, UNCOUNTABLE, WHO_AND_WHERE, Ask, Clause
from bot.understanding.query import joined

#: clauses of 不是这个，是那个
_SIDES = 2


def as_meant(clauses: Sequence[Clause], grammar: Grammar) -> list[Clause]:
    """Without what the asker took back (不对，是…) or left out (…不算); a question joined to its subject."""
    meant: list[Clause] = []
    if instead := _instead(clauses):
        return [instead]
    clauses = _this_year_as_well(_without_taken_back_figures(_without_beliefs(clauses, grammar)), grammar)
    clauses = _with_topic_first([c for c in clauses if not _says_untold(c)] or clauses, grammar)
    left_out = taken_back = False
    beyond: Clause | None = None
    for number, said in enumerate(clauses):
        clause = _left_aside(said, clauses[number + 1 :])
        asked = taken_back or any(c.ask.kind for c in meant)
        if "correction" in clause.marks and asked and "except" not in clause.marks:
            if not (clause.has_content or clause.guards):
                meant, taken_back = [c.but(ask=Ask()) for c in meant], True
                continue  # 打错了，是多少人
            corrected = _corrected(meant, clause, grammar)
            if corrected is None:
                continue
            meant, clause = corrected
        if meant and {"correction", "except"} <= clause.marks and (unit := _affirmed(clause)):
            meant[-1] = meant[-1].but(ask=unit)  # …，问的是人头不是户头
            continue
        left_out = "except" in clause.marks or (left_out and clause.joined_by.isalpha() and not clause.ask.kind)
        if left_out:
            beyond = clause if clause.tokens[-1].text in grammar.besides else None
            continue  # 不含后来筛查和摸排的
        if beyond and clause.concept_names <= beyond.concept_names:
            clause = clause.but(guards=[*clause.guards, ("population", beyond.text)])  # 5个县之外，还有几个县
        beyond = None
        if meant and _adds_nothing(clause, meant, grammar):
            continue
        if meant and meant[-1].ask.kind == "which" and clause.only_asks and _asks_of_each(clause, grammar):
            meant[-1] = meant[-1].but(ask=Ask())  # 危房分哪几类，每类各多少户
        if "dismiss" in clause.marks and meant and not said.has_content:
            known = meant.pop()
            if not known.mentions:  # 9.1万是新型主体的，我知道 says nothing of what is asked next
                meant.append(known.but(ask=Ask()))
            continue
        if meant and _is_unit_of(clause, meant[-1].ask):
            continue  # 平均有多大个儿（千瓦）
        among = bool(clause.tokens[0].values("within"))  # 惠及群众数、其中贫困人口数
        of_all = (
            bool(clause.concepts) and sum(c.ask.kind == "quantity" for c in meant) > 1
        )  # 四类几户，非四类几户，一共几户
        if clause.only_asks and meant and not (among or of_all) and _refines(meant[-1].ask, clause.ask):
            meant[-1] = meant[-1].but(ask=clause.ask)  # 平均多大，多少千瓦: the unit of the same question
            continue
        # 做旅游的主体，数量报一下: a question that doesn't say of what belongs to the clause before it.
        subject = meant[-1] if meant else None
        belongs = subject and not subject.ask.kind and (subject.concepts or not clause.has_content)
        if (
            clause.only_asks
            and belongs
            and not (subject and (_asks_apart(subject, clause) or (subject.mentions and clause.is_elliptical)))
            and not clause.joined_by.isalpha()
        ):
            before = meant.pop()
            meant.append(joined([before, clause], ask=clause.ask, joined_by=before.joined_by))
        else:
            meant.append(clause)
    return _in_units(meant) or list(clauses)


def _with_topic_first(clauses: Sequence[Clause], grammar: Grammar) -> Sequence[Clause]:
    """涉及几个县？我问的是饮水安全那一块: what says of which topic it was asked, before the question."""
    for at, clause in enumerate(clauses):
        names = "correction" in clause.marks and clause.tells and clause.tokens[-1].text in grammar.frames
        asked = [c for c in clauses[:at] if c.ask.kind]
        if (
            names
            and not clause.ask.kind
            and asked
            and not any(c.tells and c.concept_names - WHO_AND_WHERE for c in asked)
        ):
            return [clause.but(marks=clause.marks - {"correction"}), *clauses[:at], *clauses[at + 1 :]]
    return clauses


def _left_aside(clause: Clause, following: Sequence[Clause]) -> Clause:
    """人数我知道, 不许说747: what is meant, and nothing that is asked; without figures that aren't claimed."""
    if "dismiss" not in clause.marks:
        return clause
    ends = clause.tokens[-1].values("dismiss") and any(c.has_content for c in following)
    told = clause.concepts and not ends  # 我知道电站有957个，对吧
    return clause.but(ask=Ask(), mentions=clause.mentions if told else [])


def _without_taken_back_figures(clauses: Sequence[Clause]) -> list[Clause]:
    """门槛是15%，说错了，10%以上: the figure before a correction isn't claimed, where nothing was asked."""
    meant: list[Clause] = []
    for number, clause in enumerate(clauses):
        corrects = "correction" in clause.marks and not (clause.has_content or any(c.ask.kind for c in meant))
        instead = clause.mentions or any(c.mentions for c in clauses[number + 1 :])
        if corrects and instead and meant and meant[-1].mentions:
            meant[-1] = meant[-1].but(mentions=[])
            if not clause.mentions:
                continue
        meant.append(clause)
    return meant


def _this_year_as_well(clauses: Sequence[Clause], grammar: Grammar) -> list[Clause]:
    """去年脱贫多少人，今年呢: what was asked of another year is asked of the report's."""
    meant: list[Clause] = []
    for clause in clauses:
        before = meant[-1] if meant else None
        says = clause.concepts or clause.mentions or clause.guards or clause.unknown
        home = any(token.text in grammar.this_year for token in clause.tokens)
        asks = clause.is_elliptical or clause.ask.kind == "quantity"
        if before and home and asks and not says and any(reason == "time" for reason, _ in before.guards):
            guards = [guard for guard in before.guards if guard[0] != "time"]
            ask = clause.ask if clause.ask.explicit else before.ask  # …，今年多少钱
            meant.append(clause.but(concepts=before.concepts, ask=ask, tells=before.tells, guards=guards))
        else:
            meant.append(clause)
    return meant


def _corrected(meant: list[Clause], clause: Clause, grammar: Grammar) -> tuple[list[Clause], Clause] | None:
    """What is left of a question, and what instead of it is asked (不对，是脱贫的村); None where nothing changes."""
    instead = clause.tells and any(token.text in grammar.wants for token in clause.tokens)  # …，我要的是入住率
    if not clause.ask.kind and clause.concepts and not instead and any(c.ask.explicit for c in meant):
        return None  # 多少名贫困人口？注意我问的是人不是户
    # 不对，是脱贫的村 asks anew; 问的是户 only says what is to be counted.
    anew = clause.tells or not (clause.concepts or clause.ask.explicit)
    if not anew and any(c.ask.explicit and c.ask.counts == clause.ask.counts for c in meant):
        return None  # 几万户？记住我问的是户
    if anew and not clause.ask.kind and clause.tokens[-1].text in grammar.possessives and meant:
        clause = clause.but(ask=meant[-1].ask)  # …多少人，我要的是新型经营主体的
    return ([] if anew else [c.but(ask=Ask()) for c in meant]), clause


def _asks_apart(subject: Clause, clause: Clause) -> bool:
    """县、村、户依次是多少, 危房是不是都改好了？一共多少户: whether a question isn't of what comes before it."""
    lists = {subject.tokens[-1].text, clause.tokens[0].text} <= WHO_AND_WHERE  # 解决饮水安全问题的县、村各多少
    units = "distributor" in clause.marks and (lists or not subject.tells)
    claims = "claim" in subject.marks and subject.is_question
    told = "claim" in subject.marks and subject.tells and bool(subject.mentions) and clause.ask.kind == "quantity"
    return units or claims or told


def _instead(clauses: Sequence[Clause]) -> Clause | None:
    """不是龙头企业，是新型经营主体: what is meant instead of what was understood; None where it isn't that."""
    plain = len(clauses) == _SIDES and not any(c.mentions or c.ask.kind or c.marks - {"except"} for c in clauses)
    if not plain or not all(c.tells for c in clauses):
        return None
    one, other = ([t for t in c.tokens if not t.values("filler")] for c in clauses)
    turns = bool(one and other) and bool(one[0].values("not")) and bool(other[0].values("equals"))
    return clauses[1].but(tokens=other[1:], is_elliptical=True) if turns and other[1:] else None


def _adds_nothing(clause: Clause, meant: list[Clause], grammar: Grammar) -> bool:
    """Whether a clause only says how the one before it is meant, or that it isn't, which is taken into account."""
    if clause.tokens[0].text in grammar.alternatives and clause.guards and not (clause.tells or clause.mentions):
        return True  # 94%说的是平均，还是最高: what may not be so is no part of the question
    unwanted = "except" in clause.marks or not (clause.has_content or clause.ask.kind)
    if clause.text.startswith(tuple(grammar.gives_up)) and unwanted:
        meant.pop()  # 我想问就业……算了，先说搬迁; …，算了村数不要了，…
        return True
    last = meant[-1].tokens[-1].text if meant[-1].is_elliptical and not meant[-1].ask.kind else ""
    if last in grammar.about and clause.only_asks and clause.ask == Ask("quantity", uncounted=True):
        return True  # 那村呢，多少
    only_claims = "claim" in clause.marks and not (clause.has_content or clause.ask.kind or clause.concepts)
    if only_claims and meant[-1].mentions and not meant[-1].ask.kind:
        meant[-1] = meant[-1].but(marks=meant[-1].marks | {"claim"})  # 入住率有九成九，是真的吗，…
        return True
    return False


def _asks_of_each(clause: Clause, grammar: Grammar) -> bool:
    """每类各多少户: whether it asks of each of the kinds that were just asked for."""
    first = clause.tokens[0]
    return bool(first.values("distributor")) and first.text.startswith(tuple(grammar.parting))


def _is_corrected(following: Clause | None, grammar: Grammar) -> bool:
    """Whether the next clause says what is so in truth, and of nothing else: 其实是9754户."""
    if following is None or following.tokens[0].text not in grammar.in_truth:
        return False
    return bool(following.mentions) and not following.tells


def _without_beliefs(clauses: Sequence[Clause], grammar: Grammar) -> list[Clause]:
    """有五个？我以为得三个, 有人写三个，其实是五个: without figures that were taken for true, where another is told."""
    believed = [
        any(token.text in grammar.believed for token in clause.tokens) or _is_corrected(following, grammar)
        for clause, following in zip_longest(clauses, clauses[1:])
    ]
    told = {m.unit for clause, belief in zip(clauses, believed, strict=True) for m in clause.mentions if not belief}
    return [
        clause.but(mentions=[m for m in clause.mentions if m.unit not in told]) if belief else clause
        for clause, belief in zip(clauses, believed, strict=True)
    ]


def _affirmed(clause: Clause) -> Ask | None:
    """What a clause that corrects says is to be counted, before what it says isn't; None where it doesn't."""
    counts: set[str] = set()
    for token in clause.tokens:
        if token.values("not"):
            break
        counts |= {*token.values("quantity")} - {"any"}
    return Ask("quantity", frozenset(counts), explicit=True) if counts else None


def _in_units(clauses: list[Clause]) -> list[Clause]:
    """按户计，龙头企业的带动面有多大: what comes before a question may say what is to be counted."""
    if len(clauses) < 2 or not clauses[0].only_asks or clauses[0].ask.interrogative or not clauses[0].ask.explicit:
        return clauses
    unit, rest = clauses[0].ask, clauses[1:]
    if not any(c.ask.kind == "quantity" and not c.ask.explicit for c in rest):
        return clauses
    counted = unit._replace(interrogative=True)
    return [c.but(ask=counted) if c.ask.kind == "quantity" and not c.ask.explicit else c for c in rest]


def _is_unit_of(clause: Clause, asked: Ask) -> bool:
    """Whether a word by itself says in what the size asked for is counted."""
    return asked.of_size and len(clause.tokens) == 1 and clause.joined_by == SEPARATOR and not clause.ask.kind


def _refines(asked: Ask, ask: Ask) -> bool:
    if asked.of_size and ask.counts and ask.counts <= UNCOUNTABLE:
        return True  # 平均多大，多少千瓦
    if asked.kind != "quantity" or ask.kind != "quantity" or asked.explicit:
        return False
    if ask.of_size and not asked.of_size:
        return False  # 光伏电站多少个、多大
    if ask.counts == frozenset({SHARE}) and asked.interrogative and not asked.counts:
        return False  # 有活干的几多，比例几多
    return asked.counts is None or ask.counts is None or bool(asked.counts & ask.counts)


def _says_untold(clause: Clause) -> bool:
    """没有户数啊 before 那给人数也行: whether it only says that a number isn't told."""
    names_unit = clause.ask.explicit and not clause.ask.interrogative and not clause.concepts
    return names_unit and "none" in clause.marks and not (clause.is_question or clause.is_elliptical)
