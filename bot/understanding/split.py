"""Cut a message into clauses: at pauses, at 和 and the like between things, and where a further question begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.knowledge.grammar import Grammar
from bot.knowledge.intents import Intents
from bot.language.lexicon import Token
from bot.language.normalise import QUESTION, SEPARATOR, STOP
from bot.understanding.clause import UNCOUNTABLE, WHO_AND_WHERE
from bot.understanding.counted_words import CountedWords

#: the tokens of a clause, the pause or connective before it ("" if there is none), whether a question mark ends it
Part = tuple[list[Token], str, bool]

#: tokens of a figure and its unit
_WITH_UNIT = 2
#: … and of a figure, its classifier and what is counted
_COUNTED = 3
#: … from 里头 to what is asked of those in it
_AMONG = 3
#: … from a word like 跟 to the 比 that it belongs to
_COMPARED = 4
#: kinds of question that the word at the end of a clause asks, and those that a question may ask without a number
_ASKS_WHAT = frozenset({"what", "which", "who", "name"})
_ASKS = _ASKS_WHAT | {"how", "where", "when", "why"}


class Splitter:
    """Cuts the tokens of a message into clauses."""

    def __init__(self, intents: Intents) -> None:
        self._intents = intents
        self._words = CountedWords(intents)
        self._done = "".join(intents.grammar.done)
        self._how_many = tuple(intents.grammar.how_many)

    def split(self, tokens: Sequence[Token]) -> Iterator[Part]:
        """The parts in order; each holds at most one question."""
        part: list[Token] = []
        joined_by, asked = "", False
        for index, token in enumerate(tokens):
            if token.is_separator:
                if token.text == SEPARATOR and _says_of_whom(part):
                    asked = False  # 惠及的几十万人里头，穷人有几万
                    continue
                if part:
                    yield part, joined_by, token.text == QUESTION
                    part, joined_by, asked = [], token.text, False
                elif joined_by not in self._intents.connectives and joined_by not in (STOP, QUESTION):
                    joined_by = token.text
                continue
            if token.values("lead_in") and any(map(_tells_story, part)) and self._asks_of(tokens[index + 1 :]):
                yield part, joined_by, False  # a long story, and then 我就想问问…
                part, joined_by, asked = [token], SEPARATOR, False
                continue
            following = tokens[index + 1 :]
            if token.values("connective") and self._stands_between(part, token, following, asked=asked):
                if part:
                    yield part, joined_by, False
                part, joined_by, asked = [], token.text, False
                continue
            if self._turns(part, tokens[index:], asked=asked):
                yield part, joined_by, False
                part, joined_by, asked = [token], SEPARATOR, False
                continue
            if self._ends_question(part, token, following):
                yield [*part, token], joined_by, True
                part, joined_by, asked = [], QUESTION, False
                continue
            if self._begins_after_question(part, tokens[index:], asked=asked):
                yield part, joined_by, False  # 四包是啥七长是哪七个
                part, joined_by, asked = [], "", False
            asks = self._asks_number(token)
            if asks and asked and not self._same_question(part, tokens[index:]):
                cut = self._end_of_question(part)
                yield part[:cut], joined_by, False
                part, joined_by, asked = part[cut:], "", False
            asked = asked or asks
            part.append(token)
        if part:
            yield part, joined_by, False

    def _stands_between(self, part: Sequence[Token], token: Token, following: Sequence[Token], *, asked: bool) -> bool:
        """Whether a word like 和 stands between two things, or two questions."""
        if following and following[0].values("many"):
            return False  # 不上学的还有好几十个
        if following and token.values("others") and not asked and self._counts(following):
            return False
        return not part or (_joins(part, following) and not self._only_counts(part, following))

    def _asks_of(self, tokens: Sequence[Token]) -> bool:
        return _asks(tokens) or any(token.text in self._intents.grammar.reaches for token in tokens)

    def _counts(self, following: Sequence[Token]) -> bool:
        """几个 behind 辍学的孩子还有: whether what follows asks how many, and names nothing more."""
        asks = bool(following[0].values("quantity")) and self._intents.grammar.asks_number(following[0].text)
        rest = takewhile(lambda token: not token.is_separator, following)
        return asks and not any(token.values("concept") for token in rest)

    def _only_counts(self, part: Sequence[Token], following: Sequence[Token]) -> bool:
        """多少户人家跟龙头公司签了…: whether a number is asked for of nothing yet, and none of what follows."""
        counts = any(self._intents.grammar.asks_number(token.text) for token in part if token.values("quantity"))
        units = bool(following) and bool(self._words.counts(following[0]) & WHO_AND_WHERE)  # 多少人和户受益
        return counts and not (units or any(t.values("concept") or t.figure for t in part) or _asks(following))

    def _turns(self, part: Sequence[Token], rest: Sequence[Token], *, asked: bool) -> bool:
        """Whether, spoken without a pause, the asker turns to what is meant instead, or to something else."""
        token, following = rest[0], rest[1:]
        if self._turns_to_some(part, token, following):
            return True  # 能干活的有多少里头多少找着活了
        unwanted = token.text in self._intents.grammar.unwanted and _names_something(part)
        if token.values("not") and (asked or unwanted) and any(t.values("quantity") for t in following[:2]):
            return True  # 户数，不要人数
        if asked and following and self._takes_back(token, following):
            return True  # …让多少户增收了啊不对我要问的是多少人
        takes_back = part and (part[0].text in self._intents.grammar.takes_back or _denies(part[0], token))
        if takes_back and _affirms(token):
            return True  # 我不是问龙头企业带动多少户我问的是光伏
        done = self._words.is_verb(token) or token.text.rstrip(self._done)[-1:] in self._intents.grammar.unfinished
        if asked and token.values("concept") and done and _asks_whether_done(following, self._intents.grammar):
            return True  # 四类的多少户改完没有
        if not asked and (self._claims_another(part, rest) or self._counts_another(part, rest)):
            return True  # 园区124个安置项目119个, 1020个旅游主体5个国家级
        return asked and self._asks_whether_besides(part, rest)  # 搬了多少人有没有回去的

    def _claims_another(self, part: Sequence[Token], rest: Sequence[Token]) -> bool:
        """Whether a figure has been told of one thing, and one of another thing follows."""
        figures = [n for n, token in enumerate(part) if token.figure]
        if not figures:
            return False
        told = len(part) - figures[-1] <= _WITH_UNIT
        told = told and part[-1].text not in self._intents.grammar.possessives  # 高于10%的贫困村有192个
        # … and 三万多户六万多人
        opens = len(part) > 1 and part[-1].text[-1] in self._intents.grammar.open_endings and bool(part[-2].figure)
        told = told and not ((part[-1].figure or opens) and self._words.counts(rest[0]))
        names = [t for t in part[: figures[0]] if t.values("concept") and not self._words.is_verb(t)] if told else []
        if not names:
            return False
        ahead = list(takewhile(lambda token: not token.is_separator, rest))
        begins = bool(ahead) and bool(ahead[0].values("concept")) and not self._words.is_verb(ahead[0])
        if not (begins and any(token.figure for token in ahead)):
            return False
        said = {name for token in part for name in token.values("concept")}
        counted = any(self._words.counts(token) for token in names)
        other = said.isdisjoint(ahead[0].values("concept"))
        return other and (counted or not self._words.counts(ahead[0]))

    def _counts_another(self, part: Sequence[Token], rest: Sequence[Token]) -> bool:
        """Whether a thing has been counted, and another figure is that of what follows it."""
        if not (part and rest[0].figure and part[0].figure and part[-1].values("concept")):
            return False
        only_unit = bool(self._words.counts(part[-1]) & WHO_AND_WHERE) and len(part) <= _COUNTED  # 1912户4212人
        ahead = list(takewhile(lambda token: not token.is_separator, rest[1:]))
        names = any(t.values("concept") and not self._words.counts(t) & WHO_AND_WHERE for t in ahead)
        deed = self._words.is_verb(part[-1]) or part[-1].text[-1] in self._done  # 26.9亿元投了975个电站
        measured = bool(ahead) and bool(self._words.counts(part[-1]) & self._words.counts(ahead[0]))  # …装机130万千瓦
        return names and not (only_unit or deed or measured)

    def _ends_question(self, part: Sequence[Token], token: Token, following: Sequence[Token]) -> bool:
        """专班是十八个吧领头的叫啥, 七长都是谁啊还有没有辍学的: whether a word ends a question, and another follows."""
        if token.values("claim") and any(t.figure for t in part):
            return _goes_on(following)
        if token.text not in self._intents.grammar.pausing:
            return False
        rest = list(takewhile(lambda t: not t.is_separator, following))
        goes_on = _asks(rest) or any(t.text in self._intents.grammar.reaches for t in rest)
        pauses = goes_on and any(t.values("concept") for t in rest)
        told = any(t.figure for t in part[-2:]) and any(
            t.values("equals") or t.values("contains") for t in part
        )  # 脱贫的人是九万多嘛那…
        return pauses and (told or any(t.values("quantity") or t.values("ask") for t in part))

    def _turns_to_some(self, part: Sequence[Token], token: Token, following: Sequence[Token]) -> bool:
        """Whether, after it was asked how many they are, it is asked of some of them."""
        if not token.values("within"):
            return False
        near = list(takewhile(lambda t: not t.is_separator, following[:_AMONG]))
        asked = any(self._asks_number(t) and self._intents.grammar.asks(t.text) for t in part)
        return asked and any(map(self._asks_number, near))

    def _asks_number(self, token: Token) -> bool:
        """多少, 户数, and what holds the question: 报多少, 多少度电."""
        if token.values("quantity"):
            return True
        holds = token.text.startswith(self._how_many) or token.text.endswith(self._how_many)
        return holds and bool(token.values("concept") or token.values("guard"))

    def _begins_after_question(self, part: Sequence[Token], following: Sequence[Token], *, asked: bool) -> bool:
        """Whether a question that ends in the word that asks (…是啥) is over, and the next names another thing."""
        if asked and self._defines_another(part, following):
            return True  # 专班有几个四级书记是哪四级
        asks = [n for n, t in enumerate(part) if _ASKS_WHAT & {*t.values("ask")} and self._intents.grammar.asks(t.text)]
        if not asks:
            return False
        said = {name for token in part[: asks[-1]] for name in token.values("concept")}
        if _ASKS & {*following[0].values("ask")}:
            return bool(said)  # 转自哪里在哪个网站
        begins = bool(following[0].values("concept")) and not self._words.is_verb(following[0])
        of_part = {name for token in part for name in token.values("concept")}
        defined = len(following) > 1 and bool(following[1].values("equals"))  # 七长是哪七个, unlike 啥项目
        other = of_part.isdisjoint(following[0].values("concept"))
        other = other and (defined or not self._words.counts(following[0]))
        rest = list(takewhile(lambda token: not token.is_separator, following[1:]))
        return bool(said) and begins and other and any(_ASKS & {*t.values("ask")} or self._asks_number(t) for t in rest)

    def _defines_another(self, part: Sequence[Token], following: Sequence[Token]) -> bool:
        """四级书记是哪四级 behind 专班有几个: whether it is asked what something else is than what was counted."""
        near = list(takewhile(lambda token: not token.is_separator, following[:4]))
        link = next((n for n, token in enumerate(near) if token.values("equals")), None)
        if link is None or not any(_ASKS_WHAT & {*token.values("ask")} for token in following[link : link + 2]):
            return False
        first = next((n for n, token in enumerate(part) if self._asks_number(token)), len(part))
        counted = any(self._words.counts(token) for token in part[:first])
        said = {name for token in part for name in token.values("concept")}
        other = following[0].values("concept") and said.isdisjoint(following[0].values("concept"))
        return bool(counted and other)

    def _asks_whether_besides(self, part: Sequence[Token], following: Sequence[Token]) -> bool:
        """Whether, after a number was asked for, it is asked whether there is something else."""
        grammar = self._intents.grammar
        rest = list(takewhile(lambda token: not token.is_separator, following[1:]))
        asks = any(token.values("quantity") and grammar.asks_number(token.text) for token in part)
        holds = any(token.figure or token.values("compare") or token.values("relation") for token in rest)
        return following[0].text in grammar.reaches and asks and bool(rest) and not holds

    def _takes_back(self, token: Token, following: Sequence[Token]) -> bool:
        """不对我要问的是多少人, 我不是问龙头企业: whether what follows corrects the question before it."""
        if token.values("correction"):
            return any(t.values("quantity") or t.values("concept") for t in following)
        return token.text in self._intents.grammar.takes_back

    def _same_question(self, part: list[Token], following: Sequence[Token]) -> bool:
        # 数量是多少, 总数有几个: the second word repeats the first, nothing countable between them.
        grammar = self._intents.grammar
        if not following[0].values("quantity"):
            # 报多少, 还差多少 hold a question of their own; 62万人次里，有多少次 asks only one.
            return not any(grammar.asks(earlier.text) for earlier in part if self._asks_number(earlier))
        asks = any(earlier.values("quantity") and grammar.asks_number(earlier.text) for earlier in part)
        if not asks and any(earlier.text[0] in grammar.share_verbs for earlier in part):
            return True  # 就业人数占劳动力总数的百分比, unlike 就业多少人占多少
        claims = any(token.values("claim") for token in following)  # …，户数人数都对吗
        units = set[str]() if claims else {*following[0].values("quantity")} - {"any"}
        if asks and not (units or claims):
            behind = following[2:3] if following[1:2] and following[1].values("classifier") else following[1:2]
            units = {c for t in behind if not self._words.is_verb(t) for c in self._words.counts(t)}  # 多少钱有几座电站
        for earlier in reversed(part):
            if earlier.values("quantity"):
                other = {*earlier.values("quantity")} - {"any"}
                if units and part[-1].values("classifier") and part[-1].text not in [t.text for t in following[1:2]]:
                    return False  # 几个多少钱, 多少家多少户
                return not (units and other and units.isdisjoint(other))  # 户数人数各多少
            if earlier.values("concept") and not self._words.computes(earlier):
                return False
            # 花了多少钱一个合多少, 国家级几家省级几家
            if asks and (earlier.values("guard") or (earlier.values("concept") and not self._adds_up(earlier))):
                return False
        return False

    def _says_again(self, before: Sequence[Token], behind: Sequence[Token]) -> bool:
        """脱贫 in 村脱贫了几个，人脱贫了: whether what is done behind is what was said to be done before."""
        does = {name for token in behind[:1] if self._words.is_verb(token) for name in token.values("concept")}
        return any(not does.isdisjoint(token.values("concept")) for token in before)

    def _adds_up(self, token: Token) -> bool:
        """一共, unlike 平均."""
        return all(self._intents.concepts[name].computes == "sum" for name in token.values("concept"))

    def _end_of_question(self, part: list[Token]) -> int:
        """Where the first question of a part ends: after the word that 多少 counts, or before what it can't count."""
        first = next(n for n, token in enumerate(part) if self._asks_number(token))
        counts_behind = first + 1 < len(part) and bool(part[first + 1].values("classifier"))
        if not part[first].values("quantity") and not counts_behind:
            return first + 1  # 住院报多少, unlike 巩固提升了多少个村
        asks = self._intents.grammar.asks_number(part[first].text)
        if first and self._words.counts(part[first - 1]) and not self._words.is_verb(part[first - 1]):
            classified = first + 1 < len(part) and part[first + 1].values("classifier")
            return first + (2 if classified else 1)  # 县几个村几个
        fits: frozenset[str] | None = None
        own = {*part[first].values("quantity")} - {"any"}
        for number in range(first + 1, len(part)):
            token = part[number]
            counted_so = self._words.classified(token)
            fits = counted_so if counted_so and "any" not in counted_so else fits
            if (counts := self._words.counts(token)) and not self._words.is_verb(token):
                if part[first + 1].values("classifier") and counts <= UNCOUNTABLE:
                    return number  # 电站多少个装机多少
                if own and asks and counts.isdisjoint(own):
                    return first + 1  # 搬了多少人入住率多少
                if self._says_again(part[:first], part[number + 1 :]):
                    return number  # 村脱贫了几个人脱贫了多少
                return number if fits and counts.isdisjoint(fits) else number + 1  # 几座 装机又是多大
            # 几家省级几家, unlike 人数比去年涨了百分之几
            if token.values("concept") or (token.values("guard") and asks):
                return number
        return len(part)


def _asks_whether_done(following: Sequence[Token], grammar: Grammar) -> bool:
    """没有 at the end of 改完没有."""
    ends = len(following) == 1 or (len(following) > 1 and following[1].is_separator)
    return ends and following[0].text in grammar.whether_endings


def _says_of_whom(part: Sequence[Token]) -> bool:
    """搬迁的人里头，就业的有多少: whether a part only says out of which whole the next asks."""
    named = any(token.values("concept") or token.figure for token in part)
    return bool(part) and bool(part[-1].values("within")) and named


def _tells_story(token: Token) -> bool:
    """俺们村, 我孙子, and what isn't known."""
    return token.is_unknown or bool(token.values("guard") or token.values("speaker"))


def _goes_on(following: Sequence[Token]) -> bool:
    """Whether what follows without a pause names something, and asks of it."""
    said = list(takewhile(lambda token: not token.is_separator, following))
    return any(t.values("concept") for t in said) and any(t.values("quantity") or t.values("ask") for t in said)


def _joins(part: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether a word between the two parts joins what both name or ask; 跟2016年比 compares."""
    named = list(takewhile(lambda token: not token.values("versus"), following[:_COMPARED]))
    compares = len(named) < len(following[:_COMPARED]) and not any(token.values("concept") for token in named)
    if _is_untold(part) or _is_untold(following):  # 发电量和装机分别多少, 示范点数量和游客人数
        return _names_something([*part, *following])
    return _names_something(part) and not compares and (_names_something(following) or _asks(following))


def _is_untold(tokens: Sequence[Token]) -> bool:
    """发电量, 旅游收入多少: whether a part begins with a measure that the report doesn't tell."""
    begin = next((n for n, token in enumerate(tokens) if token.values("guard")), None)
    if begin is None or "measure" not in tokens[begin].values("guard"):
        return False
    return (
        begin == 0
        and not tokens[0].values("ask")
        and all(token.values("quantity") or token.values("distributor") for token in tokens[1:])
    )


def _denies(first: Token, correction: Token) -> bool:
    """不是按村啊 before 我问的是."""
    return bool(first.values("not") and correction.values("correction"))


def _affirms(token: Token) -> bool:
    """我问的是, 我要问: what says what is meant after all."""
    return bool(token.values("correction") or token.values("lead_in"))


def _asks(tokens: Sequence[Token]) -> bool:
    return any(t.values("quantity") or t.values("ask") or t.values("claim") for t in tokens)


def _names_something(tokens: Sequence[Token]) -> bool:
    return any(t.values("concept") or t.figure or t.values("quantity") for t in tokens)
