"""What is said of all of those counted: 46.68万人全是贫困人口, 都在山上, 全部就业."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.lexicon import Token
from bot.understanding.clause import Clause
from bot.understanding.decision import Finding
from bot.understanding.figure_facts import FigureFacts
from bot.understanding.matcher import Matcher


class ClaimsOfAll:
    """Tells whether a clause speaks of all of them, and what the report says to that."""

    def __init__(self, intents: Intents, matcher: Matcher, figures: FigureFacts, report: Report) -> None:
        self._grammar = intents.grammar
        self._concepts = intents.concepts
        self._matcher = matcher
        self._figures = figures
        self._report = report

    def denied(self, clause: Clause) -> Finding | None:
        """46.68万人里并不全是贫困人口: what denies that all are so; None where nothing denies it, or it isn't that."""
        denied = any(
            token.text[-1] in self._grammar.denying and any(word in following.text for word in self._grammar.all_of)
            for token, following in pairwise(clause.tokens)
        )
        owners = [fact for mention in clause.mentions for fact in self._figures.owners(mention)] if denied else []
        share = self.share_of(owners[0]) if len(owners) == 1 else None
        if share is None or not self._is_part(share.targets[0], owners[0].id, clause):
            return None
        asks_back = any(token.text in self._grammar.asks_back for token in clause.tokens)  # 难道不全是
        return share._replace(verdict=not asks_back)

    def of_figure(self, clause: Clause) -> Finding | None:
        """46.68万人都是贫困人口吗: those of them who are so, where their share is told; None where it isn't."""
        owners = [fact for mention in clause.mentions for fact in self._figures.owners(mention)]
        share = self.only_a_share(clause, owners[0]) if len(owners) == 1 and len(clause.mentions) == 1 else None
        formula = self._report.facts[share.targets[0]].formula if share else None
        return share._replace(targets=(formula.operands[0], owners[0].id)) if share and formula else None

    def says_what_they_are(self, clause: Clause) -> bool:
        """102470人全都是贫困人口, 都在山上: whether it is said what, or where, all are, which no figure tells."""
        are = [
            following
            for token, following in pairwise(clause.tokens)
            if any(word in token.text for word in self._grammar.all_of)
            and (following.values("equals") or token.text[-1] in self._grammar.copulas)
        ]
        at = next((n for n, t in enumerate(clause.tokens) if self._is_at(clause.tokens, n)), None)
        begins = are[0].start if are else clause.tokens[at].start if at is not None else None
        return begins is not None and not any(t.figure for t in clause.tokens if t.start >= begins)

    def _is_at(self, tokens: Sequence[Token], index: int) -> bool:
        """在 in 都在山上, unlike 都在带动增收: whether a word begins to say where all are."""
        before = "".join(token.text for token in tokens[: index + 1])
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None or not before.endswith(tuple(self._grammar.all_at)):
            return False
        does = any(self._concepts[name].verb for name in following.values("concept"))
        return not (does or following.values("speech") or following.text in self._grammar.says)

    def says_itself(self, clause: Clause, fact: Fact) -> bool:
        """6.07万人都是贫困人口: whether the report calls those counted so, where it tells the figure."""
        said: list[str] = []
        for token in reversed(clause.tokens):
            if any(word in token.text for word in self._grammar.all_of):
                break
            ends = self._grammar.particles | self._grammar.whether_endings
            if token.text not in ends and not token.values("claim"):
                said.append(token.text)
        else:
            return False
        return bool(said) and all(word in fact.sentence_part for word in said)

    def only_a_share(self, clause: Clause, fact: Fact) -> Finding | None:
        """那四十多万群众全都是贫困人口: what denies something said of all; None where nothing is, or none denies it."""
        all_of_it = self.claimed(clause) and not self.is_told(fact)
        share = self.share_of(fact) if all_of_it else None
        return share if share and self._is_part(share.targets[0], fact.id, clause) else None

    def claimed(self, clause: Clause) -> bool:
        """已经全部就业: whether something is said of all of them."""
        return any(word in clause.text for word in self._grammar.all_of)

    def of_share(self, clause: Clause, fact: Fact) -> bool:
        """有劳动能力的都就业了: whether a deed is said of all, where the report tells what share of them did it."""
        shares = fact.unit == "%" or self.share_of(fact) is not None
        return self.does(clause, fact) and shares and not self.is_told(fact)

    def does(self, clause: Clause, fact: Fact) -> bool:
        """都就业了, 都入住了: whether a deed, or what the fact is about, is said of all, and not of most of them."""
        done = any(
            token.text in self._grammar.all_do
            and (self._matcher.says_deed(following.values("concept")) or self._is_done(clause, following, fact))
            for token, following in pairwise(clause.tokens)
        )
        some = "many" in clause.marks or any(word in clause.text for word in self._grammar.most_of)
        return done and not some

    def _is_done(self, clause: Clause, said: Token, fact: Fact) -> bool:
        """入住 of 都入住了: whether a word says what the fact is about, and 了 that it is so."""
        behind = clause.text[clause.text.find(said.text) + len(said.text) :]
        done = said.text.endswith(tuple(self._grammar.done)) or behind.startswith(tuple(self._grammar.done))
        return done and not self._matcher.known[fact.id].isdisjoint(said.values("concept"))

    def beyond_told(self, clause: Clause, fact: Fact) -> bool:
        """Whether something is said of all of them that the report doesn't say so."""
        return (self.claimed(clause) or self.does(clause, fact)) and not self.is_told(fact)

    def is_told(self, fact: Fact) -> bool:
        """Whether the report itself says so of all of them."""
        return any(word in fact.sentence_part for word in self._grammar.all_of)

    def share_of(self, fact: Fact) -> Finding | None:
        """The share that says how many of them it is; None where the report tells none."""
        for share in self._figures.computed:
            operands = share.formula.operands if share.formula else ()
            if share.unit == "%" and fact.id in operands:
                return Finding("answer", "claim_in_words", (share.id, fact.id), confidence=75.0, verdict=False)
        return None

    def fact_of(self, found: Finding) -> Fact:
        """The fact that a finding tells first."""
        return self._report.facts[found.targets[0]]

    def _is_part(self, share: str, whole: str, clause: Clause) -> bool:
        """贫困人口 of 46.68万人不全是贫困人口: whether what is said of the whole is what the share is told of."""
        formula = self._report.facts[share].formula
        if formula is None or formula.operands[-1] != whole:
            return False
        part, fullest, known = formula.operands[0], self._matcher.fullest, self._matcher.known
        return bool(clause.concept_names & ((fullest[part] - fullest[whole]) | (known[part] - known[whole])))
