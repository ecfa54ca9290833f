"""What a conversation is about: the topics of what was told last."""

from __future__ import annotations

from bot.knowledge.model import Report
from bot.understanding.conversation import Conversation


def topics(conversation: Conversation, report: Report) -> set[str]:
    """The topics of the facts stated last, or the one whose overview was; empty where nothing was told."""
    if conversation.topic and not conversation.facts:
        return {conversation.topic}
    return report.topics_of(*conversation.facts)


def facts(conversation: Conversation, report: Report) -> frozenset[str]:
    """The facts of these topics, told or not."""
    about = topics(conversation, report)
    return frozenset(id for id in report.facts if report.topics_of(id) & about)
