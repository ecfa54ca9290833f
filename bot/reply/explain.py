"""Tell how a reply came about: what was read, what it was matched to, which rule decided."""

from __future__ import annotations

from collections.abc import Iterator

from bot.language.lexicon import Token
from bot.reply.model import Reply
from bot.understanding.clause import Clause
from bot.understanding.decision import Finding

#: what each rule does, as a reader of --explain needs to know it
_RULES = {
    "empty": "消息里没有文字",
    "too_long": "消息太长",
    "pick": "从给出的选项里选了一项",
    "sure": "追问上一个回答，重复一遍",
    "more": "追问更多，给出整个主题",
    "talk": "整条消息是寒暄",
    "bare_figure": "只问一个数字是什么，按数值找事实",
    "claim": "核对说法里的数字",
    "claim_on": "核对关于上一个回答的说法",
    "claim_in_words": "核对不含数字的说法",
    "members": "核对一份名单里有没有所说的东西",
    "quote": "追问原句，重复上一个回答",
    "others": "追问与上一个回答并列的其余几项",
    "told": "问的是消息里所说的那个数，报告没有这一项",
    "needs": "问的范围比相近的事实大",
    "coordinated": "一个疑问词问几样东西，分别回答",
    "comparison": "比较两个数",
    "match": "问题与说法相配",
    "follow_up": "结合上文补全问题",
    "compute_on": "对刚才的数字求和、求平均或占比",
    "parts": "追问算出来的数是由哪些数得来的",
    "none_left": "问还剩多少，报告说都完成了",
    "added": "要的合计报告没有给出",
    "rivals": "几个事实同样相配，请用户选",
    "vague": "问题太笼统，请用户选",
    "guard": "问题里有报告没有涉及的内容",
    "none": "问题带否定，报告没有相应的数字",
    "unknown_head": "“多少”后面问的东西报告里没有",
    "unanswered": "报告里没有、但常被问到的内容",
    "unit": "有相近的事实，但单位或口径不同",
    "kind": "有相近的事实，但答不了这种问法",
    "unmatched": "没有足够相配的事实",
}


def explain(reply: Reply) -> str:
    """The decision behind a reply, as lines of text; a reply that answers no message says so."""
    decision = reply.decision
    if decision is None:
        return "这个回答不是由消息得出的（来自按钮、命令或选项）。"
    lines = [f"规整后：{decision.normalised or '（空）'}"]
    if decision.corrections:
        lines.append("按读音或字形改正：" + "，".join(f"{typed}→{read}" for typed, read in decision.corrections))
    for number, finding in enumerate(decision.findings, 1):
        heading = f"问题 {number}：{finding.clause.text}" if finding.clause else f"整条消息 {number}"
        lines += ["", heading, *(f"  {line}" for line in _finding(finding))]
    lines += ["", f"结果：{reply.outcome}，把握 {reply.confidence:g}"]
    return "\n".join(lines)


def _finding(finding: Finding) -> Iterator[str]:
    if finding.clause:
        yield "词：" + " ".join(_word(token) for token in finding.clause.tokens if not token.is_separator)
        yield f"问：{_ask(finding)}"
        if finding.clause.unknown:
            yield f"没认出来：{'、'.join(finding.clause.unknown)}"
        if finding.clause.guards:
            yield "报告之外的词：" + "、".join(f"{word}（{reason}）" for reason, word in finding.clause.guards)
    if finding.question and finding.question.context:
        yield f"上下文：{'、'.join(sorted(finding.question.context))}"
    for place, candidate in enumerate(finding.candidates[:4], 1):
        paraphrase = candidate.phrase.paraphrase
        where = paraphrase.template
        yield (
            f"{place}. {candidate.target}  分数 {candidate.score:.0f}（连上下文 {candidate.rank:.0f}）"
            f"  问题中懂了 {candidate.explained:.0%}  说法中说到 {candidate.covered:.0%}"
            f"{'' if candidate.accepts else '  答不了这种问法'}  ← “{paraphrase.text}” {where.file}:{where.line}"
        )
    verdict = {True: "，说法成立", False: "，说法不成立", None: ""}[finding.verdict]
    missing = f"，缺的是：{'、'.join(finding.words)}" if finding.words else ""
    what = "、".join(finding.targets or finding.options) or "无"
    yield f"规则 {finding.rule}：{_RULES.get(finding.rule, finding.rule)} → {finding.kind}（{what}）{verdict}{missing}"


def _ask(finding: Finding) -> str:
    clause: Clause | None = finding.clause
    ask = finding.question.ask if finding.question else clause.ask if clause else None
    if ask is None or not ask.kind:
        return "没有疑问词"
    if ask.kind != "quantity":
        return ask.kind
    return f"数量，单位 {'、'.join(sorted(ask.counts)) if ask.counts else '不限'}{'' if ask.explicit else '（推测）'}"


def _word(token: Token) -> str:
    if token.is_unknown:
        return f"{token.text}(?)"
    if token.figure:
        return f"{token.text}(={token.figure.value.normalize():f}{'%' if token.figure.is_percent else ''})"
    names = list(token.values("concept"))
    kinds = sorted(token.meanings.keys() - {"concept", "filler"})
    shown = "/".join(names or kinds)
    return f"{token.text}({shown})" if shown and shown != token.text else token.text
