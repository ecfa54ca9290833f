"""Claims about what the report says in words (七长里有市长, 一个深度贫困县都没有): do they hold?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.figures import scale_of
from bot.language.lexicon import Token
from bot.understanding.candidates import Question, best_of, confidence
from bot.understanding.claims_of_all import ClaimsOfAll
from bot.understanding.claims_of_extent import ClaimsOfExtent
from bot.understanding.clause import TELLING_FIGURE, WHO, Ask, Clause
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.message import Reader
from bot.understanding.no_others import says_no_others
from bot.understanding.query import OFF_TOPIC, Query, question_of
from bot.understanding.short_questions import undone_at

#: weighted share of a claim that must be understood before it is checked
_EXPLAINED = 0.75
#: … and this much of one about a figure that names no figure
_KNOWN = 0.95
#: the share that all of them are, and the least that nearly all are
_ALL, _NEARLY_ALL = 100, 90
#: guards by which a claim is about others than the fact is, rather than wrong about it
_ABOUT_OTHERS = frozenset({"population", "place", "ours", "time", "rate", "remaining"})
#: kinds of word that say something of a name beside it
_SAYS = ("none", "many", "contains", "undone", "compare", "relation", "guard", "uncounted")


class ClaimsInWords:
    """The step that checks statements without figures."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, figures: FigureFacts, report: Report) -> None:
        self._grammar = intents.grammar
        self._matcher = matcher
        self._judge = judge
        self._figures = figures
        self._report = report
        self._of_all = ClaimsOfAll(intents, matcher, figures, report)
        self._of_extent = ClaimsOfExtent(intents.grammar, self._of_all)
        self._reader = Reader(intents)

    def check(self, query: Query) -> Finding | None:
        """七长里有市长，对吧: a claim about a fact, judged by its words; None where they don't decide."""
        tokens = query.clause.tokens
        if denials := [n for n, token in enumerate(tokens) if token.values("not")]:
            return self._denial(query, denials)
        found = self._claim(query)
        if found and found.verdict and self._only_names(query.clause, self._report.facts[found.targets[0]]):
            return None
        if found and found.verdict and self._is_of_other_size(query.clause, self._report.facts[found.targets[0]]):
            return found._replace(verdict=False)
        fact = self._report.facts[found.targets[0]] if found else None
        if found and fact and found.verdict and (judged := self._of_extent.judged(query.clause, found, fact)):
            return judged
        if found and found.verdict and any(word in query.clause.text for word in self._grammar.sole):
            return Finding("abstain", "claim_in_words", options=found.targets, reason="unmatched", confidence=70.0)
        if found and found.verdict and self._leaves_out(query.clause, self._report.facts[found.targets[0]]):
            return found._replace(verdict=False)
        if found and found.verdict and (denied := self.denied_of_all(query.clause, found.targets[0])):
            return denied
        undone = undone_at(tokens, self._grammar)
        # 大病保险没被算进三重保障: what is said not to be so isn't so because the rest of it is.
        if not (found and found.verdict and undone):
            return found
        none = self._report.facts[found.targets[0]].value == 0  # 没有辍学的吧 says just that
        return found if none else self._denial(query, undone)

    def _only_names(self, clause: Clause, fact: Fact) -> bool:
        """好吧，入住率呢, 我说的是人次: whether a name is all that is said, of what has a number that isn't."""
        said = [token for token in clause.tokens if any(map(token.values, _SAYS))]
        last = clause.tokens[-1]
        whether = bool(last.values("claim")) or last.text in self._grammar.whether_endings | self._grammar.particles
        asks = (
            last.text in self._grammar.elliptical_endings and last.text not in self._grammar.whether_endings
        )  # 七长呢
        named = bool(fact.value) and not fact.answers and not whether
        return len(clause.concepts) == 1 and not said and (asks or named)

    def _leaves_out(self, clause: Clause, fact: Fact) -> bool:
        """大扶贫格局里只有专项扶贫和行业扶贫: whether no others than some of a list are said to be in it."""
        named = sum(member in clause.text for member in fact.members if len(member) > 1)
        return says_no_others(clause.tokens, self._grammar) and 0 < named < len(fact.members)

    def _is_of_other_size(self, clause: Clause, fact: Fact) -> bool:
        """上千个 of 99: whether so many are claimed as the number can't be said to be."""
        scales = []
        for token, following in zip(clause.tokens, [*clause.tokens[1:], None], strict=True):
            goes_on = following is not None and following.text[0] in self._grammar.large  # 上百 万千瓦
            text = token.text + (following.text.replace(fact.counts, "") if following and goes_on else "")
            if token.values("many") and (scale := scale_of(text)):
                scales.append(scale)
        return bool(fact.value and scales) and not all(scale <= (fact.value or 0) < scale * 10 for scale in scales)

    def denied_of_all(self, clause: Clause, target: str) -> Finding | None:
        """四类重点对象的危房改造滞后了: what is told of all of them is denied of some."""
        fact = self._report.facts[target]
        words = (f for f in self._report.topic_facts(fact.topic) if f.value is None)
        beside = [f for f in words if self._denies(f, clause)]
        beside = [f for f in beside if not f.is_denied_in_turn(clause.stated, self._grammar.denying)]  # 没滞后
        if not fact.value or len(beside) != 1 or clause.concept_names.isdisjoint(self._matcher.known[beside[0].id]):
            return None
        return Finding("answer", "claim_in_words", (beside[0].id,), confidence=80.0, verdict=False)

    def _denies(self, fact: Fact, clause: Clause) -> bool:
        """Whether a word said denies the fact; beside a figure one character (没到5000户) may deny only that."""
        denials = (word for word in fact.denied_by if len(word) > 1 or not clause.mentions)
        return any(word in clause.stated for word in denials)

    def _denial(self, query: Query, denials: Sequence[int]) -> Finding | None:
        """张家口并不是主战场吧, 包的不是村，而是户: the opposite of what is claimed without the denial."""
        tokens, (at, *further) = query.clause.tokens, denials
        if further or query.mentions:
            return None  # 不是不包括: what such a denial denies can't be told from its words
        instead = next((n for n in range(at + 1, len(tokens)) if self._says_instead(tokens, n)), len(tokens))
        affirmed = self._affirmed(query, [*tokens[:at], *tokens[at + 1 : instead]])
        if affirmed is None or affirmed.verdict is None or not self._report.facts[affirmed.targets[0]].answers:
            return None
        asks_back = tokens[0].text in self._grammar.asks_back_at_start
        if asks_back or tokens[-1].text in self._grammar.asks_back_at_end:
            return affirmed  # 不是主战场吗 claims that it is
        if not affirmed.verdict and instead < len(tokens):
            said = self._affirmed(query, [*tokens[:at], *tokens[instead + 1 :]])
            if said is None or not said.verdict:
                return None
        elif not affirmed.verdict and any(_pauses(tokens, n) for n in range(1, len(tokens))):
            return None  # 没能按时干完，拖了期: what isn't so may stand behind what is denied
        return affirmed._replace(verdict=not affirmed.verdict, confidence=min(affirmed.confidence, 80.0))

    def _says_instead(self, tokens: Sequence[Token], at: int) -> bool:
        """而是户, ，是新华网: what is so instead of what was denied."""
        return tokens[at].text in self._grammar.instead or (bool(tokens[at].values("equals")) and _pauses(tokens, at))

    def _affirmed(self, query: Query, tokens: Sequence[Token]) -> Finding | None:
        clause = self._reader.whole(tokens)
        clause.marks |= query.clause.marks & {"claim"}
        affirmed = query._replace(clause=clause, question=question_of(clause, Ask(), frozenset()))
        return self._claim(affirmed) if clause.concepts else None

    def _claim(self, query: Query) -> Finding | None:
        clause = query.clause
        if any(reason == OFF_TOPIC for reason, _ in clause.guards):
            return None  # 帮我把数学作业写了呗
        guards = [word for _, word in clause.guards]
        places = [word for reason, word in query.guards if reason == "place"]
        question: Question = query.question._replace(ask=Ask(), guards=(), unknown=0)
        ranked = self._matcher.rank(question)
        if self._claims_none(clause) and (counted := self._matcher.counted_last(question)):
            # 一个深度贫困县都没有 speaks of counties.
            ranked = [c for c in ranked if c.is_fact and self._report.facts[c.target].counts in counted]
        best = best_of(ranked)
        unclear = best is not None and best.is_fact and best.explained < _EXPLAINED
        if best is not None and unclear and (without := self._without_denial(clause, best.target)):
            ranked = self._matcher.rank(
                question._replace(groups=without)
            )  # 省级 of 国家级: wrong, and so explains nothing
            best = best_of(ranked)
        if best is None or not best.is_fact or best.explained < _EXPLAINED:
            return None
        foreign = (*(word for word in guards if word not in self._matcher.known[best.target]), *clause.unknown)
        if not self._judge.is_sure(best, ranked):
            return None
        fact = self._report.facts[best.target]
        if fact.value and any("most" in token.values("compare") for token in clause.tokens):
            return None  # 四类重点对象的户数最多: no single fact says so
        if fact.counts and any(place not in self._matcher.known[fact.id] for place in places):
            return None  # 台东也有四包
        asked = clause.ask
        if asked.explicit and asked.counts and asked.counts <= WHO and fact.counts not in {*asked.counts, ""}:
            return None  # 企业那边的户数有吧 is about no number of enterprises
        if fact.value == 0 and any(
            reason in _ABOUT_OTHERS and not fact.is_denied_by(word, reason) and word not in _nones(clause)
            for reason, word in query.guards
        ):
            return None  # 贫困家庭的大学生一个也没退学: of these the report doesn't tell
        verdict: bool
        small = [f.value for token in clause.tokens if (f := token.figure) and 0 < f.value < TELLING_FIGURE]
        denied = any(fact.is_denied_by(word, reason) for reason, word in clause.guards)
        if (
            denied
            or fact.is_denied_by(clause.stated)
            or swaps(fact, clause.text, self._grammar.copulas | self._grammar.done_by)
        ):
            if fact.is_denied_in_turn(clause.stated, self._grammar.denying):
                return None  # 医药费没全报吧, 任务不轻松吧
            verdict = False
        elif fact.value and len(small) == 1 and not (foreign or fact.answers or small[0] % 1):
            verdict = small[0] == fact.value  # 记者写八个: too small a number to ask for by itself
        elif fact.unit == "%" and (self._of_all.claimed(clause) or self._of_all.of_share(clause, fact)):
            nearly = not {"about", "nearly"}.isdisjoint(r for t in clause.tokens for r in t.values("relation"))
            verdict = bool(fact.value and fact.value >= (_NEARLY_ALL if nearly else _ALL))  # 全都入住了, of 99.5%
        elif fact.value and self._of_all.beyond_told(clause, fact):
            return self._of_all.share_of(fact)
        elif fact.value and "none" in clause.marks:
            if not self._claims_none(clause) or foreign or fact.formula:
                return None
            verdict = False  # 一个深度贫困县都没有
        elif fact.value == 0:
            zero = any(token.figure and not token.figure.value for token in clause.tokens)
            some = "many" in clause.marks or is_vague(clause) or self._claims_some(clause)
            if not (some or "none" in clause.marks or zero):
                return None
            twice = zero and "none" in clause.marks  # 没有零辍学
            verdict = not some and not twice
        elif any(name in clause.text for name, _ in fact.pairs):
            verdict = True  # nothing in it goes with what goes with another
        elif not fact.answers and not foreign and best.explained > _KNOWN:
            verdict = True  # 专班由市级领导牵头: all of it is what the paraphrases say
        elif not fact.answers or (foreign and not fact.answers & {"which", "name"}):
            return None
        else:
            verdict = not any(len(word) > 1 for word in foreign)
        return Finding(
            "answer",
            "claim_in_words",
            (fact.id,),
            confidence=min(confidence(best, ranked), 70.0 if foreign else 99.0),
            verdict=verdict,
            words=foreign,
            question=question,
            candidates=tuple(ranked[:6]),
        )

    def _without_denial(self, clause: Clause, target: str) -> tuple[frozenset[str], ...]:
        """What a claim names without the words that deny the fact; () where none does."""
        fact = self._report.facts[target]
        denying = {t.text for t in clause.tokens if t.values("concept") and t.text.rstrip("的") in fact.denied_by}
        kept = tuple(
            frozenset(t.values("concept")) for t in clause.tokens if t.values("concept") and t.text not in denying
        )
        return kept if denying else ()

    @staticmethod
    def _claims_some(clause: Clause) -> bool:
        """有孩子辍学吧: that there are some, and no number of them."""
        at = next((n for n, token in enumerate(clause.tokens) if token.values("contains")), len(clause.tokens))
        behind = clause.tokens[at + 1 :]
        numbered = any(token.figure or token.values("ask") for token in clause.tokens)
        claims = "claim" in clause.marks and "none" not in clause.marks and not clause.ask.kind
        return claims and not numbered and not clause.unknown and any(token.values("concept") for token in behind)

    @staticmethod
    def _claims_none(clause: Clause) -> bool:
        """一个深度贫困县都没有，对吗; who only says so (跟我念：一个人都没脱贫) claims nothing to be checked."""
        asks = any(token.values("claim") for token in clause.tokens)
        return "none" in clause.marks and asks and not clause.ask.kind

    def denied_by_list(self, query: Query) -> Finding | None:
        """是新华社的稿子吧: one of a list of things, each of which denies a fact."""
        reasons = {reason for reason, _ in query.clause.guards}
        facts = [
            fact
            for fact in self._report.facts.values()
            if reasons and all(f"<{reason}>" in fact.denied_by for reason in reasons)
        ]
        facts = [f for f in facts if query.clause.concept_names <= self._matcher.known[f.id] | query.question.context]
        if not facts:
            return None
        words = tuple(word for _, word in query.clause.guards)
        pairs = list(pairwise(query.clause.tokens))
        # 河北日报，不是人民日报; but 不是人民日报吗 asks back
        denied = all(any(t.values("not") and then.text == word for t, then in pairs) for word in words)
        denied = denied and query.clause.tokens[-1].text not in self._grammar.asks_back_at_end
        return Finding("answer", "claim_in_words", (facts[0].id,), confidence=70.0, verdict=denied, words=words)


def _nones(clause: Clause) -> set[str]:
    """没有辍学 in 没有辍学的吧: what is read as something left undone, and says that there are none."""
    tokens = clause.tokens
    return {f"{token.text}{next_.text}" for token, next_ in pairwise(tokens) if token.values("none")}


def _pauses(tokens: Sequence[Token], at: int) -> bool:
    """Whether a pause stands before a word."""
    return tokens[at].start > tokens[at - 1].end


def swaps(fact: Fact, text: str, links: Collection[str]) -> bool:
    """乡镇干部包户, 包村的是县领导, 村由机关干部来包: whether something is said to go with what goes with another.

    `links`: the words between what somebody does and who does it (是, 由).
    """
    partners = {partner for _, partner in fact.pairs}
    # 村由机关干部包, unlike 由乡镇干部包村，由机关干部包户
    opening = text[: min((at for name, _ in fact.pairs if (at := text.find(name)) >= 0), default=0)]
    turned = any(partner in opening for partner in partners)
    for name, partner in fact.pairs:
        before, found, after = text.partition(name)
        if not found:
            continue
        ahead = min((p for p in partners if p in after), key=after.index, default="")
        behind = max((p for p in partners if p in before), key=before.rindex, default="")
        said = (behind or ahead if turned and before.endswith(tuple(links)) else ahead or behind) or partner
        if said != partner:
            return True
    return False


def is_vague(clause: Clause) -> bool:
    """还有几百个孩子辍学，对吧: 几百 claims a number, and asks for none."""
    return any(len(t.text) > 1 and t.text[0] == "几" and t.text[-1] in "十百千万" for t in clause.tokens)
