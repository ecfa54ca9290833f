"""What is said of a figure (还有747个没出列, 1090是总投资), where that isn't what the fact that has it says."""

from __future__ import annotations

from bot.knowledge.intents import Intents
from bot.knowledge.model import Fact, Report
from bot.language.lexicon import Token
from bot.understanding.clause import REMAINING, UNCOUNTABLE, WHO, WHO_AND_WHERE, Clause, Mention
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher

#: what is counted of those of whom a fact may tell only some
_GROUPS = WHO_AND_WHERE | {"企业"}
#: weight from which a concept names the one fact that counts it (非贫困村)
_NAMING = 5
#: weight from which a concept tells which of those counted are meant
_TELLING = 3
#: words behind a figure and its unit among which what is computed stands
_THING = 3
#: of what the report tells which kind it counts; of households a claim rarely means to
_KINDS = WHO_AND_WHERE - {"户"}


class FigureMeaning:
    """Holds the words beside a figure against what the fact that has it says."""

    def __init__(self, intents: Intents, matcher: Matcher, report: Report) -> None:
        self._intents = intents
        self._grammar = intents.grammar
        self._matcher = matcher
        self._report = report

    def kept(self, clause: Clause, found: Finding) -> Finding:
        """The finding that a figure is right; refuted where the words are of the whole, or of what isn't counted.

        So 惠及的群众是8.3万人 is, and 1090是总投资.
        """
        fact = self._report.facts[found.targets[0]]
        if found.mention is None or len(found.targets) != 1:
            return found
        if self._is_said_of_all(clause, fact) or self._is_said_of_rest(clause, found.mention, fact):
            return Finding("abstain", "claim", options=(fact.id,), reason="unmatched", confidence=70.0)
        if whole := self._whole_of(fact, clause):
            return found._replace(targets=(whole, fact.id), verdict=False)
        at = clause.place_of(found.mention)
        named = at is not None and at > 0 and self._is_called_otherwise(clause.tokens[at - 1], fact)  # 投资3.68亿
        wrong = (
            named
            or self._is_of_other_measure(clause, found.mention, fact)
            or self._is_share_of_others(clause, found.mention, fact)
            or self._counts_narrower(clause, found.mention, fact)
        )
        return found._replace(verdict=False) if wrong else found

    def _is_said_of_all(self, clause: Clause, fact: Fact) -> bool:
        """全市贫困人口25.6万: whether all of them are counted, and what the fact tells of them isn't said."""
        total = "home" in clause.marks or any(self._matcher.adds_up(group) for group in clause.concepts)
        names = frozenset(n for group in clause.concepts if not self._matcher.adds_up(group) for n in group)
        told = self._matcher.fullest.get(fact.id, frozenset()) - names
        weights = self._matcher.weights
        counted = [c for name in names if (c := self._intents.concepts[name]).counts or weights[name] > 1]
        whom = bool(counted) and all(c.counts in _GROUPS and not c.verb and weights[c.name] < _NAMING for c in counted)
        telling = (self._intents.concepts[n] for n in told & self._intents.concepts.keys() if weights[n] >= _TELLING)
        matters = any(concept.counts not in _GROUPS for concept in telling)
        return total and whom and fact.formula is None and fact.counts in _GROUPS and matters

    def _is_said_of_rest(self, clause: Clause, mention: Mention, fact: Fact) -> bool:
        """还有747个贫困村: whether so many are said to be left, where the fact tells of how many something was done."""
        at = clause.place_of(mention) or 0
        before = clause.tokens[at - 1].text if at else clause.joined_by
        begins = clause.tokens[at].start == len(before)  # unlike 脱贫747个村，还有98157人
        rest = begins and before in self._grammar.still_some
        label = self._intents.lexicon.segment(fact.label) if rest and fact.counts in WHO_AND_WHERE else ()
        deeds = {n for token in label for n in token.values("concept") if self._matcher.says_deed((n,))}
        return bool(deeds) and deeds.isdisjoint(clause.concept_names)

    def _is_share_of_others(self, clause: Clause, mention: Mention, fact: Fact) -> bool:
        """94%的贫困人口能报销: whether a share is said to be one of others (people) than the fact's (money)."""
        at = clause.place_of(mention)
        behind = [t for t in clause.tokens[at + 1 :] if not t.values("relation")] if at is not None else []
        of = behind[1:] if behind and behind[0].text in self._grammar.possessives else behind
        concepts = self._intents.concepts
        named = {concepts[n].counts for t in of[:1] for n in t.values("concept") if not concepts[n].verb}
        named -= {"", fact.counts}
        own = WHO if fact.share_of in WHO else {fact.share_of}
        return mention.figure.is_percent and bool(fact.share_of and named) and named.isdisjoint(own)

    def _counts_narrower(self, clause: Clause, mention: Mention, fact: Fact) -> bool:
        """618个贫困村提升了饮水: whether a kind is said to be counted, of which the fact doesn't say that they are."""
        at = clause.place_of(mention)
        behind = clause.tokens[at + 1 :] if at is not None else []
        behind = behind[1:] if behind and behind[0].values("classifier") else behind
        names = {name for token in behind[:1] for name in token.values("concept")}
        kinds = {name for name in names if self._intents.concepts[name].counts == fact.counts != name}
        if fact.counts not in _KINDS or not kinds or kinds != names:
            return False
        told = self._intents.lexicon.segment(fact.sentence_part)
        own = self._matcher.fullest.get(fact.id, frozenset()).union(*(token.values("concept") for token in told))
        return own.isdisjoint(kinds)

    def is_to_be_divided(self, clause: Clause, mention: Mention) -> bool:
        """把4.8亿元平均到每户头上: whether what is behind a figure asks to compute with it."""
        at = clause.place_of(mention)
        behind = clause.tokens[at + 1 :] if at is not None else []
        unit = bool(behind) and (bool(behind[0].values("classifier")) or behind[0].text == mention.unit)
        near = behind[1 : 1 + _THING] if unit else behind[:1]  # 975个光伏电站平均容量
        return any(self._matcher.computes_more(token.values("concept")) for token in near)

    def does_otherwise(self, clause: Clause, mention: Mention, fact: Fact) -> bool:
        """带动3.11万户搬迁: whether behind a figure another deed is named than the fact tells (增收)."""
        at = clause.place_of(mention)
        behind = clause.tokens[at + 1 :] if at is not None else []
        deeds = {n for token in behind for n in token.values("concept") if self._intents.concepts[n].verb}
        return bool(deeds) and self._matcher.is_foreign(fact.id, deeds)

    def _is_of_other_measure(self, clause: Clause, mention: Mention, fact: Fact) -> bool:
        """1090是总投资, 26.9亿是项目个数: whether a figure is said to be what the fact that has it doesn't count."""
        at = clause.place_of(mention)
        behind = clause.tokens[at + 1 :] if at is not None else []
        if behind and behind[0].text == mention.unit:
            behind = behind[1:]  # 102470人是户数
        if not behind or not behind[0].values("equals"):
            return False
        last = next((token for token in reversed(behind) if token.values("concept")), None)
        if last is not None and self._is_called_otherwise(last, fact):
            return True
        counts = {self._intents.concepts[name].counts for name in last.values("concept")} if last else set[str]()
        numbered = clause.ask.kind == "quantity" and not clause.ask.interrogative  # 项目个数, unlike 项目
        measure = clause.ask.counts if numbered and clause.ask.counts else counts & UNCOUNTABLE
        return bool(measure) and fact.counts not in measure

    def _is_called_otherwise(self, name: Token, fact: Fact) -> bool:
        """3.68亿是投资: whether what the figure is called is what another fact, which counts the same, is called."""
        fullest, concepts = self._matcher.fullest, self._intents.concepts
        named = frozenset(n for n in name.values("concept") if concepts[n].counts == fact.counts != "")
        named = frozenset(n for n in named if self._matcher.weights[n] > 1 and not concepts[n].verb)
        others = (other.id for other in self._report.facts.values() if other.id != fact.id and not other.formula)
        known = fullest.get(fact.id, frozenset())
        return (
            fact.counts in UNCOUNTABLE
            and named.isdisjoint(known)
            and any(named & fullest.get(id, frozenset()) for id in others)
        )

    def _whole_of(self, fact: Fact, clause: Clause) -> str:
        """惠及的群众是8.3万人: that of which the fact is a part, where the words are of the whole; else ""."""
        fullest, said = self._matcher.fullest, clause.concept_names
        whole = self._report.wholes.get(fact.id, "")
        if not whole or any(token.values("within") for token in clause.tokens):
            return ""
        concepts = self._intents.concepts
        of_part, of_whole = fullest[fact.id] - fullest[whole], fullest[whole] - fullest[fact.id]
        whom = any(n in concepts and n != concepts[n].counts == fact.counts for n in said)  # 群众, unlike 人
        return whole if (said & of_whole or whom) and not said & of_part else ""

    def says_undone(self, clause: Clause, fact: Fact) -> bool:
        """还有747个贫困村没出列: whether what the fact says was done is said not to have been."""
        does = self._matcher.fullest.get(fact.id, frozenset())
        words = [word for reason, word in clause.guards if reason == REMAINING]
        # 没有没出列的吧
        words = [w for w in words if self._grammar.denying.isdisjoint(clause.stated.partition(w)[0])]
        denied = (word[at + 1 :] for word in words for at in range(2) if word[at : at + 1] in self._grammar.denying)
        undone = (token for deed in denied for token in self._intents.lexicon.segment(deed))
        return any(not does.isdisjoint(token.values("concept")) for token in undone)
