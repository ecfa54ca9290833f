"""What the words of a comparison say: how many times, at least as many as, more than, which of the two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from bot.knowledge.grammar import Grammar
from bot.language.figures import Figure
from bot.language.lexicon import Token
from bot.language.normalise import QUESTION, STOP
from bot.understanding.clause import Ask, Clause

#: the kinds of word that hold one thing against another: 比, 多, 超过
_COMPARING = frozenset({"versus", "compare", "relation"})
#: the relations of what is more, and of what is less
_MORE, _LESS = ("above", "at_least"), ("below", "at_most")


def compares(token: Token, grammar: Grammar) -> bool:
    """Whether a word may hold one thing against another."""
    return not _COMPARING.isdisjoint(token.meanings) or token.text in grammar.as_much


def without_times(tokens: Sequence[Token], grammar: Grammar) -> tuple[Sequence[Token], Figure | None]:
    """光伏是旅游的六倍, 旅游不到光伏的五分之一: the tokens but for 六倍, and the six (or 0.2)."""
    shares = any(token.text[0] in grammar.share_verbs for token in tokens)  # 占有劳动能力的八成
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else token
        thing = [before] if before.values("concept") else []  # 龙头企业带的一半
        idle = bool(before.values("filler")) and len(before.text) > 1  # 入住率我写的百分之百
        of_thing = before.text[-1] in grammar.possessives and not (thing and shares) and not idle
        of_thing = of_thing and not all(t.values("filler") for t in tokens[:index])  # 那文中的10%
        if token.figure and token.figure.is_percent and of_thing:
            times = token.figure._replace(value=token.figure.value / 100, grain=token.figure.grain / 100)
            return [*tokens[: index - 1], *thing, *tokens[index + 1 :]], times
        following = "".join(t.text for t in tokens[index + 1 : index + 4])
        if token.figure and following.startswith("倍"):
            open_ = token.figure.open or following[1:].removeprefix("还")[:1]  # 七倍多, 五倍还多
            return [*tokens[:index], *tokens[index + 2 :]], token.figure._replace(open=open_)
        if token.figure and following[1:].startswith("倍"):
            return [*tokens[:index], *tokens[index + 3 :]], token.figure._replace(open=following[0])  # 二十多倍
    return tokens, None


def asks_which(token: Token) -> bool:
    """哪个, 谁, 哪种: asks which of the two."""
    return bool({"which", "who"} & {*token.values("ask")}) or (
        token.text.startswith("哪") and bool(token.values("ask"))
    )


def begins_by_choosing(part: Clause) -> bool:
    """哪个挣的钱, unlike 产业园区哪个: says what is compared, and is no side."""
    first = next((token for token in part.tokens if token.values("concept") or asks_which(token)), None)
    return first is not None and asks_which(first)


def measure(tokens: Sequence[Token]) -> Ask:
    """户数 says what is compared."""
    counts = frozenset(value for token in tokens for value in token.values("quantity")) - {"any"}
    return Ask("quantity", counts, explicit=True) if counts else Ask()


def reaching(tokens: Sequence[Token], grammar: Grammar) -> Sequence[Token]:
    """有没有旅游的一半: asks whether it is at least so many times the other."""
    reaches, meanings = grammar.reaches, {"relation": ("at_least",)}
    return [t.meaning(meanings) if t.text in reaches else t for t in tokens]


def relating(tokens: Sequence[Token], grammar: Grammar, *, told: bool) -> Sequence[Token]:
    """光伏带的户超过旅游, 有没有旅游多, 有旅游那么多: without a figure, such words compare two things.

    `told`: whether the one may be what was told last (有旅游多吗).
    """
    asks = any(t.values("quantity") and grammar.asks_number(t.text) for t in tokens)
    links = [n for n, t in enumerate(tokens) if (n or told) and _reaches(t, grammar)]
    if len(links) == 1 and not asks and not any(t.figure or t.values("ask") for t in tokens):
        (at,) = links
        # 有光伏那么多, 有光伏多吗, but not 有贫困户多
        ends = tokens[-1].text in grammar.whether_endings or tokens[-1].text == QUESTION
        whether = ends and (told or any(t.values("concept") for t in tokens[:at]))
        only = grammar.as_much if tokens[at].values("contains") and not whether else None
        behind = [n for n, t in enumerate(tokens) if n > at and _degree(t, grammar) and (not only or t.text in only)]
        if behind and any(t.values("concept") for t in tokens[at : behind[0]]):
            kind = _degree(tokens[behind[0]], grammar)
            if tokens[at].values("none") or tokens[at].values("undone") or tokens[at].text in grammar.falls_behind:
                kind = "less" if kind == "more" else "more"
            turned = {at: {"versus": ("versus",)}, behind[0]: {"compare": (kind,)}}
            return [t.meaning(turned.get(n, t.meanings)) for n, t in enumerate(tokens)]  # 没有旅游多
    most = "most" in {kind for t in tokens for kind in t.values("compare")}  # 户数最多
    relations = [t for t in tokens if {*_MORE, *_LESS} & {*t.values("relation")} and not most]
    parted = any(t.text in (STOP, QUESTION) for t in tokens[:-1])
    asked = parted or any(t.values("ask") or grammar.asks(t.text) for t in tokens)
    states = any(t.values("claim") for t in tokens) or not asked
    if not states or len(relations) != 1:
        return tokens
    if asks or any(t.figure or (t.values("compare") and t is not relations[0]) for t in tokens):
        return tokens
    if any(t.values("connective") for t in tokens[tokens.index(relations[0]) :]):
        return tokens  # …超过了旅游和光伏
    kind = "more" if {*_MORE} & {*relations[0].values("relation")} else "less"
    meanings = {"versus": ("versus",), "compare": (kind,)}
    return [t.meaning(meanings) if t is relations[0] else t for t in tokens]


def _reaches(token: Token, grammar: Grammar) -> bool:
    """没有, 有没有, 有: what says whether one thing comes up to another."""
    lacks = token.values("none") or token.values("undone") or token.text in grammar.falls_behind  # 没旅游多
    return bool(lacks or token.values("contains")) or token.text in grammar.reaches


def _degree(token: Token, grammar: Grammar) -> str:
    """In what one comes up to the other: "more" for 多 and 那么多 or 那么大, "less" for 少, "" for other words."""
    if token.text in grammar.as_much:
        return "more"
    return next((kind for kind in token.values("compare") if kind in ("more", "less")), "")


def claimed_difference(tokens: Sequence[Token], even: Collection[str]) -> str:
    """产业园区比安置项目还多几个，对吗: "more" or "less" where 多几个 claims that it is so; "" where it asks.

    `even` are the words for 还.
    """
    claims = any(token.values("claim") for token in tokens)
    said = [after.text for before, after in pairwise(tokens) if before.text in even and after.values("compare")]
    way = {"多": "more", "少": "less"}
    return way.get(said[0][0], "") if claims and said else ""


def tells_difference(tokens: Sequence[Token]) -> bool:
    """贫困村比非贫困村多124个: whether by how much one is more than the other is said, and not asked."""
    held = any(token.values("versus") and not token.values("compare") for token in tokens)
    told = any(token.values("compare") and following.figure for token, following in pairwise(tokens))
    return held and told and not any(token.values("quantity") for token in tokens)
