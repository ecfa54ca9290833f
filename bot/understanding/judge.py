"""Decide what a question gets: a fact, an overview, a choice, or a refusal that names what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.grammar import Grammar
from bot.knowledge.intents import OVERVIEW, UNANSWERED
from bot.knowledge.model import Fact, Report
from bot.language.normalise import normalise
from bot.understanding.candidates import Candidate, best_of, closest_other, confidence, targets_of
from bot.understanding.clause import MONEY, REMAINING, SHARE, TELLING_FIGURE, WHO, Ask, Clause
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher
from bot.understanding.other_things import OtherThings
from bot.understanding.query import OFF_TOPIC, Query, concepts_of

#: score (0–100) from which a fact may be stated
ANSWER_SCORE = 62.0
#: score below which a fact doesn't answer what names another thing
_HARDLY = 66.0
#: weighted share of a question that must be understood before a fact is stated
ANSWER_EXPLAINED = 0.62
#: weighted share of its concepts that the fact must know before it is stated
ANSWER_TOPICAL = 0.6
#: … and more where the question is about some out of a whole (搬迁的人里头，就业的有多少)
WITHIN_TOPICAL = 0.75
#: … and more where it asks whether something is so
WHETHER_TOPICAL = 0.85
#: … and more of a fact that the bot computes: 旅游每户收益 isn't the solar income of a household
COMPUTED_TOPICAL = 0.85
#: two facts nearer than this (points of rank) can't be told apart …
MARGIN = 4.0
#: … and this much farther for each share of the paraphrase that the question leaves unsaid
VAGUE_MARGIN = 30.0
#: two facts that differ in what they count are both meant where none is named and they are nearer than this
UNIT_MARGIN = 8.0
#: what a question must reach for its candidates to be offered as a choice
CLARIFY_SCORE = 30.0
CLARIFY_EXPLAINED = 0.7
#: candidates within this share of the best are offered with it
CLARIFY_WITHIN = 0.8
#: facts offered at once
MAX_OPTIONS = 6
#: confidence below which nothing is stated: too little of what the fact's paraphrases say was said
LEAST_CONFIDENCE = 54.0

#: whom, and what money, the report counts: of another topic's there are others
_OF_ONE_TOPIC = WHO | {MONEY}

#: kinds of question that a fact which doesn't answer them may still be close to
_SOFT_KINDS = frozenset({"", "quantity", "overview", "how", "which", "what", "yesno"})
#: … and that a list answers, though only the rest of it is asked for (七长剩下的是谁)
_LISTS = frozenset({"what", "which", "who", "name"})


class Judge:
    """Weighs the candidates for a question."""

    def __init__(self, matcher: Matcher, report: Report, grammar: Grammar, answer_score: float = ANSWER_SCORE) -> None:
        self._unfinished = grammar.unfinished
        self._others = OtherThings(matcher, grammar.purposes)
        self._matcher = matcher
        self._report = report
        self._answer_score = answer_score

    def judge(
        self,
        query: Query,
        *,
        rule: str = "match",
        excluded: frozenset[str] = frozenset(),
        only: frozenset[str] | None = None,
    ) -> Finding:
        """The finding for a question.

        `excluded` facts can't be meant; `only` these can, where given. `rule` names the caller's step.
        """
        ranked = [c for c in self._matcher.rank(query.question) if c.target not in excluded]
        if rule == "follow_up":
            ranked = [c for c in ranked if not c.is_unanswered]
        if rule == "coordinated":
            # 脱贫村数是深度贫困村数的几倍: of the one side, what is said of the other isn't asked.
            ranked = [c for c in ranked if not c.is_unanswered or c.phrase.bag <= query.question.own]
        if any(reason == REMAINING for reason, _ in query.guards):
            ranked = [c for c in ranked if not c.is_overview]  # 还有危房没改完吗 asks for no overview
        if query.question.ask.kind == "how" and not self._computes(query.question.own):
            ranked = [c for c in ranked if not c.is_computed]  # 怎么带动的, unlike 就业率怎么算
        unit = "" if query.question.ask.kind else self._matcher.unit_named_last(query.question)
        if unit and not any(token.values("filler") for token in query.clause.tokens):
            counted = [c for c in ranked if c.is_fact and self._report.facts[c.target].counts == unit]
            ranked = counted if any(self._is_good(c) for c in counted) else ranked  # 旅游 户
        if only is not None:
            ranked = [c for c in ranked if c.target in only]
        refused = self._refuse(query, ranked, follows=rule == "follow_up")
        if refused:
            return refused
        ranked = [c for c in ranked if not c.is_unanswered]
        best = next((c for c in ranked if c.accepts and self._is_good(c)), None)
        within = best is not None and self._matcher.names_others(best.target, _named_within(query.clause))
        if best is not None and (within or ("within" in query.clause.marks and best.topical < WITHIN_TOPICAL)):
            return self._unmatched(query, ranked)  # 搬迁的人里头，就业的有多少: of these the report doesn't tell
        if best is not None and (missing := self.unanswered_guards(query, best.target)):
            # 全河北今年脱贫了多少人: that another fact knows the place doesn't make this one tell of it.
            return self._abstain(query, ranked, "guard", missing[0][0], [missing[0][1]])
        if best is not None and (denied := self._denied_by_asking(query, best)):
            return self._nothing_remains(query, ranked) or self._abstain(query, ranked, "guard", "population", [denied])
        asks_number = rule == "match" and query.question.ask.kind == "quantity"
        other = best is not None and best.is_fact and asks_number and self._is_of_other(query, best)
        if best is not None and (other or self._only_touches(query, best) or self._counts_of_one(query, best)):
            return self._unmatched(query, ranked)
        if best is not None:
            return self._answer(query, best, ranked, rule)
        best = best_of(ranked)
        if best is None:
            return self._unmatched(query, ranked)
        clarified = None if _is_hard(query) else self._clarify(query, best, ranked, rule)
        if clarified is None or (clarified.kind == "answer" and clarified.confidence < LEAST_CONFIDENCE):
            return self._unmatched(query, ranked)
        return clarified

    def _computes(self, names: frozenset[str]) -> bool:
        """Whether a sum, an average or a share is named (就业率怎么算)."""
        return bool(self._matcher.computed(names)) or SHARE in names

    def unanswered_guards(self, query: Query, target: str | None) -> list[tuple[str, str]]:
        """The guard words that no paraphrase of the target (a fact or overview) uses itself."""
        known = self._matcher.known[target] if target else frozenset()
        names_thing = any(not self._matcher.adds_up(group) for group in query.clause.concepts)
        names_nothing = not any(clause.concepts for clause in (query.clause, *query.around))
        names_nothing = names_nothing and not query.question.ask.counts  # 补助了多少人次 says whom it counts
        if not names_thing and (query.clause.is_elliptical or query.clause.concepts or names_nothing):
            known = frozenset()  # 河北省呢 names nothing but a place: no fact is meant by it
        fact = self._report.facts.get(target) if target else None
        told = [m for m in query.mentions if not m.figure.is_percent and m.figure.value >= TELLING_FIGURE]
        shares = query.is_claim and not told
        return [
            (reason, word)
            for reason, word in query.guards
            if word not in known
            and not (fact and _is_denial(fact, reason, word, is_claim=query.is_claim and word in query.clause.text))
            and not (fact and shares and fact.tells_rest(word))  # 自己只掏6%
            and not (fact and fact.members and reason == REMAINING and query.question.ask.kind in _LISTS)
        ]

    def is_sure(self, best: Candidate, ranked: Sequence[Candidate]) -> bool:
        """Whether a claim may be checked against this fact: it fits, and no other fits as well."""
        if best.explained < ANSWER_EXPLAINED or best.score < self._answer_score * CLARIFY_WITHIN:
            return False
        if any(c.is_unanswered and c.accepts and c.explained > best.explained + MARGIN / 100 for c in ranked):
            return False  # 每户搬迁补了五万块: what is known not to be told says more of it
        return not any(
            c is not best and c.accepts and c.rank > best.rank - (MARGIN if c.is_unanswered else _margin(best))
            for c in ranked
        )

    def _denied_by_asking(self, query: Query, best: Candidate) -> str:
        """县里领导 in 县里领导牵头的专班有几个: what the fact says otherwise of what is counted; "" if nothing."""
        fact = self._report.facts.get(best.target)
        asks = query.question.ask.kind == "quantity" and query.question.ask.interrogative
        if fact is None or not fact.value or not asks or query.is_claim or "distributor" in query.clause.marks:
            return ""
        return next((word for word in fact.denied_by if word in query.clause.text), "")

    def _is_of_other(self, query: Query, best: Candidate) -> bool:
        """Whether the question, or what stands before it, names a thing that the fact knows nothing of."""
        others, target = self._others, best.target
        named = self.is_of_other_topic(query, target) or (best.score < _HARDLY and others.named(query, target))
        return named or others.before(query, target)

    def is_of_other_topic(self, query: Query, target: str) -> bool:
        """龙头企业带动了多少人就业: whether a fact counts those, or the money, which another topic is said of.

        So does 深度贫困村就业多少, which doesn't say what it asks to count.
        """
        ask = query.question.ask
        open_ended = ask.kind == "quantity" and ask.uncounted and not ask.explicit
        said_of = open_ended or self._report.facts[target].counts in _OF_ONE_TOPIC
        return said_of and self._others.of_other_topic(query, target)

    def _counts_of_one(self, query: Query, best: Candidate) -> bool:
        """大病保险出了多少: whether a number is asked of one of the things that a fact lists, which has none."""
        fact = self._report.facts.get(best.target)
        ask = query.question.ask
        asks = ask.kind == "quantity" and ask.interrogative and not query.is_claim
        if fact is None or not asks or fact.counts in (ask.counts or ()) or normalise(fact.figure) in query.clause.text:
            return False  # 七长里有没有家长，还有几个
        return sum(normalise(member) in query.clause.text for member in fact.members) == 1

    def _is_good(self, candidate: Candidate) -> bool:
        if candidate.is_computed and candidate.topical < COMPUTED_TOPICAL:
            return False
        return (
            candidate.score >= self._answer_score
            and candidate.explained >= ANSWER_EXPLAINED
            and candidate.topical >= ANSWER_TOPICAL
        )

    # ---- outcomes

    def _refuse(self, query: Query, ranked: Sequence[Candidate], *, follows: bool) -> Finding | None:
        best = best_of(ranked)
        clause, ask = query.clause, query.question.ask
        if missing := self.unanswered_guards(query, best.target if best else None):
            if done := self._nothing_remains(query, ranked):
                return done
            reason = missing[0][0]
            return self._abstain(query, ranked, "guard", reason, [word for r, word in missing if r == reason])
        if "none" in clause.marks and best and best.is_fact and (self._report.facts[best.target].value or 0) > 0:
            words = [token.text for token in clause.tokens if token.values("none")]
            return self._abstain(query, ranked, "none", "remaining", words)
        if clause.unknown_head:
            return self._abstain(query, ranked, "unknown_head", "measure", [clause.unknown_head])
        if best is None:
            return self._not_this_way(query, ranked)
        if best.is_unanswered and best.score >= self._answer_score:
            return self._abstain(query, ranked, "unanswered", "measure", [best.target.removeprefix(UNANSWERED)])
        closer = closest_other(ranked)
        best = next((c for c in ranked if c.accepts and not c.is_unanswered), None)
        if closer is None or best is None:
            return None
        more_apt = closer.topical > best.topical + 0.1 and closer.rank > best.rank * 0.6
        if more_apt and query.mentions and ask.explicit and best.score >= self._answer_score:
            more_apt = not self._same_sentence(best, closer)  # 七个县解决饮水安全的贫困户是多少户
        if ask.kind in ("which", "name") and closer.rank > best.rank and best.score < self._answer_score:
            return self._abstain(query, ranked, "kind", ask.kind)  # 哪些村脱贫了 asks for names of what is only counted
        names = self._matcher.names_thing(query.question.own)  # 省下达的呢, after the other kinds
        sure = names and best.explained == 1 and best.score >= self._answer_score
        if more_apt or (follows and ask.explicit and closer.rank > best.rank and not sure):
            return self._not_this_way(query, ranked)
        return None

    def _same_sentence(self, one: Candidate, other: Candidate) -> bool:
        """Whether both are facts that the same sentence tells."""
        if not (one.is_fact and other.is_fact):
            return False
        sentences = [self._report.facts[candidate.target].sentence for candidate in (one, other)]
        return sentences[0] is not None and sentences[0] is sentences[1]

    def _nothing_remains(self, query: Query, ranked: Sequence[Candidate]) -> Finding | None:
        """还剩多少危房没改完, 听说还有项目没完工: the fact that tells that none are left, where there is one."""
        words = [word for reason, word in query.guards if reason == REMAINING]
        finishing = all(any(char in word for char in self._unfinished) for word in words)  # unlike 没人管
        asks = query.question.ask.kind == "quantity" or (query.is_claim and not query.question.ask.kind)
        if not words or not asks or len(words) < len(query.guards) or not finishing:
            return None
        said = query.question.own | query.question.context
        for fact in self._report.facts.values():
            tells = all(fact.is_denied_by(word, REMAINING) for word in words)
            about = self._matcher.names_thing(self._matcher.shares(fact.id, said))
            if tells and about and not self._matcher.is_foreign(fact.id, said):
                found = self._finding("answer", "none_left", query, ranked, (fact.id,))
                return found._replace(confidence=80.0, verdict=False if query.is_claim else None)
        return None

    def _not_this_way(self, query: Query, ranked: Sequence[Candidate]) -> Finding | None:
        """The thing asked about is there, but not in this unit, or not what is asked of it."""
        ask = query.question.ask
        other = closest_other(ranked)
        if ask.kind == "quantity" and other and self._counts_list(ask, other):
            return self._finding("answer", "match", query, [other._replace(accepts=True)], (other.target,))
        if ask.kind == "quantity" and ask.counts and other:
            return self._abstain(query, ranked, "unit", "unit", sorted(ask.counts))
        if ask.kind not in _SOFT_KINDS:
            return self._abstain(query, ranked, "kind", ask.kind)
        return None

    def _counts_list(self, ask: Ask, other: Candidate) -> bool:
        """重点工作有几项: whether it is asked how many things a fact lists, which the list itself tells."""
        listed = bool(self._report.facts[other.target].members)
        # 几项, 几种: what lists are counted in
        of_lists = any(fact.members and fact.counts in (ask.counts or ()) for fact in self._report.facts.values())
        sure = other.topical == 1 and other.score >= self._answer_score
        return listed and of_lists and ask.explicit and sure

    def _answer(self, query: Query, best: Candidate, ranked: Sequence[Candidate], rule: str) -> Finding:
        rivals = [c for c in ranked if c.accepts and c.rank > best.rank - _margin(best)]
        facts = targets_of([c for c in rivals if c.is_fact])
        if len(facts) == 1 and best.is_fact:
            facts += self._counted_otherwise(best, ranked, query)
        facts = self._not_denied(facts, query)
        if best.is_overview:
            return self._finding("overview", rule, query, ranked, (best.target.removeprefix(OVERVIEW),))
        if len(facts) > 1 and not query.question.ask.kind and (counts := self._matcher.counted_last(query.question)):
            # 新型经营主体 受益贫困人口: without a question word, what is named last is asked for.
            facts = tuple(fact for fact in facts if self._report.facts[fact].counts in counts) or facts
        if any(reason == REMAINING for reason, _ in query.guards):
            # 还有危房没改完吗 asks for the fact that tells of it.
            facts = (
                tuple(c.target for c in rivals if c.is_fact and not self.unanswered_guards(query, c.target)) or facts
            )
        facts = tuple(fact for fact in facts if fact == best.target or not self.unanswered_guards(query, fact))
        if not facts:
            word = query.guards[0]  # only facts that don't tell of it are left
            return self._abstain(query, ranked, "guard", word[0], [word[1]])
        fitting = tuple(fact for fact in facts if self._matcher.fits(fact, query.question.ask)) or facts
        if len(fitting) > 1 and self._matcher.names_more_than_units(query.question):
            # 平均每人次多少钱: what a fact that is computed needs, others may do without.
            fitting = tuple(f for f in fitting if not self._is_needless(f, query)) or fitting
        if len(fitting) > 1 and "within" in query.clause.marks:
            # 受益者当中，属于贫困人口的是多少人: what knows only of the whole isn't meant.
            within = _named_within(query.clause)
            fitting = tuple(f for f in fitting if within <= self._matcher.fullest.get(f, frozenset())) or fitting
        if not (fitting := self._left_of_sum(fitting, query)):
            return self._abstain(query, ranked, "needs", "unmatched")
        if len(fitting) == 1 and self._matcher.lacks(fitting[0], query.question):
            return self._abstain(query, ranked, "needs", "unmatched")
        if len(fitting) == 1:
            return self._finding("answer", rule, query, ranked, fitting)
        return self._choice("rivals", query, ranked, fitting)

    def _counted_otherwise(self, best: Candidate, ranked: Sequence[Candidate], query: Query) -> tuple[str, ...]:
        """旅游带动了多少: what the same sentence tells of the same thing in another unit, where none is asked for."""
        ask, fact = query.question.ask, self._report.facts[best.target]
        counted = self._matcher.counts_named(query.question)
        if (
            ask.kind != "quantity"
            or (ask.counts and not ask.of_whom)
            or fact.sentence is None
            or fact.counts in counted
        ):
            return ()
        near = (c for c in ranked if c is not best and c.is_fact and c.accepts and c.rank > best.rank - UNIT_MARGIN)
        others = (self._report.facts[c.target] for c in near if c.explained == best.explained)
        return tuple(f.id for f in others if f.sentence is fact.sentence and f.counts != fact.counts)

    def _not_denied(self, facts: tuple[str, ...], query: Query) -> tuple[str, ...]:
        """Without those that a part of the message rules out (…，不是做巩固提升的那批), unless it rules out all."""
        denied = {name for name in query.denied - query.question.own if self._matcher.weights.get(name, 0) > 1}
        return tuple(f for f in facts if not denied & self._matcher.fullest.get(f, frozenset())) or facts

    def _left_of_sum(self, facts: tuple[str, ...], query: Query) -> tuple[str, ...]:
        """重点倾斜的村一共几个？非贫困村不算: the one part of a sum that isn't ruled out; () where several are left."""
        total = self._report.facts.get(facts[0]) if len(facts) == 1 else None
        if total is None or total.formula is None or not total.is_sum or not query.denied:
            return facts
        known = {part: self._matcher.fullest.get(part, frozenset[str]()) for part in total.formula.operands}
        of_all = frozenset.intersection(*known.values())
        left = tuple(part for part, names in known.items() if not names & query.denied - of_all)
        if len(left) == len(known):
            return facts
        return left if len(left) == 1 else ()

    def _only_touches(self, query: Query, best: Candidate) -> bool:
        """深度贫困县是不是全摘帽了: whether a fact of a number knows only half of what is said to be so."""
        fact = self._report.facts.get(best.target)
        whether = query.is_claim and not query.question.ask.kind and not query.mentions
        if not whether or fact is None or not fact.value:
            return False
        return best.topical < WHETHER_TOPICAL or self._matcher.is_foreign(best.target, query.question.own)

    def _is_needless(self, fact: str, query: Query) -> bool:
        return self._report.facts[fact].formula is not None and self._matcher.lacks(fact, query.question)

    def _clarify(self, query: Query, best: Candidate, ranked: Sequence[Candidate], rule: str) -> Finding | None:
        if best.score < CLARIFY_SCORE or best.explained < CLARIFY_EXPLAINED:
            return None
        near = [c for c in ranked if c.accepts and c.is_fact and c.rank > best.rank * CLARIFY_WITHIN]
        if any(self.unanswered_guards(query, c.target) for c in near):
            return None  # 河北全省的光伏电站: that one fact knows the place is no reason to offer the others
        if len(near) >= 2:
            return self._choice("vague", query, ranked, targets_of(near))
        if near and near[0].explained > 0.95:
            return self._finding("answer", rule, query, ranked, (near[0].target,))
        return None

    def _finding(
        self, kind: str, rule: str, query: Query, ranked: Sequence[Candidate], targets: tuple[str, ...]
    ) -> Finding:
        best = best_of(ranked)
        return Finding(
            "overview" if kind == "overview" else "answer",
            rule,
            targets,
            confidence=confidence(best, ranked) if best else 0.0,
            question=query.question,
            candidates=tuple(ranked[:6]),
        )

    def _choice(self, rule: str, query: Query, ranked: Sequence[Candidate], near: tuple[str, ...]) -> Finding:
        # 钱花了多少 is no choice between amounts of money and numbers of households.
        near = self._not_denied(near, query)
        if len(near) == 1:
            return self._finding("answer", rule, query, ranked, near)
        said = frozenset(name for name in concepts_of(query.around) if self._matcher.names_thing([name]))
        units = query.question.ask.explicit and not self._matcher.names_thing(query.question.own)
        if said and units and all(self._matcher.is_foreign(target, said) for target in near):
            # 安板子的光伏，带了多少口人: of what was said, none of these is told
            return self._abstain(query, ranked, "unit", "unit", sorted(query.question.ask.counts or ()))
        if query.question.ask.kind == "quantity" and all(self._others.named(query, target) for target in near):
            return self._unmatched(query, ranked)  # 光伏帮多少贫困村增了收 is no choice between other things' villages
        options = tuple(target for target in near if self._matcher.fits(target, query.question.ask)) or near
        # What the report states is offered before what is computed from it.
        options = tuple(sorted(options, key=lambda target: self._report.facts[target].formula is not None))
        return Finding(
            "clarify",
            rule,
            options=options[:MAX_OPTIONS],
            confidence=80.0 if rule == "rivals" else 60.0,
            question=query.question,
            candidates=tuple(ranked[:6]),
        )

    def _unmatched(self, query: Query, ranked: Sequence[Candidate]) -> Finding:
        kind = query.question.ask.kind
        if _is_hard(query) or (kind in ("which", "how", "name", "number") and closest_other(ranked)):
            return self._abstain(query, ranked, "kind", kind)
        if off_topic := [word for reason, word in query.clause.guards if reason == OFF_TOPIC]:
            return self._abstain(query, ranked, "guard", OFF_TOPIC, off_topic)
        return self._abstain(query, ranked, "unmatched", "unmatched", query.clause.unknown)

    @staticmethod
    def _abstain(
        query: Query, ranked: Sequence[Candidate], rule: str, reason: str, words: Sequence[str] = ()
    ) -> Finding:
        named = concepts_of([query.clause, *query.around])
        nearest = [c for c in ranked if c.is_fact and c.score > 25 and c.phrase.bag & named]
        return Finding(
            "abstain",
            rule,
            options=targets_of(nearest[:3]),
            reason=reason,
            words=tuple(words),
            confidence=60.0 if reason == "unmatched" else 90.0,
            question=query.question,
            candidates=tuple(ranked[:6]),
        )


def _is_denial(fact: Fact, reason: str, word: str, *, is_claim: bool) -> bool:
    """Whether a guard word says the opposite of what the fact says, rather than something beside it.

    还有危房没改完吗 asks for just what 均提前完成 says; 省级领导牵头的吧 claims what the report denies.
    """
    return (reason == REMAINING or is_claim) and fact.is_denied_by(word, reason)


def _is_hard(query: Query) -> bool:
    """Whether it asks why, when, who or where: nothing that is merely near answers that."""
    return query.question.ask.kind not in _SOFT_KINDS | {"name", "number"}


def _margin(best: Candidate) -> float:
    return MARGIN + VAGUE_MARGIN * (1 - best.covered)


def _named_within(clause: Clause) -> frozenset[str]:
    """孩子 in 搬迁的人里孩子有多少: what is said of some out of a whole."""
    at = next((n for n, token in enumerate(clause.tokens) if token.values("within")), len(clause.tokens))
    return frozenset(name for token in clause.tokens[at:] for name in token.values("concept"))
