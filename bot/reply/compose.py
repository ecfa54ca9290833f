"""From findings to a reply: the figure in words, the sentence it comes from, or what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

from bot.knowledge.comparison import compare, ranked
from bot.knowledge.formula import show
from bot.knowledge.intents import SmallTalk
from bot.knowledge.model import Fact, Report, Topic
from bot.language.script import is_traditional, to_traditional
from bot.reply.model import Block, Choice, Choices, Paragraph, Quote, Reply, Script, Statement, Verdict
from bot.reply.wording import Wording
from bot.understanding.clause import REMAINING
from bot.understanding.decision import Decision, Finding

#: facts that are compared rather than put in order
_PAIR = 2
#: characters of a question that a refusal repeats
_SHORT = 12
#: confidence from which an overview is told beside a figure
_SURE_OVERVIEW = 85.0


class Composer:
    """Puts replies together; knows the report and the wording, and nothing of how messages are matched."""

    def __init__(self, report: Report, wording: Wording, small_talk: Sequence[SmallTalk]) -> None:
        self._report = report
        self.wording = wording
        self._small_talk = {talk.name: talk.say for talk in small_talk}

    def compose(self, decision: Decision) -> Reply:
        """The reply to a message, in its script."""
        script: Script = "traditional" if is_traditional(decision.message) else "simplified"
        findings = decision.findings
        by_kind = {
            kind: [f for f in findings if f.kind == kind] for kind in ("answer", "overview", "clarify", "abstain")
        }
        if by_kind["answer"]:
            told = self._beside(by_kind["overview"], by_kind["answer"])
            reply = self._answer(decision, [*told, *by_kind["answer"]], script)
        elif by_kind["overview"]:
            reply = self._overviews(decision.message, by_kind["overview"], script)
        elif by_kind["clarify"]:
            reply = self._clarify(decision.message, by_kind["clarify"][0], script)
        elif by_kind["abstain"]:
            reply = self._abstain(decision.message, by_kind["abstain"], script)
        else:
            reply = self.small_talk(decision.message, findings[0].targets[0], script, findings[0].confidence)
        return reply._replace(decision=decision)

    def say(self, text: str, script: Script) -> str:
        """A text in the asker's script."""
        return to_traditional(text) if script == "traditional" else text

    def fact(self, fact: Fact, script: Script) -> Reply:
        """The answer that states one fact."""
        blocks = self._facts([fact], script)
        return Reply(fact.label, "answer", tuple(blocks), facts=(fact.id,), confidence=100.0, script=script)

    def context(self, fact: Fact, script: Script) -> Reply:
        """The paragraphs that a fact comes from, its figure marked."""
        operands = [self._report.facts[o] for o in fact.formula.operands] if fact.formula else [fact]
        paragraphs: dict[int, list[tuple[int, int]]] = {}
        for operand in operands:
            if operand.sentence:
                before = self._report.before(operand.sentence)
                at = len(before) + operand.sentence.text.index(operand.figure)
                paragraphs.setdefault(operand.sentence.paragraph, []).append((at, at + len(operand.figure)))
        quotes = tuple(
            self._quote(self._report.paragraph_text(number), spans, script) for number, spans in paragraphs.items()
        )
        return Reply(fact.label, "answer", quotes, facts=(fact.id,), confidence=100.0, script=script)

    def topic(self, topic: Topic, script: Script) -> Reply:
        """The overview of a topic."""
        return self._overview(topic.label, topic, script, None)

    def small_talk(self, message: str, name: str, script: Script, confidence: float = 100.0) -> Reply:
        """A greeting, thanks, what can you do."""
        say = self._small_talk.get(name) or next(iter(self._small_talk.values()))
        text = say.format(subject=self._report.subject, examples=self.wording("examples"))
        return Reply(message, "chat", (Paragraph(self.say(text, script)),), confidence=confidence, script=script)

    # ---- outcomes

    def _answer(self, decision: Decision, findings: Sequence[Finding], script: Script) -> Reply:
        blocks: list[Block] = []
        facts: dict[str, None] = {}
        verdict: Verdict | None = None
        plain: list[Fact] = []
        for finding in findings:
            stated = [self._report.facts[target] for target in finding.targets if target not in facts]
            facts.update(dict.fromkeys(finding.targets))
            if finding.verdict is None:
                plain += stated
                continue
            blocks += self._facts(plain, script)
            plain = []
            verdict = "supported" if finding.verdict and verdict != "refuted" else "refuted"
            blocks += self._claim(finding, stated, script)
        blocks += self._facts(plain, script)
        blocks += [self._comparison(f, script) for f in findings if f.rule == "comparison"]
        for finding in decision.findings:
            if finding.kind == "abstain":
                blocks.append(Paragraph(self._also_missing(finding, script)))
            elif finding.kind == "clarify" and finding.clause:
                blocks.append(Paragraph(self.wording("answer.also_unclear", script, question=finding.clause.text)))
        return Reply(
            decision.message,
            "answer",
            tuple(blocks),
            facts=tuple(facts),
            verdict=verdict,
            confidence=min(f.confidence for f in findings),
            matched=_matched(findings[0]),
            script=script,
        )

    def _overviews(self, message: str, findings: Sequence[Finding], script: Script) -> Reply:
        """The overviews of topics, each once; the reply names the first as its topic."""
        each: dict[str, Finding] = {}
        for finding in findings:
            each.setdefault(finding.targets[0], finding)
        replies = [self._overview(message, self._report.topics[id], script, found) for id, found in each.items()]
        blocks = tuple(block for reply in replies for block in reply.blocks)
        return replies[0]._replace(blocks=blocks, facts=tuple(fact for reply in replies for fact in reply.facts))

    def _also_missing(self, finding: Finding, script: Script) -> str:
        """What the report lacks beside what was answered; of one of several things, of which of them."""
        refusal = self._refusal(finding)
        if finding.reason == "unit" and finding.clause and not finding.clause.ask.kind:
            return self.wording("answer.also_missing_of", script, thing=finding.clause.text, refusal=refusal)
        return self.wording("answer.also_missing", script, refusal=refusal)

    def _beside(self, overviews: Sequence[Finding], answers: Sequence[Finding]) -> list[Finding]:
        """讲讲光伏，再告诉我脱贫了几个村: the facts of an overview asked for beside facts of other topics."""
        told: list[Finding] = []
        for overview in overviews:
            facts = [fact.id for fact in self._report.topic_facts(overview.targets[0])]
            clause = overview.clause
            names_it = clause is not None and clause.tells and overview.confidence >= _SURE_OVERVIEW
            if names_it and not any(set(facts) & set(answer.targets) for answer in answers):
                told += [overview._replace(kind="answer", targets=(fact,)) for fact in facts]
        return told

    def _overview(self, message: str, topic: Topic, script: Script, finding: Finding | None) -> Reply:
        facts = self._report.topic_facts(topic.id)
        blocks: list[Block] = [Paragraph(self.wording("overview", script, topic=topic.label))]
        blocks += [self._statement(fact, script) for fact in facts]
        blocks += self._quotes(facts, script)
        return Reply(
            message,
            "overview",
            tuple(blocks),
            facts=_ids(facts),
            topic=topic.id,
            confidence=finding.confidence if finding else 100.0,
            matched=_matched(finding) if finding else None,
            script=script,
        )

    def _clarify(self, message: str, finding: Finding, script: Script) -> Reply:
        figure = finding.mention.text if finding.mention else ""
        lead = self.wording(f"clarify.{finding.rule}", script, figure=figure)
        return Reply(
            message,
            "clarify",
            (self._choices(lead, finding.options, script),),
            options=finding.options,
            confidence=finding.confidence,
            matched=_matched(finding),
            script=script,
        )

    def _abstain(self, message: str, findings: Sequence[Finding], script: Script) -> Reply:
        refusals = dict.fromkeys(self._refusal(finding) for finding in findings)
        blocks: list[Block] = [Paragraph(self.say("".join(refusals), script))]
        # The nearest of each refused question first.
        ranks = zip_longest(*(finding.options for finding in findings))
        options = tuple(dict.fromkeys(option for rank in ranks for option in rank if option))[:3]
        if options:
            blocks.append(self._choices(self.wording("abstain.nearest", script), options, script))
        return Reply(
            message,
            "abstain",
            tuple(blocks),
            options=options,
            confidence=min(f.confidence for f in findings),
            matched=_matched(findings[0]),
            script=script,
        )

    def _refusal(self, finding: Finding) -> str:
        clause = finding.clause
        # 还有多少没住: of what is left, the word alone (还有多少没) may say half of it.
        words = finding.words
        if finding.reason == REMAINING and clause and len(clause.text) <= _SHORT and not clause.is_elliptical:
            words = (clause.text,)
        return self.wording(
            f"abstain.{finding.reason}",
            words="”“".join(dict.fromkeys(words)),
            place=self._report.place,
            subject=self._report.subject,
            year_note=self._report.year_note,
        )

    # ---- parts

    def _claim(self, finding: Finding, stated: Sequence[Fact], script: Script) -> list[Block]:
        """The verdict, the true figure, whose figure the claimed one is, and the sentences of both."""
        holds = "supported" if finding.verdict else "refuted"
        blocks: list[Block] = [Paragraph(self.wording(f"answer.{holds}", script)), *self._say(stated[:1], script)]
        if len(stated) > 1 and finding.mention:
            blocks.append(Paragraph(self.wording("answer.owner", script, figure=finding.mention.text)))
            blocks += self._say(stated[1:], script)
        return [*blocks, *self._quotes(stated, script)]

    def _comparison(self, finding: Finding, script: Script) -> Block:
        """Which of two facts is larger, and by how much; of more, their order."""
        facts = [self._report.facts[target] for target in finding.targets]
        if len(facts) > _PAIR:
            order = "、".join(fact.label for fact in ranked(facts) or [])
            return Paragraph(self.wording("answer.ranked" if order else "answer.unlike", script, labels=order))
        one, other = facts
        result = compare(one, other)
        if result is None:
            return Paragraph(self.wording("answer.unlike", script))
        if not result.difference:
            return Paragraph(self.wording("answer.equal", script))
        key = "answer.more" if result.is_exact else "answer.about_more"
        labels = {"larger": result.larger.label, "smaller": result.smaller.label}
        text = self.wording(key, script, **labels, difference=result.difference)
        times = self.wording("answer.times", script, times=result.times) if result.times else ""
        return Paragraph(text + times)

    def _facts(self, facts: Sequence[Fact], script: Script) -> list[Block]:
        """Each fact with its sentence; facts of one sentence in a row share the quotation."""
        blocks: list[Block] = []
        for _, group in groupby(facts, key=lambda fact: fact.sentence.id if fact.sentence else fact.id):
            together = list(group)
            blocks += [*self._say(together, script), *self._quotes(together, script)]
        return blocks

    def _say(self, facts: Sequence[Fact], script: Script) -> list[Block]:
        blocks: list[Block] = []
        for fact in facts:
            blocks.append(self._statement(fact, script))
            if fact.formula:
                operands = {operand: self._report.facts[operand].figure for operand in fact.formula.operands}
                formula = show(fact.formula, operands, fact.figure, exact=fact.is_exact)
                blocks.append(Paragraph(self.wording("answer.computed", script, formula=formula)))
        return blocks

    def _statement(self, fact: Fact, script: Script) -> Statement:
        before, _, after = fact.reply.partition("{figure}")
        lead, figure, tail = (self.say(part, script) for part in (before, fact.figure, after))
        return Statement(fact.id, lead + figure + tail, len(lead), len(lead) + len(figure))

    def _quotes(self, facts: Sequence[Fact], script: Script) -> list[Block]:
        """The sentences that the facts come from, each once, in the order of the facts."""
        marks: dict[str, list[tuple[int, int]]] = {}
        for fact in facts:
            operands = [self._report.facts[o] for o in fact.formula.operands] if fact.formula else [fact]
            for operand in operands:
                if operand.sentence:
                    at = operand.sentence.text.index(operand.figure)
                    marks.setdefault(operand.sentence.id, []).append((at, at + len(operand.figure)))
        return [self._quote(self._report.sentences[id].text, spans, script) for id, spans in marks.items()]

    def _quote(self, sentence: str, spans: Iterable[tuple[int, int]], script: Script) -> Quote:
        text, highlights, at = "", [], 0
        for start, end in _merged(spans):
            # Converted piece by piece, so that the highlight stays on the figure whatever the conversion does.
            text += self.say(sentence[at:start], script)
            figure = self.say(sentence[start:end], script)
            highlights.append((len(text), len(text) + len(figure)))
            text += figure
            at = end
        text += self.say(sentence[at:], script)
        key = "source_converted" if script == "traditional" else "source"
        source = self.wording(key, script, source=self._report.source, publisher=self._report.publisher)
        return Quote(text, tuple(highlights), source)

    def _choices(self, lead: str, options: Sequence[str], script: Script) -> Choices:
        items = tuple(Choice(id, self.say(self._report.facts[id].label, script)) for id in options)
        return Choices(lead, items)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)


def _matched(finding: Finding) -> str | None:
    if finding.kind == "abstain" and finding.rule != "unanswered":
        return None
    best = next((c for c in finding.candidates if c.target in finding.targets or c.accepts), None)
    return best.phrase.paraphrase.text if best else None
