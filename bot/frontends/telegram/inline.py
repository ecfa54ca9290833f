"""Inline mode: `@bot 光伏` in any chat offers facts to send there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent

from bot.assistant import Assistant
from bot.frontends.telegram.render import to_html
from bot.language.script import is_traditional
from bot.reply.model import Quote, Reply, Script, Statement

#: what Telegram shows of one query at most
MOST_RESULTS = 50
#: seconds for which Telegram may answer the same query by itself: the report doesn't change while the bot runs
CACHE_SECONDS = 300
#: characters of a title and a description that Telegram's clients show
_TITLE, _DESCRIPTION = 60, 120
#: the id of the result that says the report has no such thing
_NOT_SAID = "not-said"


@dataclass(frozen=True)
class InlineAnswer:
    """The results of a query, best first, and the button above them."""

    results: Sequence[InlineQueryResultArticle]
    button: InlineQueryResultsButton


class InlineSearch:
    """Finds what to offer for an inline query."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def find(self, query: str, script: Script) -> InlineAnswer:
        """The facts that a query may mean; of an empty one, one fact of each topic. `script`: where it shows none."""
        if not query.strip():
            ids = [facts[0].id for topic in self._assistant.topics() if (facts := self._assistant.facts(topic.id))]
            return self._answer([self._fact(id_, script) for id_ in ids], script)
        script = "traditional" if is_traditional(query) else script
        reply = self._assistant.reply(query)
        stated = [*reply.facts, *reply.options] if reply.outcome != "abstain" else []
        nearest = [*reply.options, *self._assistant.nearest(query, MOST_RESULTS)]
        ids = list(dict.fromkeys([*stated, *nearest]))
        results = [self._fact(id_, script) for id_ in ids]
        if reply.outcome == "abstain":
            results.insert(0, self._not_said(reply))
        return self._answer(results, script)

    def _answer(self, results: Sequence[InlineQueryResultArticle], script: Script) -> InlineAnswer:
        text = self._assistant.wording("telegram.inline.ask", script)
        return InlineAnswer(results[:MOST_RESULTS], InlineQueryResultsButton(text, start_parameter="inline"))

    def _fact(self, fact_id: str, script: Script) -> InlineQueryResultArticle:
        reply = self._assistant.fact_reply(fact_id, script=script)
        said = next((block.text for block in reply.blocks if isinstance(block, Statement)), "")
        quote = next((block.text for block in reply.blocks if isinstance(block, Quote)), "")
        label = self._assistant.label(fact_id, script)
        return _article(fact_id, f"{label}：{self._assistant.figure(fact_id, script)}", f"{said} {quote}", reply)

    def _not_said(self, reply: Reply) -> InlineQueryResultArticle:
        title = self._assistant.wording("telegram.inline.not_said", reply.script)
        return _article(_NOT_SAID, title, reply.text.partition("\n")[0], reply)


def _article(id_: str, title: str, description: str, reply: Reply) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=id_,
        title=_short(title, _TITLE),
        description=_short(description, _DESCRIPTION),
        input_message_content=InputTextMessageContent(to_html(reply), parse_mode="HTML"),
    )


def _short(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"
