"""The whole bot behind one small interface: a message and its conversation in, a reply out.

Frontends use nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from bot.knowledge.comparison import ranked
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import Report
from bot.reply.compose import Composer
from bot.reply.model import Choice, Reply, Script
from bot.reply.wording import Wording
from bot.understanding.clause import WHO
from bot.understanding.conversation import CONTEXT_SECONDS, Conversation, Situation
from bot.understanding.understand import Understander

#: reasons for which a question is refused that is of another place than the report
_ELSEWHERE = frozenset({"place", "ours"})


class Assistant:
    """Answers messages about one report. Safe to share: all that changes is in the conversations."""

    def __init__(
        self,
        report: Report,
        understander: Understander,
        composer: Composer,
        clock: Callable[[], float] = time.time,
        context_seconds: float = CONTEXT_SECONDS,
        replies_kept: int = 0,
    ) -> None:
        """`replies_kept`: how many replies to keep for those who ask the same in the same situation (0: none)."""
        self.report = report
        self.wording: Wording = composer.wording
        self._understander = understander
        self._composer = composer
        self._clock = clock
        self._context_seconds = context_seconds
        self._replied = lru_cache(replies_kept)(self._reply_to) if replies_kept else self._reply_to

    def reply(self, message: str, conversation: Conversation | None = None) -> Reply:
        """Answer a message; the conversation (if given) is read for follow-ups and updated. Never raises."""
        conversation = conversation if conversation is not None else Conversation()
        conversation.touch(self._clock(), self._context_seconds)
        reply = self._replied(message, conversation.situation)
        _remember(conversation, reply, self.report)
        return reply

    def _reply_to(self, message: str, situation: Situation) -> Reply:
        return self._composer.compose(self._understander.understand(message, Conversation(*situation)))

    def with_kept_replies(self, number: int) -> Assistant:
        """The same assistant, which keeps so many of the latest replies: many people ask the same."""
        parts = self.report, self._understander, self._composer, self._clock, self._context_seconds
        return Assistant(*parts, replies_kept=number)

    @property
    def context_minutes(self) -> float:
        """For how long a follow-up still sees what was said before."""
        return self._context_seconds / 60

    def with_answer_score(self, answer_score: float) -> Assistant:
        """The same assistant with another threshold (score, 0 to 100) from which facts are stated."""
        understander = self._understander.with_answer_score(answer_score)
        return Assistant(self.report, understander, self._composer, self._clock, self._context_seconds)

    def fact_reply(
        self, fact_id: str, conversation: Conversation | None = None, script: Script = "simplified"
    ) -> Reply:
        """The answer that states this fact. Raises KeyError for an unknown id."""
        reply = self._composer.fact(self.report.facts[fact_id], script)
        if conversation is not None:
            conversation.touch(self._clock(), self._context_seconds)
            _remember(conversation, reply, self.report)
        return reply

    def topic_reply(
        self, topic_id: str, conversation: Conversation | None = None, script: Script = "simplified"
    ) -> Reply:
        """The overview of a topic. Raises KeyError for an unknown topic."""
        reply = self._composer.topic(self.report.topics[topic_id], script)
        if conversation is not None:
            conversation.touch(self._clock(), self._context_seconds)
            _remember(conversation, reply, self.report)
        return reply

    def context_reply(self, fact_id: str, script: Script = "simplified") -> Reply:
        """The paragraph, or for a computed fact the paragraphs, that a fact comes from. Raises KeyError."""
        return self._composer.context(self.report.facts[fact_id], script)

    def label(self, fact_id: str, script: Script = "simplified") -> str:
        """What a fact is, in plain words. Raises KeyError for an unknown id."""
        return self._composer.say(self.report.facts[fact_id].label, script)

    def figure(self, fact_id: str, script: Script = "simplified") -> str:
        """A fact's figure as it is shown. Raises KeyError for an unknown id."""
        return self._composer.say(self.report.facts[fact_id].figure, script)

    def nearest(self, message: str, limit: int) -> tuple[str, ...]:
        """Up to `limit` fact ids, the likeliest to be meant by the message first; fewer if fewer have to do with it."""
        return self._understander.nearest(message)[:limit]

    def in_order(self, fact_ids: Sequence[str]) -> tuple[str, ...]:
        """The facts from the largest figure to the smallest; none where they aren't several in like units."""
        order = ranked([self.report.facts[id_] for id_ in fact_ids])
        return tuple(fact.id for fact in order) if order and len(order) > 1 else ()

    def comparable(self, topic_id: str) -> tuple[str, ...]:
        """The most facts of a topic that can be compared, the largest figure first; none where no two can."""
        facts = [fact.id for fact in self.report.topic_facts(topic_id)]
        units = dict.fromkeys(self.report.facts[id_].counts for id_ in facts)
        groups = (self.in_order([id_ for id_ in facts if self.report.facts[id_].counts == unit]) for unit in units)
        return max(groups, key=len, default=())

    def following(self, fact_ids: Sequence[str], script: Script = "simplified", limit: int = 2) -> tuple[Choice, ...]:
        """The facts that come after the last of these in its topic, then those before; without these themselves."""
        if not fact_ids:
            return ()
        last = self.report.facts[fact_ids[-1]]
        facts = self.report.topic_facts(last.topic)
        at = facts.index(last) + 1
        rest = [fact for fact in (*facts[at:], *facts[:at]) if fact.id not in fact_ids]
        return tuple(Choice(f.id, self._composer.say(f.label, script)) for f in rest[:limit])

    def help_reply(self, script: Script = "simplified") -> Reply:
        """What the bot is, what can be asked, with examples."""
        return self._composer.small_talk("", "help", script)

    def topics(self, script: Script = "simplified") -> tuple[Choice, ...]:
        """Every topic that has facts, in reading order."""
        return tuple(
            Choice(t.id, self._composer.say(t.label, script))
            for t in self.report.topics.values()
            if self.report.topic_facts(t.id)
        )

    def facts(self, topic_id: str, script: Script = "simplified") -> tuple[Choice, ...]:
        """The facts of a topic, in reading order; empty for an unknown topic."""
        return tuple(Choice(f.id, self._composer.say(f.label, script)) for f in self.report.topic_facts(topic_id))


def _remember(conversation: Conversation, reply: Reply, report: Report) -> None:
    """Keep of a turn what a follow-up needs; small talk changes nothing."""
    if reply.outcome == "chat":
        return
    finding = reply.decision.findings[-1] if reply.decision and reply.decision.findings else None
    conversation.untold = reply.outcome == "abstain"
    several = len(reply.facts) > 1 or reply.outcome == "clarify"  # what 前者 and 后者 then point at
    conversation.named = reply.decision.named or (() if several else conversation.named) if reply.decision else ()
    chosen = reply.outcome == "answer" and {*reply.facts} < {*conversation.options}  # 旅游的 chooses as well
    if not (chosen or (finding and finding.rule == "pick")):  # 另一个呢 may pick again
        conversation.options = reply.options
    if reply.outcome == "abstain":
        _remember_refusal(conversation, reply, report)
        return
    before = conversation.facts
    conversation.refused, conversation.refused_counts, conversation.unnamed = (), (), ()
    conversation.lacking, conversation.lacking_counts = (), ()
    conversation.state(reply.facts if reply.outcome == "answer" else ())
    conversation.topic = reply.topic
    question = finding.question if finding else None
    if question is None and (conversation.facts == before or (finding and finding.rule == "pick")):
        if (
            finding
            and finding.rule == "pick"
            and not {*conversation.counts} & {report.facts[id].counts for id in reply.facts}
        ):
            conversation.counts = ()  # 告诉我户数, after people that weren't told: what is counted, the fact says
        return  # 是不是9万 speaks of what was asked before, and so does 旅游的 after a choice
    conversation.said = tuple(sorted(question.own)) if question else ()
    counts = question.ask.counts or frozenset() if question else frozenset()
    told = frozenset(report.facts[id].counts for id in reply.facts)
    conversation.counts = tuple(sorted(counts & told or counts))  # 带动了多少, answered by people


def _remember_refusal(conversation: Conversation, reply: Reply, report: Report) -> None:
    """光伏带动多少人 is refused; 那户数呢 then asks of 光伏, not of what was answered before."""
    finding = reply.decision.findings[-1] if reply.decision and reply.decision.findings else None
    question = finding.question if finding else None
    conversation.unnamed, conversation.lacking, conversation.lacking_counts = (), (), ()
    if finding is None or question is None:
        return
    own, counts = tuple(sorted(question.own)), tuple(sorted(question.ask.counts or ()))
    then = finding.reason == "time"
    reasons = {finding.reason, *(reason for reason, _ in (finding.clause.guards if finding.clause else ()))}
    both = "time" in reasons and not reasons.isdisjoint(_ELSEWHERE)
    if finding.reason in ("which", "name"):
        conversation.unnamed = own
    elif finding.reason in ("measure", "population"):
        conversation.lacking, conversation.lacking_counts = own, counts
    elif (then or finding.reason in _ELSEWHERE) and question.groups and not both:  # both, in 去年蔚县脱贫了多少人
        # Nothing is named by 阳原呢, after 宣化脱贫了多少人. 2018年 is no word of the lexicon, unlike 去年.
        conversation.refused, conversation.refused_counts = (*own, *(finding.words if then else ())), counts
    topics = report.topics_of(*reply.options)
    elsewhere = bool(conversation.facts) and not topics & report.topics_of(*conversation.facts)
    tells = finding.clause is not None and finding.clause.tells  # unlike 游客人次呢
    leans = finding.clause is not None and finding.clause.is_elliptical  # 资金呢
    of_it = leans and len(question.groups) == 1
    if finding.rule in ("guard", "unanswered") and own and tells and len(topics) == 1 and elsewhere and not of_it:
        # 一户一年能分多少, of 光伏 after others, is refused: what is asked next is of 光伏.
        conversation.state(())
        conversation.topic = next(iter(topics))
        conversation.said, conversation.counts = (), ()
    if finding.reason != "unit" or not reply.options or finding.clause is None:
        return
    conversation.counts = counts or conversation.counts  # 旅游的呢 then asks for what wasn't told
    if question.context and not leans and topics and topics <= report.topics_of(*conversation.facts):
        return  # 带动多少户, after 新型经营主体, unlike 旅游的呢: what is asked next is of these as well
    if conversation.facts and conversation.facts == reply.options[:1] and (of_it or WHO.issuperset(counts)):
        return  # 带了多少贫困户, after the same, and 资金呢: nearest to it is what was told
    if finding.clause.tells and finding.rule == "unit" and conversation.topic not in topics:
        # What is asked after the overview of a topic that is near still leans on it.
        conversation.state(())
        conversation.topic = None
        conversation.said = own


def load_assistant(folder: Path | None = None) -> Assistant:
    """The assistant for a report folder (default: the packaged report).

    Raises KnowledgeError with every problem of the folder's YAML.
    """
    packaged = default_report_folder()
    folder = folder or packaged
    report, intents = load_knowledge(folder, packaged, cached=True)
    composer = Composer(report, Wording(intents.wording), intents.small_talk)
    understander = Understander(intents, report)
    intents.cache.save()
    return Assistant(report, understander, composer, context_seconds=60.0 * intents.context_minutes)


def default_report_folder() -> Path:
    """The packaged report: inside the installed package, or beside it in a checkout."""
    packaged = Path(__file__).parent / "report"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent
