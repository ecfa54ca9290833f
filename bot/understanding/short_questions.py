"""What a short question is by its form: 都改完没 asks whether, 龙头企业？ is no more than a name."""

from __future__ import annotations

from bot.knowledge.grammar import Grammar
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
    return ends and short and names <= _NAME_CONCEPTS


def asks_whether(clause: Clause, grammar: Grammar) -> bool:
    """都弄完没, 还有辍学的吗: asks for no figure."""
    said = [t for t in clause.tokens if t.text in grammar.whether_endings or t.text not in grammar.particles]
    done = clause.is_question and clause.text.endswith(tuple(grammar.done))  # 都改完了？
    begins = bool(said) and said[0].text in grammar.reaches and not clause.ask.kind  # 还有没有没改完的
    return bool(said) and (done or begins or said[-1].text in grammar.whether_endings)


def leaves_out(clause: Clause) -> bool:
    """那没落实的呢: whether it asks of those of whom it isn't so."""
    return any(token.values("undone") for token in clause.tokens[:-1])
