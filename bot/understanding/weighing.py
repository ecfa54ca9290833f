"""How well a question fits a paraphrase and the target it leads to: the score and the rank of a candidate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.knowledge.intents import OVERVIEW, UNANSWERED
from bot.understanding.candidates import CONTEXT_SHARE, Candidate, Phrase, Question
from bot.understanding.clause import Ask

if TYPE_CHECKING:
    from bot.understanding.matcher import Matcher

#: weight of the question word's unit (户 in 多少户) beside the concepts'
ASK_WEIGHT = 2
#: weight of a guard word that a paraphrase uses itself (河北 in 河北日报)
GUARD_WEIGHT = 4
#: weight of each unexplained character
_UNKNOWN_WEIGHT = 1.2
#: what is left of the score of a fact that isn't the sum asked for
_SUM_NOT_MEANT = 0.92
#: how much less what was said around counts for a paraphrase that the question says word for word
_BY_ITSELF = 0.75
#: … where that is so much (weight)
_FULL = 7
#: so that no paraphrase is passed over for the last digit of a product
_ROUNDING = 1 - 1e-9


class Fit:
    """What a target knows of a question, whichever of its paraphrases is nearest.

    `by_phrase`: whether it also depends on the paraphrase what it answers; `around`: how well it fits what was said
    around the question (0 to 1); `most`: the most that the square of a rank can be, for each share of a paraphrase
    that is said; `most_asked`: the most that a paraphrase gains by asking the same. `best` is the best rank so far,
    `to_beat` its square.
    """

    __slots__ = (
        "accepts",
        "around",
        "ask_credit",
        "best",
        "by_phrase",
        "known_weight",
        "most",
        "most_asked",
        "to_beat",
        "topical",
    )

    def __init__(
        self,
        *,
        known_weight: float,
        topical: float,
        ask_credit: float,
        accepts: bool,
        by_phrase: bool,
        around: float,
        most: float,
        most_asked: int,
    ) -> None:
        self.known_weight = known_weight
        self.topical = topical
        self.ask_credit = ask_credit
        self.accepts = accepts
        self.by_phrase = by_phrase
        self.around = around
        self.most = most
        self.most_asked = most_asked
        self.best = -1.0
        self.to_beat = -1.0


class Weighing:
    """One question held against many paraphrases: what depends on it alone, or on the target, is worked out once."""

    def __init__(self, matcher: Matcher, question: Question, most: int) -> None:
        """`most`: the most (weight) that a paraphrase can share with the question and what was said around it."""
        self._matcher = matcher
        self._question = question
        self._own = question.own
        self._own_weight = matcher.weight(self._own) or 1
        self._around = question.context - self._own
        # Not so where a follow-up leans on what was said.
        leans = question.context_share > CONTEXT_SHARE
        self._may_stand_alone = bool(self._around) and self._own_weight >= _FULL and not leans
        self._around_weight = (matcher.weight(self._around) or 1) if self._around else 1
        # Of two facts that know all of the question, the one whose paraphrase says more of it is meant.
        whole = self._own_weight
        self._told = [0.85 + 0.15 * min(own, whole) / whole for own in range(max(most, whole) + 1)]
        self.told_squared = [told**2 for told in self._told]
        self._groups = [(group, max(matcher.weights[name] for name in group)) for group in question.groups]
        self._subject = sum(weight for _, weight in self._groups)
        self._computed = matcher.computed(self._own)
        self._stances = matcher.stances(question.ask)
        #: whether facts that aren't computed answer it whatever paraphrase is nearest
        self._is_plain = matcher.asks_plainly(question)
        self._asked = ASK_WEIGHT if question.ask.kind else 0
        guards = GUARD_WEIGHT * len(question.guards)
        self._total = self._asked + self._subject + guards + question.unknown * _UNKNOWN_WEIGHT

    def candidate(self, phrase: Phrase, fit: Fit, phrase_weight: int, shared: int) -> Candidate | None:
        """How well a paraphrase, and the target it leads to, fit the question; None if the target has a better one.

        `shared` is the weight of what the paraphrase and the question, with what was said around it, both say.
        """
        target = phrase.paraphrase.template.target
        said, own = float(shared), shared
        if self._around:
            own = sum(map(self._matcher.weights.__getitem__, phrase.bag & self._own))
        same = _same_ask(phrase.ask, self._question.ask)
        accepts = fit.accepts
        if fit.by_phrase:
            accepts = self._accepts(target, phrase, accepts=accepts, same=same)
        known, explained = fit.known_weight, 0.0
        if accepts:
            known += fit.ask_credit
            said += ASK_WEIGHT if same else ASK_WEIGHT / 2
        if self._total:
            explained = known / self._total
        covered = said / phrase_weight
        score = 100 * math.sqrt(explained * covered) * self._told[own]
        if self._computed and not self._computed <= phrase.bag:
            score *= _SUM_NOT_MEANT
        # 就业这块，有劳动能力的是多少: what a question says in full by itself hardly needs what was said around it.
        whole = self._may_stand_alone and own == self._own_weight == phrase_weight - ASK_WEIGHT
        rank = score * (fit.around + (1 - fit.around) * _BY_ITSELF if whole else fit.around)
        if rank <= fit.best:
            return None
        fit.best, fit.to_beat = rank, rank * rank * _ROUNDING
        return Candidate(target, score, rank, explained, covered, fit.topical, accepts, phrase)

    def _accepts(self, target: str, phrase: Phrase, *, accepts: bool, same: bool) -> bool:
        """Whether a target of which not only the kind of question, but the paraphrase decides, answers it."""
        if target.startswith(UNANSWERED):
            return same if self._question.ask.kind else accepts
        if target.startswith(OVERVIEW):
            return accepts or phrase.ask.kind == "which" == self._question.ask.kind  # 来源和版权信息有哪些
        return accepts and self._matcher.computes(target, phrase.bag, self._question)

    def fit(self, target: str) -> Fit:
        """What a target knows of the question."""
        ask = self._question.ask
        stance = self._stances.get(target)
        if stance is None:
            stance = self._stances[target] = self._matcher.stance(target, ask)
        known = stance.known
        if stance.is_overview and ask.kind == "overview":
            known = self._matcher.known_of_topic(target, self._question.own)
        topical = 0
        for group, weight in self._groups:
            if not group.isdisjoint(known):
                topical += weight
        guards = 0
        for word in self._question.guards:
            if word in known:
                guards += GUARD_WEIGHT
        credit = self._asked * stance.credit
        shared = 1.0
        if self._around:
            shared = self._matcher.weight(self._matcher.shares(target, self._around)) / self._around_weight
        accepts = stance.accepts
        if accepts and not (stance.is_computed or self._is_plain):
            accepts = self._matcher.computes(target, frozenset(), self._question)
        may_accept = accepts or stance.is_no_fact
        share = self._question.context_share
        around = 1 - share + share * shared
        return Fit(
            known_weight=topical + guards,
            topical=topical / self._subject if self._subject else 1.0,
            ask_credit=credit,
            accepts=accepts,
            by_phrase=stance.is_no_fact or stance.is_computed,
            around=around,
            most=(100 * (around + (1 - around) * _BY_ITSELF)) ** 2
            * (topical + guards + credit * may_accept)
            / (self._total or 1),
            most_asked=ASK_WEIGHT if may_accept else 0,
        )


def _same_ask(phrase: Ask, question: Ask) -> bool:
    if question.kind != phrase.kind:
        return False
    if question.kind != "quantity" or phrase.counts is None or question.counts is None:
        return True
    return bool(phrase.counts & question.counts)
