"""What a short question is by its form: 都改完没 asks whether, 龙头企业？ is no more than a name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.grammar import Grammar
from bot.knowledge.intents import Intents
from bot.language.lexicon import Token
from bot.understanding.clause import Clause

#: characters, and words, of a question that is nothing but a name
_NAME_CHARACTERS, _NAME_CONCEPTS = 6, 1


def only_names(clause: Clause, grammar: Grammar) -> bool:
    """龙头企业？, 龙头企业的: a name and a question mark, or of what the measure asked for before is wanted."""
    ends = clause.is_question or (bool(clause.tokens) and clause.tokens[-1].text[-1] in grammar.possessives)
    idle = ("filler", "equals")  # 我要龙头企业的, 是新型经营主体带的
    said = [token for token in clause.tokens[:-1] if not any(map(token.values, idle))]
    last = clause.tokens[-1] if clause.tokens else None
    done = last is not None and bool(last.values("concept")) and last.text[-1] in grammar.possessives
    short = len(clause.text) <= _NAME_CHARACTERS or sum(len(token.text) for token in said) < _NAME_CHARACTERS
    short = short or (done and all(token.values("concept") for token in said))
    names = len(clause.concepts) - (1 if done and len(clause.concepts) > 1 else 0)  # …带的 names no further thing
    # 龙头企业带动的: what is done by or to a thing, and no more
    of_deed = bool(last and last.text in grammar.possessives) and len(clause.concepts) <= _NAME_CONCEPTS + 1
    of_deed = of_deed and all(token.values("concept") for token in said)
    return ends and ((short and names <= _NAME_CONCEPTS) or of_deed)


def asks_whether(clause: Clause, grammar: Grammar) -> bool:
    """都弄完没, 还有辍学的吗: asks for no figure."""
    said = [t for t in clause.tokens if t.text in grammar.whether_endings or t.text not in grammar.particles]
    done = clause.is_question and clause.text.endswith(tuple(grammar.done))  # 都改完了？
    begins = bool(said) and said[0].text in grammar.reaches and not clause.ask.kind  # 还有没有没改完的
    return bool(said) and (done or begins or said[-1].text in grammar.whether_endings)


def ending_of(tokens: Sequence[Token], grammar: Grammar) -> int:
    """Where the last word stands, but for particles that say nothing (没 of 完了没呀 and 完了没呢); -1 if nowhere."""
    endings, words = grammar.elliptical_endings, [token.text for token in tokens]
    idle = grammar.particles - endings
    last = max((n for n, word in enumerate(words) if word not in idle), default=-1)
    asks_before = last > 0 and words[last] in endings and words[last - 1] in grammar.whether_endings
    return last - 1 if asks_before else last


def undone_at(tokens: Sequence[Token], grammar: Grammar) -> list[int]:
    """Where it is said that something isn't so: 没 of 没落实的呢, unlike that of 改完了没啊, which only asks."""
    idle = grammar.particles - grammar.possessives
    ends = max((n for n, token in enumerate(tokens) if token.text not in idle), default=0)
    return [n for n, token in enumerate(tokens[:ends]) if token.values("undone")]


def leaves_out(clause: Clause, grammar: Grammar) -> bool:
    """那没落实的呢: whether it asks of those of whom it isn't so."""
    return bool(undone_at(clause.tokens, grammar))


def describes_thing(tokens: Sequence[Token], intents: Intents) -> bool:
    """发生率高于10%的那批贫困村: whether a message is no sentence, but a name that a figure describes."""
    grammar, concepts = intents.grammar, intents.concepts
    idle = grammar.particles - grammar.possessives
    said = [token for token in tokens if token.text not in idle and not token.is_separator]
    at = max((n for n, token in enumerate(said) if token.figure), default=len(said))
    last = said[-1].values("concept") if said else ()
    counted = any(concepts[name].counts and not concepts[name].verb for name in last)
    describes = any(token.text in grammar.possessives for token in said[at + 1 : -1])
    named = next((n for n, token in enumerate(said) if token.values("concept")), 0)  # 我说的是…, 是…
    states = any(token.values("equals") or token.values("claim") for token in said[named:])
    return counted and describes and not states
