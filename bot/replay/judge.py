"""Whether a reply is what a careful reader expects."""

from __future__ import annotations

from bot.replay.question_sets import Case, Expectation
from bot.reply.model import Reply


def satisfies(reply: Reply, expected: Expectation) -> bool:
    """Whether the reply is the expected outcome.

    Facts are compared without order. An answer without expected verdict states exactly the expected facts, whatever
    its verdict; with one, the verdict is equal and further facts may be stated. A clarify offers at least two of the
    expected options, or the only one.
    """
    if reply.outcome != expected.outcome:
        return False
    if expected.outcome == "answer":
        if expected.verdict:
            return reply.verdict == expected.verdict and set(expected.facts) <= set(reply.facts)
        return set(reply.facts) == set(expected.facts)
    if expected.outcome == "overview":
        return reply.topic == expected.topic
    if expected.outcome == "clarify":
        return len(set(reply.options) & set(expected.options)) >= min(2, len(expected.options))
    return True


def passes(reply: Reply, case: Case) -> bool:
    """Whether the reply is one of the outcomes that the case accepts."""
    return any(satisfies(reply, expected) for expected in case.accept)


def states_wrong_figure(reply: Reply, case: Case) -> bool:
    """Whether the reply fails the case by answering with a fact that nothing the case accepts names.

    An answer and a clarify name their facts; an overview names only its topic.
    """
    if reply.outcome != "answer" or passes(reply, case):
        return False
    named = {fact for expected in case.accept for fact in (*expected.facts, *expected.options)}
    return not set(reply.facts) <= named
