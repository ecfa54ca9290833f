"""What a claim says of the fact that a question like it finds: whether the one is so, or the other instead."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.understanding.claims_in_words import swaps
from bot.understanding.claims_of_all import ClaimsOfAll
from bot.understanding.clause import REMAINING, TELLING_FIGURE, Clause
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.figure_owners import FigureOwners
from bot.understanding.judge import Judge
from bot.understanding.matcher import Matcher
from bot.understanding.query import Query
from bot.understanding.short_questions import asks_whether

#: a share that is all of it (percent)
_ALL = 100

#: concepts that a statement joins
_SEVERAL = 2
#: kinds of word by which a statement that links two things doesn't say so (不是市级领导包乡镇, 包村不对)
_TURNED = ("not", "undone_next", "connective", "correction", "claim")
#: reasons of a refusal that leave open whose figure was said
_LACKING = frozenset({"measure", "unmatched"})


class Verdicts:
    """The step that judges a claim by the fact found for it."""

    def __init__(self, intents: Intents, matcher: Matcher, judge: Judge, figures: FigureFacts, report: Report) -> None:
        self._grammar = intents.grammar
        self._matcher = matcher
        self._figures = figures
        self._owners = FigureOwners(intents, matcher, judge, figures, report)
        self._of_all = ClaimsOfAll(intents, matcher, figures, report)
        self._report = report
        self._judge = judge

    def judged(self, query: Query, found: Finding) -> Finding:
        """The answer to a claim that wasn't sure to be about its fact: whether the one figure said is the fact's.

        河北脱贫超过50万人吧: no fact that counts nothing, or nothing like it, says anything of such a figure.
        """
        lacks = found.kind == "overview" or found.reason in _LACKING
        if lacks and (owner := self._owners.of_first(query)):
            return found._replace(kind="answer", rule="claim", reason="", words=(), targets=(owner.id,), verdict=False)
        told = query.is_claim and any(m.counts and not m.figure.is_percent for m in query.mentions)
        if found.kind == "overview" and told:  # 搬迁一个人补六万块，是真是假
            return found._replace(kind="abstain", reason="unmatched", targets=(), confidence=70.0)
        if query.is_claim and query.mentions and found.kind == "clarify" and self._is_of_none(query, found.options):
            return found._replace(kind="abstain", rule="claim", reason="unmatched", confidence=70.0)
        if done := self._told_to_be_done(query.clause, found):
            return found._replace(kind="answer", targets=(done.id,), options=())
        if self._claims_some(query, found):
            return found._replace(rule="claim_in_words", verdict=False)
        if (
            found.kind in ("answer", "clarify")
            and found.rule in ("match", "rivals")
            and self._tells_otherwise(query, found)
        ):
            ids = found.targets or found.options
            if found.kind == "answer" and self._claims_part_of_whole(query, found):
                return found._replace(rule="claim", verdict=False, confidence=75.0)
            if owner := self._owner_of_part(query, found):
                return found._replace(rule="claim", targets=(*found.targets, owner.id), verdict=True, confidence=75.0)
            asks = query.clause.has_question_word
            if not asks and (owner := self._owners.of_sibling(query, ids) or self._owners.of_first(query)):
                owned = found._replace(kind="answer", rule="claim", targets=(owner.id,), options=())
                return owned._replace(verdict=False, confidence=75.0)
            return found._replace(
                kind="abstain", rule="claim", reason="unmatched", targets=(), options=ids, confidence=70.0
            )
        if found.kind != "answer" or found.rule not in ("match", "follow_up", "none_left") or len(found.targets) != 1:
            return found
        fact = self._report.facts[found.targets[0]]
        if self._asks_opposite(query, fact):
            return found._replace(rule="claim_in_words", verdict=False)
        if self._states_swapped(query.clause, fact):
            return found._replace(rule="claim_in_words", verdict=False)
        mentions = query.mentions
        if not query.is_claim or found.rule not in ("match", "follow_up"):
            return found
        if fact.value is None or len(mentions) != 1 or (query.clause.ask.interrogative and query.clause.ask.kind):
            return found
        (mention,) = mentions
        if not self._figures.same_unit(fact, mention):
            return found
        holds = self._figures.is_true(fact, query.clause, mention, query.relations)
        if holds and self._judge.is_of_other_topic(query, fact.id):  # 龙头企业带动了6.07万贫困人口搬迁
            return Finding("abstain", "claim", options=found.targets, reason="unmatched", confidence=70.0)
        return found._replace(rule="claim", verdict=holds, mention=mention)

    def _is_of_none(self, query: Query, options: Sequence[str]) -> bool:
        """龙头企业带动6.07万人就业: whether each of the facts that it may be about knows nothing of something named."""
        return bool(options) and all(self._judge.is_of_other_topic(query, id) for id in options)

    def _claims_part_of_whole(self, query: Query, found: Finding) -> bool:
        """危房改造只完成了一半吧: whether a share is claimed of what the report says of all of them."""
        shares = [m for m in query.mentions if m.figure.is_percent and m.figure.value < _ALL]
        fact = self._report.facts[found.targets[0]]
        return bool(shares) and shares == query.mentions and bool(fact.denied_by) and self._of_all.is_told(fact)

    def _owner_of_part(self, query: Query, found: Finding) -> Fact | None:
        """9754户提前完成改造: the fact that has the one figure said, where what is said of it is told beside it."""
        clause = query.clause
        fact = self._report.facts[found.targets[0]] if len(found.targets) == 1 else None
        if fact is None or fact.value is not None or fact.sentence is None or len(clause.mentions) != 1:
            return None
        owners = [f for f in self._figures.owners(clause.mentions[0]) if f.sentence is fact.sentence]
        if len(owners) != 1 or clause.guards or fact.is_denied_by(clause.stated):
            return None
        undone = any(token.values("undone") for token in clause.tokens)
        if undone or not self._figures.is_true(owners[0], clause, clause.mentions[0], query.relations):
            return None  # 不到9754户提前完成改造
        known = self._matcher.known.get(fact.id, frozenset()) | self._matcher.known.get(owners[0].id, frozenset())
        return owners[0] if all(group & known for group in clause.concepts) else None

    def _told_to_be_done(self, clause: Clause, found: Finding) -> Fact | None:
        """四类重点对象的危房改完了吗: what the sentence of a number says in words, where it is asked if that is so."""
        ids = found.targets if found.kind == "answer" else found.options
        numbers = [fact for id in ids if (fact := self._report.facts.get(id)) and fact.value is not None]
        rest = [id for id in ids if id not in {fact.id for fact in numbers}]
        if len(numbers) != 1 or found.verdict is not None or found.rule not in ("match", "follow_up", "rivals"):
            return None
        (fact,) = numbers
        said = self._report.said_in_words_with(fact)
        asks = asks_whether(clause, self._grammar) and not (clause.ask.kind or clause.mentions or clause.guards)
        does = any(self._matcher.says_deed(group) for group in clause.concepts)
        told = asks and does and len(said) == 1 and self._of_all.is_told(said[0])
        return said[0] if told and {*rest} <= {said[0].id} else None

    def _claims_some(self, query: Query, found: Finding) -> bool:
        """还有五个辍学的，是吗: whether a number of what there is none of is claimed."""
        clause = query.clause
        if found.kind != "answer" or found.rule != "match" or len(found.targets) != 1 or not query.is_claim:
            return False
        some = any(token.figure and token.figure.value for token in clause.tokens)
        denies = any(token.values(kind) for token in clause.tokens for kind in ("not", "none", "undone"))
        asks = clause.ask.interrogative and clause.ask.kind
        return self._report.facts[found.targets[0]].value == 0 and some and not (denies or asks)

    def _asks_opposite(self, query: Query, fact: Fact) -> bool:
        """医药费全报吗: whether what a fact denies is asked, without a figure, and not denied in turn (不全报吗).

        Of a fact in words only what is claimed (危房肯定没改完): 还有没改完的吗 asks.
        """
        clause = query.clause
        whether = (clause.is_elliptical or clause.is_question or query.is_claim) and not clause.has_question_word
        plain = whether and not query.mentions and not fact.is_denied_in_turn(clause.stated, self._grammar.denying)
        undone = query.is_claim and any(
            reason == REMAINING and self._grammar.denying.isdisjoint(clause.stated.partition(word)[0])
            for reason, word in clause.guards
        )  # unlike 不可能没改完
        equates = clause.is_question and any(token.values("equals") for token in clause.tokens)  # 标准是一不愁两保障？
        return plain and (bool(fact.value) or undone or equates) and fact.is_denied_by(clause.stated)

    def _states_swapped(self, clause: Clause, fact: Fact) -> bool:
        """市级领导包乡镇: whether a plain statement says that what goes with another goes together."""
        asks = clause.ask.kind or clause.has_question_word or clause.is_elliptical or len(clause.concepts) < _SEVERAL
        if asks or any(token.values(kind) for token in clause.tokens for kind in _TURNED):
            return False
        return swaps(fact, clause.text, self._grammar.copulas | self._grammar.done_by)

    def _tells_otherwise(self, query: Query, found: Finding) -> bool:
        """Whether a claim tells a figure that none of the facts found can have."""
        facts = [self._report.facts[id] for id in (*found.targets, *found.options)]
        asks = query.clause.ask.interrogative and query.clause.ask.kind
        remains = any(reason == REMAINING for reason, _ in query.clause.guards)  # 还有一多半没改
        if not query.is_claim or asks or (remains and all(fact.value is None for fact in facts)):
            return False
        # 这五项是重点工作吗 only says how many they are.
        told = [
            m for m in query.clause.mentions if m.counts and (m.figure.is_percent or m.figure.value >= TELLING_FIGURE)
        ]
        if any(
            not any(fact.value is not None and self._figures.same_unit(fact, mention) for fact in facts)
            for mention in told
        ):
            return True
        owners = [self._figures.owners(m) for m in query.clause.mentions if m.figure.value >= TELLING_FIGURE]
        return len(owners) > 1 and any(of_it and not any(f in facts for f in of_it) for of_it in owners)
