"""The numbers of a clause: which of its digits are figures, what each counts, and how it is left open."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.knowledge.intents import Intents
from bot.language.figures import Figure
from bot.language.lexicon import Token
from bot.understanding.clause import SHARE, UNCOUNTABLE, Mention
from bot.understanding.counted_words import CountedWords

#: from here on a number without a unit is an amount of money
ONLY_MONEY = 100_000_000


#: what makes a number say which one it is
ORDINAL = "第"
#: up to so many are pointed at rather than counted
_FEW = 3
#: tokens behind a number among which it is said to be exceeded or not (个, 还, 要, 多)
_UNIT_AND_DEGREE = 4
#: what 十几个 leaves open
_TEN = "十"


class Numbers:
    """Reads the figures among the tokens of a clause."""

    def __init__(self, intents: Intents, words: CountedWords) -> None:
        self._grammar = intents.grammar
        self._words = words

    def is_date(self, tokens: list[Token], index: int) -> bool:
        """2015年, 3月, 5号."""
        figure = tokens[index].figure
        if figure is None or figure.is_percent or index + 1 == len(tokens):
            return False
        return tokens[index + 1].text.startswith(tuple(self._grammar.date_units))

    def is_idle_digit(self, tokens: list[Token], index: int) -> bool:
        """A lone 一 or 三 that counts nothing (高三, 那个三) is no figure."""
        token = tokens[index]
        if index and tokens[index - 1].text == ORDINAL:
            return True  # 四包的第一条
        if len(token.text) > 1 or token.text.isdecimal() or (token.figure and token.figure.is_percent):
            return False
        if index and tokens[index - 1].values("quantity"):
            return True  # 几百块
        before = tokens[index - 1] if index else token
        if token.figure and token.figure.value <= _FEW and before.text in self._grammar.points_at_few:
            return True  # 头一条, 这三条
        if token.text in self._grammar.large and (before.text in self._grammar.exceeds or before.values("relation")):
            return False  # 破千了
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if any(next_.values("speech") for next_ in tokens[index + 2 : index + 3]):
            return True  # 还有一条说…
        scale = token.text == _TEN or token.text in self._grammar.large
        if following is not None and scale and following.text in self._grammar.open_endings:
            return False  # 十几个, 百来个
        return following is None or not (self._words.counts(following) or following.values("classifier"))

    def mention(self, tokens: list[Token], index: int, figure: Figure) -> Mention:
        counts: frozenset[str] = frozenset()
        unit, text = "", tokens[index].text
        open_ended = self._grammar.left_open(figure.open) or self._open_ended(tokens[index + 1 :])
        if figure.is_percent:
            counts, unit = frozenset({SHARE}), "%"
        elif index + 1 < len(tokens):
            if tokens[index + 1].text in self._grammar.open_endings and index + 2 < len(tokens):
                index += 1  # 九万多贫困人口
            following = tokens[index + 1]
            unit = following.text
            named = frozenset() if self._words.computes(following) else self._words.counts(following)
            counts = named or self._left_open(following) or (self._words.classified(following) or frozenset()) - {"any"}
            behind = [token for token in tokens[index + 2 : index + 6] if not self._is_beside(token)]
            if not counts and following.values("classifier"):
                # 975个光伏电站, 深度贫困县五个
                before = [token for token in tokens[:index] if not token.values("filler")]
                things = sorted(behind[:2], key=self._words.is_verb)  # 家庭 of 个搬迁家庭
                near = [*things, *reversed(before[-2:])]
                near = near[::-1] if self._comes_behind(tokens) else near
                units = (self._words.of_doers(token) or self._words.counts(token) - UNCOUNTABLE for token in near)
                counts = next(filter(None, units), counts)
                if behind and behind[0] is tokens[index + 2] and behind[0].values("uncounted"):
                    counts = frozenset({behind[0].text})  # 747个乡镇: none of what the report counts
            elif len(counts) > 1 and behind and not named:
                counts = counts & self._words.counts(behind[0]) or counts  # 100家以上龙头企业
            if not counts and following.values("concept") and len(tokens) > index + 3:
                of_it = tokens[index + 2].text in self._grammar.possessives  # 9.1万受益的贫困人口
                counts = self._words.counts(tokens[index + 3]) - UNCOUNTABLE if of_it else counts
            if not following.values("classifier") and not counts:
                unit = ""
        if not counts and figure.value >= ONLY_MONEY:
            counts = frozenset({"元"})
        return Mention(figure, text, counts, unit, open_ended)

    def _comes_behind(self, tokens: Sequence[Token]) -> bool:
        """园区124个安置项目119个: of several figures, whether each stands behind what it counts."""
        at = [n for n, token in enumerate(tokens) if token.figure]
        names = [n for n, token in enumerate(tokens) if self._words.counts(token) - UNCOUNTABLE]
        return len(at) > 1 and bool(names) and names[0] < at[0] and names[-1] < at[-1]

    def _is_beside(self, token: Token) -> bool:
        """以上的 in 十个以上的县: what stands between a number and what it counts."""
        return bool(token.values("relation") or token.values("filler")) or token.text in self._grammar.possessives

    def _left_open(self, token: Token) -> frozenset[str]:
        """几条村 after a number: what is counted."""
        if token.text[0] not in self._grammar.open_endings:
            return frozenset()
        return frozenset(token.values("quantity")) - {"any"}

    def _open_ended(self, following: Sequence[Token]) -> str:
        """七百多, 一百来个, 九成九还多 right after the number; 十万出头 anywhere behind it."""
        if len(following) > 1 and following[0].text in self._grammar.and_more:
            following = following[1:]
        if following and (left_open := self._grammar.left_open(following[0].text[:1])):
            return left_open
        return "barely" if any("over" in token.values("relation") for token in following) else ""


def with_own_relations(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
    """Each figure with the relations that stand beside it, and those that stand beside another."""
    beside: list[frozenset[str]] = []
    for mention in mentions:
        at = _at(tokens, mention)
        own: set[str] = set()
        for token in reversed(tokens[:at]):
            if not (token.values("relation") or token.values("filler") or token.values("contains")):
                break
            own |= {*token.values("relation")}
        for n, token in enumerate(tokens[at + 1 : at + 4], at + 1):
            if token.figure or (n + 1 < len(tokens) and tokens[n + 1].figure):
                break  # 18个专班不到两百人: 不到 is said of what follows it
            own |= {*token.values("relation")}
        beside.append(frozenset(own))
    others = frozenset().union(*beside)
    return [m._replace(relations=own, not_its=others - own) for m, own in zip(mentions, beside, strict=True)]


def beyond(behind: Sequence[Token]) -> tuple[str, ...]:
    """比1000个多, 比九成还高: how a claim relates to a number after 比, by what stands behind it."""
    for token in behind[:_UNIT_AND_DEGREE]:
        if degrees := token.values("compare"):
            return ("above",) if "more" in degrees else ("below",) if "less" in degrees else ()
    return ()


def once_each(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
    """130万就是1300000: a number that is said to be the same as the one before it is one figure with it."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before is not None and before.figure.value == mention.figure.value:
            between = tokens[_at(tokens, before) + 1 : _at(tokens, mention)]
            same = not (before.counts and mention.counts) or before.counts & mention.counts
            if same and all(t.values("equals") or t.values("filler") or t.text == before.unit for t in between):
                kept[-1] = before if before.counts else mention
                continue
        kept.append(mention)
    return kept


def _at(tokens: Sequence[Token], mention: Mention) -> int:
    """Where among the tokens the number of a mention stands."""
    return next(n for n, token in enumerate(tokens) if token.figure is mention.figure)


def with_range(tokens: Sequence[Token], mentions: Sequence[Mention], between: Collection[str]) -> list[Mention]:
    """在六百到六百五之间: the first figure as the least, the second as the most; `between` joins the two."""
    at = [_at(tokens, mention) for mention in mentions]
    if len(at) != 2 or not all(_spans(token, between) for token in tokens[at[0] + 1 : at[1]]) or at[1] == at[0] + 1:
        return list(mentions)
    least, most = mentions
    counts = most.counts or least.counts
    return [
        least._replace(relations=frozenset({"at_least"}), counts=least.counts or counts),
        most._replace(relations=frozenset({"at_most"}), counts=counts),
    ]


def _spans(token: Token, between: Collection[str]) -> bool:
    return token.text in between or bool(token.values("classifier"))


def is_round(token: Token) -> bool:
    """Whether a number may be left open: 七百几 and 十万几, but not 25.6万几成."""
    if token.figure is None or "." in token.text:
        return False
    return token.text[-1] in "十百千万亿" or token.text[-2:-1] in tuple("百千万")
