"""From a message to findings: small talk, figures, claims, questions, follow-ups, in this order.

Every step is one method that either decides or passes on; its name is the rule that `--explain` shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.knowledge.intents import OVERVIEW, UNANSWERED, Intents
from bot.knowledge.model import Fact, Report
from bot.language.homophones import Homophones
from bot.language.lexicon import Token
from bot.language.normalise import normalise
from bot.understanding.claims import supports
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Decision, Finding
from bot.understanding.matcher import Candidate, Matcher, Question
from bot.understanding.message import Ask, Clause, Mention, Reader

#: characters of a message that are read; more is no question
MAX_MESSAGE = 600
#: score from which a fact may be stated
ANSWER_SCORE = 62.0
#: weighted share of a question that must be understood before a fact is stated
ANSWER_EXPLAINED = 0.62
#: weighted share of its concepts that the fact must know before it is stated
ANSWER_TOPICAL = 0.6
#: two facts nearer than this (points of score) can't be told apart
MARGIN = 4.0
#: what a question must reach for its candidates to be offered as a choice
CLARIFY_SCORE = 30.0
CLARIFY_EXPLAINED = 0.7
#: confidence that each of several things joined by 和 must reach to be answered by itself
COORDINATED_CONFIDENCE = 75.0
#: likeness (0–100) from which a message is small talk
SMALL_TALK_SCORE = 78.0
#: facts offered at once
MAX_OPTIONS = 6


#: what joins things that are asked about together
_COORDINATORS = frozenset({"和", "与", "跟", "及", "以及", "还有", "同", "同埋", "+", "外加", "and", "另外"})
_DISTRIBUTORS = ("分别", "各", "都是", "都要", "分別")


class Understander:
    """Decides what each message wants."""

    def __init__(self, intents: Intents, report: Report) -> None:
        self._intents = intents
        self._report = report
        self._reader = Reader(intents)
        self._matcher = Matcher(intents, report)
        self._homophones = Homophones(intents.lexicon.words())
        self._small_talk = {_bare(s): talk.name for talk in intents.small_talk for s in talk.sentences}
        self._small_talk_forms = list(self._small_talk)
        self._canonical: dict[str, frozenset[str]] = {}
        for phrase in self._matcher.phrases:
            target = phrase.paraphrase.target
            if len(phrase.bag) > len(self._canonical.get(target, ())):
                self._canonical[target] = phrase.bag

    def understand(self, message: str, conversation: Conversation) -> Decision:
        """Decide; the conversation is read, not changed."""
        normalised = normalise(message[: MAX_MESSAGE + 1])
        if len(message) > MAX_MESSAGE:
            return Decision(message, normalised, (Finding("abstain", "too_long", reason="too_long"),))
        plain = normalised.strip("，。 ")
        if not plain:
            return Decision(message, normalised, (Finding("abstain", "empty", reason="empty"),))
        finding = self._pick(plain, conversation) or self._follow_up_phrase(plain, conversation)
        if finding:
            return Decision(message, normalised, (finding,))
        tokens, corrections = self._segment(normalised)
        clauses = self._reader.clauses(tokens)
        finding = self._talk(plain, clauses)
        if finding:
            return Decision(message, normalised, (finding,), corrections)
        findings = self._questions(clauses, conversation)
        return Decision(message, normalised, tuple(findings), corrections)

    def _segment(self, normalised: str) -> tuple[list[Token], tuple[tuple[str, str], ...]]:
        """The words of a message, and what was read as something else: (as typed, as read)."""
        tokens = self._intents.lexicon.segment(normalised)
        if not any(token.is_unknown for token in tokens):
            return tokens, ()
        corrections = self._homophones.corrections(normalised, tokens)
        if not corrections:
            return tokens, ()
        tokens = self._intents.lexicon.segment(normalised, corrections)
        typed = ((normalised[t.start : t.end], t.text) for t in tokens)
        return tokens, tuple(pair for pair in typed if pair[0] != pair[1] and len(pair[0]) == len(pair[1]))

    # ---- whole messages

    def _pick(self, plain: str, conversation: Conversation) -> Finding | None:
        """A number after a choice was offered picks from it."""
        if not conversation.options:
            return None
        digits = plain.removeprefix("第").removeprefix("选").removeprefix("选第").strip("个项条号一下的那.")
        order = "一二三四五六七八九".find(plain.removeprefix("第").removeprefix("选")[:1]) + 1
        number = int(digits) if digits.isdecimal() and len(digits) < 3 else order
        if len(plain) > 5 or not 1 <= number <= len(conversation.options):
            return None
        if not digits.isdecimal() and not plain.startswith(("第", "选")) and len(plain) > 1:
            return None
        return Finding("answer", "pick", (conversation.options[number - 1],), confidence=100.0)

    def _follow_up_phrase(self, plain: str, conversation: Conversation) -> Finding | None:
        """还有呢 tells the rest of the topic, 你确定吗 repeats the last answer."""
        bare = plain.replace(" ", "").replace("，", "").replace("。", "")
        if not conversation.facts:
            return None
        if bare in self._intents.follow_ups.get("sure", ()):
            return Finding("answer", "sure", conversation.facts, confidence=100.0)
        if bare in self._intents.follow_ups.get("more", ()):
            topic = conversation.facts[0].partition(".")[0]
            return Finding("overview", "more", (topic,), confidence=100.0)
        return None

    def _talk(self, plain: str, clauses: Sequence[Clause]) -> Finding | None:
        """Nothing but small talk."""
        best: tuple[float, str] = (0.0, "")
        whole = self._likeness(plain)
        if whole[0] >= SMALL_TALK_SCORE and not any(c.mentions or c.guards for c in clauses):
            return Finding("chat", "talk", (whole[1],), confidence=round(whole[0], 1))
        unknown = 0
        for clause in clauses:
            found = self._likeness(clause.text)
            best = max(best, found)
            if found[0] < SMALL_TALK_SCORE:
                unknown += sum(len(word) for word in clause.unknown)
                if clause.concepts or clause.mentions or clause.guards:
                    return None
        if best[0] >= SMALL_TALK_SCORE and unknown <= 6:
            return Finding("chat", "talk", (best[1],), confidence=round(best[0], 1))
        return None

    def _likeness(self, text: str) -> tuple[float, str]:
        """How like small talk a text is (0 to 100), and which."""
        found = process.extractOne(_bare(text), self._small_talk_forms, scorer=fuzz.ratio)
        return (found[1], self._small_talk[found[0]]) if found else (0.0, "")

    # ---- questions

    def _questions(self, clauses: Sequence[Clause], conversation: Conversation) -> list[Finding]:
        clauses = _with_subjects(_as_meant(clauses))
        asking = [c for c in clauses if c.ask.kind and c.has_content] or [c for c in clauses if c.ask.kind][:1]
        if asking:
            # 省里下达了多少户，按时完成没: after a question, an ellipsis is one too.
            first = clauses.index(asking[0])
            asking = [c for n, c in enumerate(clauses) if c in asking or (n > first and self._asks_on(c))]
        else:
            telling = [c for c in clauses if c.concepts or c.mentions or c.guards or c.unknown or c.is_claim]
            found = self._coordinated(telling[-1], telling[:-1], frozenset()) if len(telling) > 1 else None
            if found:
                return found
            asking = [_joined(telling or list(clauses))]
            clauses = asking
        findings: list[Finding] = []
        context: frozenset[str] = frozenset()
        around: list[Clause] = []
        for number, clause in enumerate(clauses):
            if clause not in asking:
                around.append(clause)
                context |= clause.concept_names
                continue
            if clause is asking[-1]:
                trailing = clauses[number + 1 :]
                around += trailing
                context = context.union(*(c.concept_names for c in trailing))
            found = self._coordinated(clause, around, context) or self._decide(
                clause, around, context, conversation, follows=bool(findings)
            )
            findings += found
            around = []
            context |= clause.concept_names
        return findings

    def _asks_on(self, clause: Clause) -> bool:
        """…，按时完成没 / …和资金: no question word, but after a question it asks as well."""
        if not clause.concepts or clause.is_claim:
            return False
        joined = clause.joined_by in _COORDINATORS
        return clause.is_elliptical or (joined and bool(self._counted(clause)))

    def _coordinated(self, clause: Clause, around: Sequence[Clause], context: frozenset[str]) -> list[Finding] | None:
        """专班和电站各有多少个: one question word for several things, each answered."""
        before = [c for c in around if c.concepts and not c.ask.kind and not c.mentions]
        distributed = any(word in clause.text for word in _DISTRIBUTORS)
        shared = distributed or clause.joined_by in _COORDINATORS
        if not before or not shared or clause.mentions or clause.guards or clause.is_claim:
            return None
        parts = [*before, clause] if clause.concepts else before
        if len(parts) < 2:
            return None
        whole = self._judge(_joined(parts), _question(_joined(parts), clause.ask, frozenset()), (), frozenset())
        if whole.kind == "answer" and not distributed and self._report.facts[whole.targets[0]].formula:
            return None
        findings: list[Finding] = []
        for part in parts:
            if part.guards:
                return None
            ask = clause.ask if not part.ask.kind else part.ask
            counted = self._counted(part)
            if ask.kind == "quantity" and counted and not (part is clause and ask.explicit):
                ask = Ask("quantity", counted)
            others = frozenset().union(*(c.concept_names for c in parts if c is not part))
            asked = replace(_question(part, ask, context | others), context_share=0.0)
            found = self._judge(part, asked, (), frozenset(), rule="coordinated")
            if found.kind != "answer" or (found.confidence < COORDINATED_CONFIDENCE and not distributed):
                return None
            findings.append(replace(found, clause=part))
        if len({f.targets for f in findings}) < len(parts):
            return None
        return findings

    def _decide(
        self,
        clause: Clause,
        around: Sequence[Clause],
        context: frozenset[str],
        conversation: Conversation,
        *,
        follows: bool,
    ) -> list[Finding]:
        at_home = clause.is_home or any(c.is_home for c in around)
        guards = [g for g in clause.guards if g[0] != "offtopic"]
        if not at_home:
            # Beside the question, only a place or a time can change what is asked.
            guards += [g for c in around for g in c.guards if g[0] in ("place", "time")]
        mentions = [*clause.mentions, *(m for c in around for m in c.mentions)]
        relations = [*clause.relations, *(r for c in around for r in c.relations)]
        is_claim = clause.is_claim or any(c.is_claim for c in around)
        question = _question(clause, clause.ask, context)
        found = self._bare_figure(clause, around, mentions, is_claim=is_claim)
        findings = (
            [found]
            if found
            else self._claims(clause, question, mentions, relations, guards, is_claim=is_claim)
            or [self._ask(clause, question, mentions, guards, conversation, follows=follows)]
        )
        return [replace(f, clause=clause, question=f.question or question) for f in findings]

    def _owners(self, mention: Mention) -> list[Fact]:
        """The facts whose figure this is."""
        return [
            fact
            for fact in self._report.facts.values()
            if fact.value is not None
            and fact.formula is None
            and fact.value == mention.figure.value
            and (fact.unit == "%") == mention.figure.is_percent
            and (not mention.counts or fact.counts in mention.counts)
        ]

    def _bare_figure(
        self, clause: Clause, around: Sequence[Clause], mentions: Sequence[Mention], *, is_claim: bool
    ) -> Finding | None:
        """A figure, and no more than the question what it is: which fact has it?"""
        if not mentions or len({m.figure.value for m in mentions}) > 1 or is_claim or clause.guards:
            return None
        if any(c.guards or (c.concepts and not c.mentions) for c in around) or clause.none:
            return None
        mention = max(mentions, key=lambda m: bool(m.counts))
        if clause.ask.kind in ("why", "when", "who", "name", "which") or (
            clause.ask.kind == "quantity" and mention.unit
        ):
            return None
        if sum(len(w) for w in clause.unknown) > 8:
            return None
        owners = [fact for fact in self._owners(mention) if self._knows(fact, clause, mention)]
        if not owners and self._is_plain(clause, mention):
            owners = self._nearly(mention, clause)
            if not owners:
                return Finding(
                    "abstain", "bare_figure", reason="figure", words=(mention.text,), mention=mention, confidence=90.0
                )
        if len(owners) == 1:
            return Finding("answer", "bare_figure", (owners[0].id,), confidence=97.0, mention=mention)
        if owners:
            return Finding(
                "clarify", "bare_figure", options=_ids(owners)[:MAX_OPTIONS], confidence=80.0, mention=mention
            )
        return None

    def _knows(self, fact: Fact, clause: Clause, mention: Mention) -> bool:
        """Whether the words beside a figure suit the fact that has it."""
        known = self._matcher.known.get(fact.id, frozenset())
        return all(
            group & known or any(self._intents.concepts[n].counts in mention.counts for n in group)
            for group in clause.concepts
        )

    def _is_plain(self, clause: Clause, mention: Mention) -> bool:
        """Nothing beside the figure but its unit."""
        return all(
            any(self._intents.concepts[n].counts in mention.counts for n in group)
            or max(self._matcher.weights[n] for n in group) <= 1
            for group in clause.concepts
        )

    def _nearly(self, mention: Mention, clause: Clause) -> list[Fact]:
        """The facts that a rounded figure (十万出头) may mean."""
        open_ended = _open_ended(clause, mention)
        if not open_ended and not clause.relations:
            return []
        figure = mention.figure
        return [
            fact
            for fact in self._report.facts.values()
            if fact.value is not None
            and fact.formula is None
            and self._knows(fact, clause, mention)
            and (fact.unit == "%") == figure.is_percent
            and (not mention.counts or fact.counts in mention.counts)
            and abs(fact.value - figure.value) <= figure.value / 5
            and supports(fact.value, figure.value, figure.grain, clause.relations, open_ended=open_ended)
        ]

    def _claims(
        self,
        clause: Clause,
        question: Question,
        mentions: Sequence[Mention],
        relations: Sequence[str],
        guards: Sequence[tuple[str, str]],
        *,
        is_claim: bool,
    ) -> list[Finding]:
        """Statements to check against the report: one finding per figure claimed."""
        if not (mentions or is_claim) or (clause.ask.kind and clause.ask.interrogative and clause.ask.kind != "yesno"):
            return []
        if len(mentions) > 1 and not is_claim:
            return []
        findings = [
            finding
            for mention in clause.mentions or mentions
            if (finding := self._claim(clause, question, mention, relations, guards))
        ]
        if not findings and is_claim and not mentions and (finding := self._claim_in_words(clause, question)):
            findings = [finding]
        # What is wrong comes first: it decides the verdict.
        return sorted(findings, key=lambda f: f.verdict is not False)

    def _claim(
        self,
        clause: Clause,
        question: Question,
        mention: Mention,
        relations: Sequence[str],
        guards: Sequence[tuple[str, str]],
    ) -> Finding | None:
        ask = Ask("quantity", mention.counts or None, explicit=bool(mention.counts), uncounted=not mention.unit)
        asked = replace(question, ask=ask)
        ranked = [c for c in self._matcher.rank(asked) if not c.is_overview]
        best = _best(ranked)
        if best is None or best.is_unanswered or not self._is_sure(best, ranked):
            return None
        if self._unanswered_guards(guards, best):
            return None
        fact = self._report.facts[best.target]
        if fact.value is None:
            return None
        figure = mention.figure
        holds = figure.is_percent == (fact.unit == "%") and supports(
            fact.value, figure.value, figure.grain, relations, open_ended=_open_ended(clause, mention)
        )
        owners = [] if holds else [o for o in self._owners(mention) if o.id != fact.id]
        if figure.value < 10 and len(owners) > 1:
            owners = []
        return Finding(
            "answer",
            "claim",
            (fact.id, *_ids(owners[:1])),
            confidence=_confidence(best, ranked),
            verdict=holds,
            mention=mention,
            question=asked,
            candidates=tuple(ranked[:4]),
        )

    def _claim_in_words(self, clause: Clause, question: Question) -> Finding | None:
        """七长里有市长，对吧: a claim about a fact that isn't a number."""
        foreign = [*(word for _, word in clause.guards), *clause.unknown]
        ranked = self._matcher.rank(replace(question, ask=Ask(), guards=(), unknown=0))
        best = _best(ranked)
        if (
            best is None
            or best.is_overview
            or best.is_unanswered
            or not self._is_sure(best, ranked)
            or best.explained < 0.75
        ):
            return None
        fact = self._report.facts[best.target]
        if fact.value == 0 and (clause.none or clause.many):
            return Finding(
                "answer",
                "claim_in_words",
                (fact.id,),
                confidence=_confidence(best, ranked),
                verdict=not clause.many,
                question=question,
                candidates=tuple(ranked[:4]),
            )
        if fact.value == 0 or not fact.answers or (foreign and not fact.answers & {"which", "name"}):
            return None
        return Finding(
            "answer",
            "claim_in_words",
            (fact.id,),
            confidence=_confidence(best, ranked) if not foreign else 70.0,
            verdict=not foreign,
            words=tuple(foreign),
            question=question,
            candidates=tuple(ranked[:4]),
        )

    def _ask(
        self,
        clause: Clause,
        question: Question,
        mentions: Sequence[Mention],
        guards: Sequence[tuple[str, str]],
        conversation: Conversation,
        *,
        follows: bool,
    ) -> Finding:
        owners = [fact for mention in mentions for fact in self._owners(mention)]
        excluded: frozenset[str] = frozenset()
        if owners and clause.ask.kind == "quantity":
            # A figure that is told isn't asked for; it says which part of the report is meant.
            excluded = frozenset(fact.id for fact in owners)
            context = question.context.union(*(self._canonical.get(f.id, frozenset()) for f in owners))
            for fact in self._report.facts.values():
                if fact.formula and set(fact.formula.operands) <= excluded:
                    context |= self._canonical.get(fact.id, frozenset())
            question = replace(question, context=context)
        alone = self._judge(clause, question, guards, excluded)
        if alone.kind == "answer" and alone.confidence >= 90 or alone.reason in ("place", "time"):
            return alone
        if not follows and (conversation.facts or conversation.options or conversation.topic):
            followed = self._follow_up(clause, question, guards, excluded, conversation)
            if followed and (followed.kind != "abstain" or alone.kind != "answer"):
                return followed
        return alone

    def _follow_up(
        self,
        clause: Clause,
        question: Question,
        guards: Sequence[tuple[str, str]],
        excluded: frozenset[str],
        conversation: Conversation,
    ) -> Finding | None:
        """What was said before fills in what this question leaves out."""
        if sum(len(w) for w in clause.unknown) > 4:
            return None
        computed = self._compute_on(clause, conversation)
        if computed:
            return Finding("answer", "compute_on", (computed,), confidence=90.0, question=question)
        said = frozenset(conversation.said)
        for fact in conversation.facts:
            said |= self._canonical.get(fact, frozenset())
        if conversation.topic:
            said |= self._intents.context.get(conversation.topic, frozenset())
        ask = question.ask
        if not ask.kind:
            # 钱呢 asks for money; 旅游的呢 asks what was asked before.
            own = self._counted(clause) or frozenset(conversation.counts)
            ask = Ask("quantity", own) if own else ask
        asked = replace(question, context=question.context | said, ask=ask, context_share=0.5)
        only = frozenset(conversation.options) or None
        finding = self._judge(clause, asked, guards, excluded, only=only, rule="follow_up")
        if only and finding.kind != "answer":
            finding = self._judge(clause, asked, guards, excluded, rule="follow_up")
        return finding if finding.kind in ("answer", "clarify", "abstain") else None

    def _compute_on(self, clause: Clause, conversation: Conversation) -> str | None:
        """平均每户呢, 加起来呢: the computed fact over what was just stated, if there is just one."""
        computing = {name for name in clause.concept_names if self._intents.concepts[name].computes}
        counted = {c for name in clause.concept_names if (c := self._intents.concepts[name].counts)} - {"元", "比例"}
        if not computing:
            return None
        fits: list[str] = []
        for fact in self._report.facts.values():
            if fact.formula is None or not set(fact.formula.operands) & set(conversation.facts):
                continue
            known = self._matcher.known.get(fact.id, frozenset())
            over = {self._report.facts[operand].counts for operand in fact.formula.operands}
            if clause.concept_names <= known | computing and computing & known and counted <= over:
                fits.append(fact.id)
        return fits[0] if len(fits) == 1 else None

    def _counted(self, clause: Clause) -> frozenset[str]:
        for group in reversed(clause.concepts):
            if counts := frozenset(self._intents.concepts[name].counts for name in group) - {""}:
                return counts
        return frozenset()

    def _judge(
        self,
        clause: Clause,
        question: Question,
        guards: Sequence[tuple[str, str]],
        excluded: frozenset[str],
        only: frozenset[str] | None = None,
        rule: str = "match",
    ) -> Finding:
        ranked = [c for c in self._matcher.rank(question) if c.target not in excluded]
        if rule == "follow_up":
            ranked = [c for c in ranked if not c.is_unanswered]
        if only is not None:
            ranked = [c for c in ranked if c.target in only]
        seen = tuple(ranked[:6])
        best = _best(ranked)
        nearest = _ids_of([c for c in ranked if c.is_fact and c.score > 25][:3])

        def abstain(rule: str, reason: str, words: Sequence[str] = ()) -> Finding:
            confidence = 90.0 if reason != "unmatched" else 60.0
            return Finding(
                "abstain",
                rule,
                options=nearest,
                reason=reason,
                words=tuple(words),
                confidence=confidence,
                question=question,
                candidates=seen,
            )

        if unanswered := self._unanswered_guards(guards, best):
            reason = unanswered[0][0]
            return abstain("guard", reason, [word for r, word in unanswered if r == reason])
        if clause.none and best and best.is_fact and (self._report.facts[best.target].value or 0) > 0:
            return abstain("none", "remaining", [w.text for w in clause.tokens if w.values("none")])
        if clause.unknown_head:
            return abstain("unknown_head", "measure", [clause.unknown_head])
        if best is None:
            return abstain("unmatched", "unmatched", clause.unknown)
        if best.is_unanswered:
            if best.score >= ANSWER_SCORE:
                return abstain("unanswered", "measure", [best.target.removeprefix(UNANSWERED)])
            best = next((c for c in ranked if c.accepts and not c.is_unanswered), None)
            if best is None:
                return abstain("unmatched", "unmatched", clause.unknown)
        closer = next((c for c in ranked if not c.accepts and c.is_fact and c.covered > 0.4), None)
        if closer and (
            (closer.topical > best.topical + 0.1 and closer.rank > best.rank * 0.6)
            or (rule == "follow_up" and question.ask.explicit and closer.rank > best.rank)
        ):
            # The thing asked about is there, but not in this unit, or not what is asked of it.
            if question.ask.kind == "quantity":
                return abstain("unit", "unit", sorted(question.ask.counts or ()))
            if question.ask.kind not in ("overview", "how", "which", "what", ""):
                return abstain("kind", question.ask.kind)
        if best.score >= ANSWER_SCORE and best.explained >= ANSWER_EXPLAINED and best.topical >= ANSWER_TOPICAL:
            rivals = [c for c in ranked if c.accepts and c.rank > best.rank - _margin(best)]
            if len(rivals) == 1 or best.is_overview:
                kind = "overview" if best.is_overview else "answer"
                target = best.target.removeprefix(OVERVIEW)
                return Finding(
                    kind, rule, (target,), confidence=_confidence(best, ranked), question=question, candidates=seen
                )
            options = _ids_of([c for c in rivals if c.is_fact])
            if len(options) == 1:
                return Finding(
                    "answer", rule, options, confidence=_confidence(best, ranked), question=question, candidates=seen
                )
            return Finding(
                "clarify", "rivals", options=options[:MAX_OPTIONS], confidence=80.0, question=question, candidates=seen
            )
        if question.ask.kind not in ("quantity", "overview", "how", "which", "what", "", "name", "number", "yesno"):
            return abstain("kind", question.ask.kind)
        if best.score >= CLARIFY_SCORE and best.explained >= CLARIFY_EXPLAINED:
            near = [c for c in ranked if c.accepts and c.is_fact and c.rank > best.rank * 0.8]
            if len(near) >= 2:
                return Finding(
                    "clarify",
                    "vague",
                    options=_ids_of(near[:MAX_OPTIONS]),
                    confidence=60.0,
                    question=question,
                    candidates=seen,
                )
            if near and near[0].explained > 0.95:
                return Finding("answer", rule, (near[0].target,), confidence=65.0, question=question, candidates=seen)
        return abstain("unmatched", "unmatched", clause.unknown)

    def _unanswered_guards(self, guards: Sequence[tuple[str, str]], best: Candidate | None) -> list[tuple[str, str]]:
        known = self._matcher.known[best.target] if best else frozenset()
        return [(reason, word) for reason, word in guards if word not in known]

    def _is_sure(self, best: Candidate, ranked: Sequence[Candidate]) -> bool:
        if best.explained < ANSWER_EXPLAINED or best.score < ANSWER_SCORE * 0.8:
            return False
        return not any(c is not best and c.accepts and c.rank > best.rank - _margin(best) for c in ranked)


def _best(ranked: Sequence[Candidate]) -> Candidate | None:
    return next((c for c in ranked if c.accepts), None)


def _margin(best: Candidate) -> float:
    """How far ahead a candidate must be: further when the question leaves much of its paraphrase unsaid."""
    return MARGIN + 30.0 * (1 - best.covered)


def _confidence(best: Candidate, ranked: Sequence[Candidate]) -> float:
    """How sure: the score, less when a rival is close."""
    rival = next((c.rank for c in ranked if c is not best and c.accepts), 0.0)
    closeness = max(0.0, 1 - (best.rank - rival) / 12)
    return round(max(0.0, min(99.0, best.score - 12 * closeness)), 1)


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)


def _ids_of(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(c.target for c in candidates)


def _bare(text: str) -> str:
    """Small talk without its particles and pauses."""
    bare = "".join(char for char in text if char not in "，。 啊呀呢吧哈啦了咯哦嘛的您你")
    half = len(bare) // 2
    return bare[:half] if half and bare[:half] * 2 == bare else bare or text


def _question(clause: Clause, ask: Ask, context: frozenset[str]) -> Question:
    return Question(
        groups=tuple(clause.concepts),
        ask=ask,
        guards=tuple(word for reason, word in clause.guards if reason != "offtopic"),
        unknown=sum(len(word) for word in clause.unknown)
        + sum(len(word) for reason, word in clause.guards if reason == "offtopic"),
        context=context,
    )


def _as_meant(clauses: Sequence[Clause]) -> list[Clause]:
    """Without what the asker took back (不对，是…) or left out (…不算)."""
    meant: list[Clause] = []
    for clause in clauses:
        if clause.corrects and any(c.ask.kind for c in meant):
            meant = []
        if not clause.is_except:
            meant.append(clause)
    return meant or list(clauses)


def _with_subjects(clauses: Sequence[Clause]) -> list[Clause]:
    """做旅游的主体，数量报一下: a question without content belongs to the clause before it."""
    found: list[Clause] = []
    for clause in clauses:
        if clause.ask.kind and not clause.has_content and found and not found[-1].ask.kind:
            before = found.pop()
            joined = _joined([before, clause])
            joined.ask = clause.ask
            joined.joined_by = before.joined_by
            found.append(joined)
        else:
            found.append(clause)
    return found


def _joined(clauses: Sequence[Clause]) -> Clause:
    joined = Clause([token for clause in clauses for token in clause.tokens])
    for clause in clauses:
        joined.concepts += clause.concepts
        joined.guards += clause.guards
        joined.mentions += clause.mentions
        joined.relations += clause.relations
        joined.unknown += clause.unknown
        joined.is_claim = joined.is_claim or clause.is_claim
        joined.is_home = joined.is_home or clause.is_home
        joined.many = joined.many or clause.many
        joined.none = joined.none or clause.none
    return joined


def _open_ended(clause: Clause, mention: Mention) -> str:
    """The word that leaves a number open upwards: 多 in 七百多 and 十万出头; "" if there is none."""
    after = _after(clause, mention)
    if any(word in clause.text for word in ("出头", "有余", "开外")):
        return "多"
    return after[:1] if after[:1] and after[:1] in "多来几余" else ""


def _after(clause: Clause, mention: Mention) -> str:
    for index, token in enumerate(clause.tokens):
        if token.figure is mention.figure:
            return "".join(t.text for t in clause.tokens[index + 1 :])
    return ""
