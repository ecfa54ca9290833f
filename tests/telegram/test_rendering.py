"""Any reply becomes a message that Telegram takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.frontends.telegram.render import to_html
from bot.reply.model import Block, Choice, Choices, Paragraph, Quote, Reply, Statement
from tests.telegram.judge import Judge

TEXT = st.builds("字{}".format, st.text(st.sampled_from("数字9<>&\"'/b\n😀 "), max_size=60))
SPAN = st.tuples(st.integers(0, 70), st.integers(0, 70))
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXT),
    st.builds(lambda text, span: Statement("a.b", text, *span), TEXT, SPAN),
    st.builds(Quote, TEXT, st.lists(SPAN, max_size=3).map(tuple), TEXT),
    st.builds(Choices, TEXT, st.just((Choice("a.b", "甲"),))),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=5).map(tuple))
def test_the_text_shown_is_the_text_of_the_blocks(blocks: tuple[Block, ...]) -> None:
    shown = Judge().read_text({"text": to_html(Reply("", "answer", blocks)), "parse_mode": "HTML"})
    for block in blocks:
        text = block.lead if isinstance(block, Choices) else block.text
        assert text.strip() in shown.text


@pytest.mark.parametrize("character", ["字", "😀", "&", "<"])
@pytest.mark.parametrize("length", [2000, 4000, 4090, 4096, 4097, 9000])
def test_long_replies_are_cut_between_blocks_or_inside_the_first(character: str, length: int) -> None:
    text = "一" + character * length
    for blocks in (
        (Statement("a.b", text, 0, len(text)),),
        (Quote(text, ((0, 1),), "来源"), Paragraph("末尾")),
        (Paragraph("开头"), Statement("a.b", text, 0, 1), Quote(text, ((0, len(text)),), "来源")),
    ):
        shown = Judge().read_text({"text": to_html(Reply("", "answer", blocks)), "parse_mode": "HTML"}).text
        plain = "\n".join(f"{b.text}\n——{b.source}" if isinstance(b, Quote) else b.text for b in blocks)
        if len(plain.encode("utf-16-le")) // 2 <= 4096:
            assert shown == plain
        else:
            assert "……" in shown
            assert shown.startswith(plain[:2])
