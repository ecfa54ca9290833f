"""The whole bot behind one small interface: a message and its conversation in, a reply out.

Frontends use nothing else.
"""

from __future__ import annotations

from pathlib import Path

from rapidfuzz import fuzz, process

from bot.knowledge.facts import load_report
from bot.knowledge.model import Report
from bot.knowledge.yaml_source import YamlSource
from bot.reply.model import Choice, Choices, Paragraph, Quote, Reply, Script, Statement
from bot.reply.wording import Wording
from bot.understanding.conversation import Conversation


class Assistant:
    """Answers messages about one report."""

    def __init__(self, report: Report, wording: Wording) -> None:
        self.report = report
        self.wording = wording

    def reply(self, message: str, conversation: Conversation | None = None) -> Reply:
        """Answer a message; the conversation (if given) is read for follow-ups and updated."""
        labels = {f.id: f.label for f in self.report.facts.values()}
        found = process.extract(message, labels, scorer=fuzz.ratio, limit=3)
        if found and found[0][1] > 50:
            return self.fact_reply(found[0][2], conversation)
        if found and found[0][1] > 30:
            items = tuple(Choice(f[2], f[0]) for f in found)
            if conversation:
                conversation.options = tuple(f[2] for f in found)
            return Reply(
                message, "clarify", (Choices("您想问的是哪一项？", items),), options=tuple(f[2] for f in found)
            )
        return Reply(message, "abstain", (Paragraph("报告里没有说到这个。"),))

    def fact_reply(
        self, fact_id: str, conversation: Conversation | None = None, script: Script = "simplified"
    ) -> Reply:
        """The answer that states this fact. Raises KeyError for an unknown id."""
        fact = self.report.facts[fact_id]
        start = fact.statement.find(fact.figure)
        quote = fact.sentence or next(iter(self.report.sentences.values()))
        at = max(quote.text.find(fact.figure), 0)
        blocks = (
            Statement(fact.id, fact.statement, start, start + len(fact.figure)),
            Quote(quote.text, ((at, at + len(fact.figure)),), f"《{self.report.source}》"),
        )
        return Reply(fact.label, "answer", blocks, facts=(fact_id,), confidence=100.0, script=script)

    def topic_reply(
        self, topic_id: str, conversation: Conversation | None = None, script: Script = "simplified"
    ) -> Reply:
        """The overview of a topic. Raises KeyError for an unknown topic."""
        topic = self.report.topics[topic_id]
        facts = self.report.topic_facts(topic_id)
        blocks = tuple(Statement(f.id, f.statement, 0, 0) for f in facts)
        return Reply(topic.label, "overview", blocks, facts=tuple(f.id for f in facts), topic=topic_id, script=script)

    def help_reply(self, script: Script = "simplified") -> Reply:
        """What the bot is, what can be asked, with examples."""
        return Reply("", "chat", (Paragraph("我回答关于这篇报告的问题。"),), script=script)

    def topics(self, script: Script = "simplified") -> tuple[Choice, ...]:
        """Every topic that has facts, in reading order."""
        return tuple(Choice(t.id, t.label) for t in self.report.topics.values() if self.report.topic_facts(t.id))

    def facts(self, topic_id: str, script: Script = "simplified") -> tuple[Choice, ...]:
        """The facts of a topic, in reading order; empty for an unknown topic."""
        return tuple(Choice(f.id, f.label) for f in self.report.topic_facts(topic_id))


def load_assistant(folder: Path | None = None) -> Assistant:
    """The assistant for a report folder (default: the packaged report).

    Raises KnowledgeError with every problem of the folder's YAML.
    """
    folder = folder or default_report_folder()
    wording = Wording(YamlSource(folder / "intents/shared/wording.yaml", "wording.yaml").data)
    return Assistant(load_report(folder / "facts.yaml"), wording)


def default_report_folder() -> Path:
    """The packaged report: inside the installed package, or beside it in a checkout."""
    packaged = Path(__file__).parent / "report"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent
