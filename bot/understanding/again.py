"""Messages that ask for what was told again, or for the rest of it: 还有呢, 你确定吗, 原话发我看下, 其余两类呢."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from bot.knowledge.intents import Intents
from bot.knowledge.model import Report
from bot.language.figures import parse_chinese
from bot.language.lexicon import Token
from bot.understanding.clause import WHO
from bot.understanding.computed import number_of
from bot.understanding.conversation import Conversation
from bot.understanding.decision import Finding
from bot.understanding.matcher import Matcher

#: numbers of which the sentences are asked for together
_SEVERAL = 2
#: characters around a doubt that change nothing (这数你能打包票吗)
_AROUND = 3


class Again:
    """The steps for messages that name nothing and lean on the last answer as a whole."""

    def __init__(self, intents: Intents, matcher: Matcher, report: Report) -> None:
        self._intents = intents
        self._matcher = matcher
        self._report = report

    @cached_property
    def _doubts(self) -> frozenset[str]:
        """Words that doubt: looked up when somebody follows up, which a single question never does."""
        return self._intents.lexicon.words_of("claim")

    @cached_property
    def _fillers(self) -> frozenset[str]:
        return self._intents.lexicon.words_of("filler")

    @cached_property
    def _quotes(self) -> frozenset[str]:
        return self._intents.lexicon.words_of("quote")

    @cached_property
    def _least_quotes(self) -> tuple[str, ...]:
        """Those that hold none of the others: a text without them has none."""
        words = sorted(self._quotes, key=len)
        return tuple(word for word in words if not any(other in word for other in words if other != word))

    def phrase(self, plain: str, conversation: Conversation) -> Finding | None:
        """还有呢 tells the rest of the topic, 你确定吗 repeats the last answer."""
        bare = plain.replace(" ", "").replace("，", "").replace("。", "").replace("？", "")
        if conversation.topic and not conversation.facts and bare in self._intents.follow_ups.get("more", ()):
            return Finding("overview", "more", (conversation.topic,), confidence=100.0)
        if not (conversation.facts or conversation.topic):
            return None
        sure = self._intents.follow_ups.get("sure", frozenset())
        parts = [part for part in plain.replace("。", "，").replace("？", "，").split("，") if part]
        nearly = any(len(said) > _AROUND and said in bare and len(bare) <= len(said) + _AROUND for said in sure)
        repeats = self._intents.follow_ups.get("again", frozenset())
        again = bare in repeats or (
            any(part in repeats for part in parts)
            and all(part in repeats or part in self._fillers or part in self._intents.grammar.asking for part in parts)
        )  # 慢点，再报一遍; 多少？再说一遍
        first = any(word in bare for word in self._intents.grammar.told_first)
        if (
            (len(parts) > 1 or first)
            and not again
            and (ends := [words for words in repeats if parts[-1].endswith(words)])
        ):
            before = [*parts[:-1], parts[-1].removesuffix(max(ends, key=len))]  # 我写错了？那你再报一遍
            again = not any(map(self._tells, before))
        if again and first and conversation.told:
            return Finding("answer", "sure", conversation.told[:1], confidence=100.0)  # 第一个问题再说一遍
        if again or nearly or bare in sure or all(part in sure or part in self._doubts for part in parts):
            if conversation.topic and not conversation.facts:
                return Finding("overview", "sure", (conversation.topic,), confidence=100.0)
            return Finding("answer", "sure", conversation.facts, confidence=100.0)
        if not conversation.facts:
            return None
        if bare in self._intents.follow_ups.get("more", ()):
            return Finding("overview", "more", (conversation.facts[0].partition(".")[0],), confidence=100.0)
        return None

    def _tells(self, part: str) -> bool:
        """Whether a part of a message names something of the report, or asks for it."""
        kinds = ("concept", "guard", "place")
        return any(token.figure or any(map(token.values, kinds)) for token in self._intents.lexicon.segment(part))

    def quote(self, tokens: Sequence[Token], conversation: Conversation) -> Finding | None:
        """原话发我看下, 出自哪句: the last answer again, which quotes its sentence."""
        text = "".join([token.text for token in tokens])
        if not any(word in text for word in self._least_quotes):
            return None
        said = [token for token in tokens if not token.is_separator]
        quotes = [token for token in said if any(word in token.text for word in self._quotes)]
        if not quotes:
            return None
        only = all(token.text in self._quotes for token in quotes)  # 原文, unlike 出处资讯
        others = [token for token in said if not token.values("quote")]
        telling = any(token.values(kind) for token in others for kind in ("quantity", "guard"))
        telling = telling or any(
            token.values("concept") and not self._tells_of(token, conversation) for token in others
        )
        # 别是瞎编的吧，原文哪句话说的, unlike 行吧，出处给我
        which = any(self._intents.grammar.asks(token.text) for token in quotes)
        telling = telling or (not which and any(token.values("claim") for token in others))
        telling = telling or (only and any(token.values("ask") for token in others))
        unknown = sum(len(token.text) for token in said if token.is_unknown)
        numbers = [int(token.figure.value) for token in said if token.figure]
        together = (char for token in said if token.values("distributor") for char in token.text)  # 这两个数
        numbers += [int(number) for char in together if (number := parse_chinese(char)) is not None]
        several = len(numbers) == 1 and _SEVERAL <= numbers[0] <= len({*conversation.told})
        if telling or unknown > 1 or (numbers and not several):
            return None
        if several:  # 这两个数的原句: those told last
            last = dict.fromkeys(reversed(conversation.told))
            return Finding("answer", "quote", tuple(last)[: numbers[0]][::-1], confidence=100.0)
        if not conversation.facts:
            # 原文呢, where nothing was told; but 报道出处 asks where the report is from
            leans = only and others and not any(token.values("concept") for token in quotes)
            return Finding("abstain", "quote", reason="unmatched", confidence=60.0) if leans else None
        return Finding("answer", "quote", conversation.facts, confidence=100.0)

    def _tells_of(self, token: Token, conversation: Conversation) -> bool:
        """收益 in 原文哪句话说的收益: whether a word only names what was told last."""
        told = [self._matcher.fullest.get(id, frozenset[str]()) for id in conversation.facts]
        return bool(told) and all(not names.isdisjoint(token.values("concept")) for names in told)

    def others(self, tokens: Sequence[Token], conversation: Conversation) -> list[Finding]:
        """其余两类呢: the facts of one sentence that count the same, as many as are asked for; [] if it isn't that."""
        if len(conversation.facts) != 1 or not any(token.values("others") for token in tokens):
            return []
        number = next((n for token in tokens if (n := number_of(token)) is not None), None)
        telling = any(token.values(kind) for token in tokens for kind in ("guard", "claim", "compare"))
        left = tuple(id for id in conversation.options if id not in conversation.facts)
        plain = not any(token.values(kind) for token in tokens for kind in ("guard", "concept", "compare", "quantity"))
        if plain and len(left) == number and len(left) < len(conversation.options):
            return [Finding("answer", "others", (id,), confidence=85.0) for id in left]  # 另外两个也说下吧
        if number is None or telling:
            return []
        said = self._report.facts[conversation.facts[0]]
        counted = [second for first, second in pairwise(tokens) if first.values("others")]  # unlike 另外再问两个
        of_list = number < len(said.members) and any(number_of(token) is not None for token in counted)
        if of_list and not any(token.values("concept") or token.values("quantity") for token in tokens):
            return [Finding("answer", "others", (said.id,), confidence=85.0)]  # 另外两重是啥
        units = WHO & {name for token in tokens for name in (*token.values("concept"), *token.values("quantity"))}
        counts = next(iter(units)) if len(units) == 1 else said.counts  # 另外那种带到几多人, after households
        told = {said.id, *conversation.before} if number == 1 else {said.id}  # 剩下那一类, after two of three
        alike = [f for f in self._report.facts.values() if f.counts == counts and f.id not in told and not f.formula]
        same = [fact.id for fact in alike if fact.sentence is said.sentence is not None]
        things = [frozenset(token.values("concept")) for token in tokens]
        things = [thing for thing in things if self._matcher.names_thing(thing)]
        if any(all(self._matcher.is_foreign(id, thing) for id in (said.id, *same)) for thing in things):
            return []  # 还有一种叫新型经营主体的
        fitting = [id for id in same if not any(self._matcher.is_foreign(id, thing) for thing in things)]
        same = fitting if len(fitting) == number else same  # 还有一种叫非四类的
        if not same and number == 1:  # 另外那种带到几多人: of the same topic, what does the same
            does = {name for token in tokens for name in token.values("concept")} - WHO
            topic = [fact.id for fact in alike if fact.topic == said.topic]
            same = [id for id in topic if does and does <= self._matcher.fullest.get(id, frozenset())]
        if len(same) > number > 0:
            return [Finding("clarify", "rivals", options=tuple(same), confidence=80.0)]
        if len(same) != number:
            named = any(token.values("concept") for token in tokens)
            unmatched = Finding("abstain", "others", reason="unmatched", options=(said.id,), confidence=70.0)
            return [unmatched] if not same and number == 1 and not named else []  # 另一个呢: there is none
        if total := self._total(tokens, {said.id, *same}):
            return [Finding("answer", "compute_on", (total,), confidence=85.0)]
        return [Finding("answer", "others", (id,), confidence=85.0) for id in same]

    def _total(self, tokens: Sequence[Token], facts: set[str]) -> str:
        """另外两批也加上，合计多少: what adds up these facts, where a sum is asked for; "" if nothing does."""
        plain = (token for token in tokens if number_of(token) is None)  # 两类 only says how many
        sums = any(self._matcher.adds_up(frozenset(token.values("concept"))) for token in plain)
        totals = [f.id for f in self._report.facts.values() if f.formula and {*f.formula.operands} == facts]
        return totals[0] if sums and totals else ""
