"""What limits a clause to those that the report doesn't tell of: 没脱贫, 不包括贫困户, 张家口以外, 尘肺的人."""

from __future__ import annotations

from itertools import dropwhile

from bot.knowledge.intents import Intents
from bot.language.lexicon import Token
from bot.understanding.clause import REMAINING, SHARE, WHO, WHO_AND_WHERE, Clause
from bot.understanding.counted_words import CountedWords

#: characters of an unknown word and 的, from which those it says something of are what is counted
_COUNTED_OF = 2
#: ends what the asker's own household is called (我家, 俺家)
_HOME = "家"
#: what is counted of those that a question may be about
_GROUPS = WHO | {"村"}


class Exclusions:
    """Finds among the tokens of a clause what limits it to those that the report doesn't single out."""

    def __init__(self, intents: Intents, words: CountedWords) -> None:
        self._concepts = intents.concepts
        self._grammar = intents.grammar
        self._words = words

    def population(self, tokens: list[Token]) -> str | None:
        """The words that name a group of which the report gives no figure; None if there are none."""
        return self._others(tokens) or self._left_out(tokens) or self._beyond(tokens)

    def _left_out(self, tokens: list[Token]) -> str | None:
        """不包括贫困户 in 带动多少户不包括贫困户: what a question leaves out, and no figure of the report does."""
        for index, token in enumerate(tokens):
            if not token.values("except") or token.text in self._grammar.takes_back:
                continue
            asks = any(before.values("quantity") or before.values("ask") for before in tokens[:index])
            if asks and any(behind.values("concept") for behind in tokens[index + 1 :]):
                return "".join(left_out.text for left_out in tokens[index:])
        return None

    def _beyond(self, tokens: list[Token]) -> str | None:
        """张家口以外 in 张家口以外脱贫了多少人: beyond what the report tells of, of which it tells nothing."""
        at = next((n for n, token in enumerate(tokens) if token.text in self._grammar.besides), 0)
        named = any(token.values("concept") or token.values("home") or token.figure for token in tokens[:at])
        asks = any(token.values("quantity") for token in tokens[at + 1 :])
        return "".join(token.text for token in tokens[: at + 1]) if named and asks else None

    def own_home(self, clause: Clause) -> list[tuple[str, str]]:
        """我家 in 我家分了多少光伏收益, 村里 in 村里脱贫多少人: whose number is asked for, and isn't told.

        Unlike in 像我家这样的有多少户 and 我家能报几成.
        """
        ask, tokens = clause.ask, clause.tokens
        counts = ask.kind == "quantity" and ask.interrogative and SHARE not in (ask.counts or ())
        if clause.marks & {"home", "there"} or not (counts or clause.is_elliptical):
            return []
        of_home = [
            (reason, place.text)
            for speaker, place, following in zip(tokens, tokens[1:], tokens[2:], strict=False)
            for reason in place.values("guard")
            if reason == "place"
            and speaker.text.endswith(tuple(self._grammar.home_towns))
            and following.text not in self._grammar.possessives
        ]
        if of_home or not counts:
            return of_home  # 老家宣化有多少电站, 我老家怀安呢
        said = "".join(token.text for token in dropwhile(lambda token: token.values("filler"), tokens))
        nearby = next((word for word in self._grammar.nearby if said.startswith(word)), "")
        if nearby:
            return [("ours", nearby)]
        if any(token.text in self._grammar.alike for token in tokens):
            return []
        homes = (t.text for t in tokens if t.values("speaker") and t.text.endswith(_HOME))
        return [("ours", home) for home in homes if home[0] in self._grammar.me]

    def is_settled(self, tokens: list[Token], index: int) -> bool:
        """喝不上水 in 喝不上水的穷人解决了多少户: whether what wasn't so is said to have been settled."""
        behind = tokens[index + 1 :]
        names = behind[0].values("concept") if behind else ()
        if not names or any(self._concepts[name].counts in WHO_AND_WHERE for name in names):
            return False  # 没活干的贫困户解决了几个
        settled = (n for n, t in enumerate(behind) if not self._grammar.settles.isdisjoint(t.values("concept")))
        at = next(settled, None)
        done = behind[at : at + 2] if at is not None else []
        return any(token.text[-1] in self._grammar.done for token in done)

    def remaining(self, clause: Clause, following: Clause) -> list[tuple[str, str]]:
        """The guards of a clause but for what the next says to have been settled (喝不上水的贫困户，给解决了多少户)."""
        tokens = [*clause.tokens, *following.tokens]
        settled = {t.text for n, t in enumerate(clause.tokens) if self.is_settled(tokens, n)}
        return [(reason, word) for reason, word in clause.guards if reason != REMAINING or word not in settled]

    def undone(self, tokens: list[Token], index: int) -> str | None:
        """没脱贫, 还没能找到活, 不住院: what hasn't happened, named."""
        if tokens[index].values("undone_next"):
            names = tokens[index + 1].values("concept") if index + 1 < len(tokens) else ()
            tells = any(self._concepts[name].weight not in (0, 1) for name in names)
            return tokens[index].text + tokens[index + 1].text if tells else None
        if not tokens[index].values("undone"):
            return None
        for token in tokens[index + 1 : index + 5]:
            if token.values("concept"):
                return "".join(t.text for t in tokens[index : tokens.index(token) + 1])
            if token.is_unknown and len(token.text) > 1 and token is tokens[-1]:
                return tokens[index].text + token.text  # 还有几个没摘冒
            if not token.values("filler") and not (token.is_unknown and len(token.text) == 1):
                return None  # but 没被算进就业
        return None

    def _others(self, tokens: list[Token]) -> str | None:
        """不是贫困家庭的孩子, 唔系建档立卡嗰啲: those that a group of the report's doesn't hold."""
        for index, token in enumerate(tokens[:-2]):
            group, behind = tokens[index + 1], tokens[index + 2]
            ends = behind.text in self._grammar.possessives or behind.values("exemplifies")
            counts = self._words.counts(group) & _GROUPS
            if token.values("not") and counts and not self._words.is_verb(group) and ends:
                last = tokens[index + 3].text if index + 3 < len(tokens) else ""
                return token.text + group.text + behind.text + last
        return None

    def denies(self, tokens: list[Token]) -> bool:
        """不是巩固提升那个, 我讲人唔系人次: what isn't meant (unlike 不是…吗, which asks)."""
        if len(tokens) < 2 or tokens[-1].values("claim") or tokens[-1].text in self._grammar.asks_back_at_end:
            return False
        if tokens[-1].text in self._grammar.besides and any(token.figure for token in tokens):
            return True
        if tokens[0].values("relation") or (tokens[-1].values("relation") and any(token.figure for token in tokens)):
            return False  # 没到50个 and 九成都没到 say how many
        if tokens[-1].values("not"):
            return True  # 人均不要
        if not tokens[0].values("not"):
            return any(token.values("not") for token in tokens) and self._names_only_units(tokens)
        # 不是贫困户的普通人家 says of whom.
        described = next((n for n, token in enumerate(tokens) if token.text in self._grammar.possessives), len(tokens))
        return not any(token.values("concept") or token.values("guard") for token in tokens[described + 1 :])

    def _names_only_units(self, tokens: list[Token]) -> bool:
        """Whether nothing is named but what may be counted, and nothing asked."""
        if any(t.figure or t.is_unknown or t.values("guard") or t.values("ask") for t in tokens):
            return False
        units = [token for token in tokens if token.values("concept") or token.values("quantity")]
        return bool(units) and all(self._words.counts(t) or t.values("quantity") for t in units)

    def described(self, tokens: list[Token], index: int) -> str | None:
        """残急人, 尘肺的人: an unknown word right before what is counted."""
        text, following = tokens[index].text, list(tokens[index + 1 : index + 5])
        if following and following[0].values("quantity") and len(text) > 1:
            return text  # 黄掉几个项目
        if len(following) > 1 and self._is_part_of_name(following[0]):
            text += following.pop(0).text
        if len(following) > 1 and following[0].text in self._grammar.possessives:
            text += following.pop(0).text
            counted = len(text) > _COUNTED_OF
            while counted and len(following) > 1 and following[0].text in self._grammar.before_count:
                following.pop(0)  # 满意的有多少
            if following[0].values("quantity") and counted:
                return text
        if not following or self._words.is_verb(following[0]):
            return None
        return text + following[0].text if self._words.counts(following[0]) & _GROUPS else None

    def _is_part_of_name(self, token: Token) -> bool:
        """Whether a filler may belong to a word that isn't known (急 in 残急)."""
        if len(token.text) != 1 or token.text in self._grammar.never_in_names:
            return False
        asks = any(token.values(kind) for kind in ("ask", "quantity", "connective"))
        return bool(token.values("filler")) and not asks

    def place(self, tokens: list[Token], index: int) -> str | None:
        """公会镇, 沙岭子镇: an unknown name before what names of places end in."""
        name, unknown = "", False
        for token in reversed(tokens[max(0, index - 4) : index]):
            filler = len(token.text) == 1 and token.text not in self._grammar.never_in_names
            if not token.text.isalpha() or token.text.isascii() or not (token.is_unknown or filler):
                break
            if any(token.values(kind) for kind in ("concept", "quantity", "ask", "connective")):
                break
            name, unknown = token.text + name, unknown or token.is_unknown
        return name + tokens[index].text if unknown and 2 <= len(name) <= 4 else None
