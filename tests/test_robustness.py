"""Whatever is sent, a reply comes back: within Telegram's limit, without an exception, with true figures only."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.reply.explain import explain
from bot.reply.model import Quote, Reply
from bot.understanding.conversation import Conversation

TELEGRAM_LIMIT = 4096
PIECES = st.sampled_from(
    [
        "光伏",
        "电站",
        "多少",
        "几户",
        "贫困",
        "村",
        "旅游",
        "承德",
        "对吗",
        "和",
        "，",
        "？",
        "747",
        "9万",
        "呢",
        "2",
        "为什么",
        "搬迁",
        "平均",
        "幾多",
        "不是",
        "而是",
        "没有",
        "之前",
        "高于",
        "10%",
        "以上",
        "其中",
        "加起来",
        "还是",
        "多",
        "分别",
        "难道",
        "百分之多少",
        "的",
        "三位一体",
        "康保",
    ]
)


@pytest.mark.parametrize("message", ["的99%", "于10%的贫困村有1", "光伏、旅游、风电各几户？高于10%的呢"])
def test_what_once_raised_is_answered(assistant: Assistant, message: str) -> None:
    check(assistant, assistant.reply(message))


def check(assistant: Assistant, reply: Reply) -> None:
    assert reply.text
    assert len(reply.text.encode("utf-16-le")) // 2 <= TELEGRAM_LIMIT
    assert 0 <= reply.confidence <= 100
    assert set(reply.facts) | set(reply.options) <= set(assistant.report.facts)
    assert bool(reply.facts) == (reply.outcome in ("answer", "overview"))
    assert (reply.topic is not None) == (reply.outcome == "overview")
    sentences = {sentence.text for sentence in assistant.report.sentences.values()}
    for block in reply.blocks:
        if isinstance(block, Quote) and reply.script == "simplified":
            assert block.text in sentences
    assert explain(reply)


@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(message=st.text(max_size=60))
def test_any_unicode(assistant: Assistant, message: str) -> None:
    check(assistant, assistant.reply(message))
    assert set(assistant.nearest(message, 3)) <= set(assistant.report.facts)


@settings(max_examples=500, deadline=None)
@given(messages=st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=5))
def test_any_conversation(assistant: Assistant, messages: list[str]) -> None:
    conversation = Conversation()
    for message in messages:
        check(assistant, assistant.reply(message, conversation))
        assert set(assistant.nearest(message, 3)) <= set(assistant.report.facts)


@pytest.mark.parametrize("message", ["多少" * 50_000, "a" * 100_000, "😀" * 100_000, "9" * 100_000, "\n" * 100_000])
def test_a_very_long_message(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message)
    check(assistant, reply)
    assert reply.outcome == "abstain"


@settings(max_examples=300, deadline=None)
@given(noise=st.text(alphabet="啊呀哦嗯！？ 😀", max_size=6))
def test_noise_around_a_question_changes_nothing(assistant: Assistant, noise: str) -> None:
    assert assistant.reply(f"{noise}光伏电站有多少个{noise}").facts == ("solar.stations",)
