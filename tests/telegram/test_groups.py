"""In a group the bot speaks when spoken to."""

from __future__ import annotations

import pytest

from tests.telegram.fake_api import BOT, FakeTelegram
from tests.telegram.people import Person, bot_mention

QUESTION = "光伏扶贫电站有多少个"


@pytest.fixture
def member(telegram: FakeTelegram) -> Person:
    return Person(telegram, group=-1000000 - telegram.new_id())


@pytest.mark.parametrize("text", [f"{bot_mention()} {QUESTION}", f"😀{QUESTION} {bot_mention().upper()}"])
def test_a_mention_is_answered(member: Person, text: str) -> None:
    assert "975个" in member.ask(text).texts("bold")


def test_a_reply_to_the_bot_is_answered(member: Person) -> None:
    first = member.ask("/help")
    assert "975个" in member.ask(QUESTION, reply_to_message=first.message).text


def test_commands_are_answered_but_not_those_for_another_bot(telegram: FakeTelegram, member: Person) -> None:
    before = len(telegram.calls)
    member.send(text="/help@OtherTestBot")
    member.send(text="/nonsense")
    member.ask(f"/help{bot_mention()}")
    assert len(telegram.calls[before:]) == 1


def test_people_talking_to_each_other_are_let_be(telegram: FakeTelegram, member: Person) -> None:
    before = len(telegram.calls)
    member.send(text=QUESTION)
    member.send(text=f"@someone_else {QUESTION}")
    member.send(text=QUESTION, reply_to_message=member.message(text="您好"))
    member.send(voice={"file_id": "f", "file_unique_id": "u", "duration": 1})
    member.send(new_chat_members=[BOT])
    member.ask("/help")
    assert len(telegram.calls[before:]) == 1


def test_members_of_a_group_have_conversations_of_their_own(telegram: FakeTelegram, member: Person) -> None:
    member.ask(f"{bot_mention()} 带动了多少户增收")
    other = Person(telegram, group=member.group)
    assert not other.ask(f"{bot_mention()} 2").texts("bold")
    assert member.ask(f"{bot_mention()} 2").texts("bold")


def test_a_forum_topic_is_kept(telegram: FakeTelegram, member: Person) -> None:
    question = member.message(text=f"{bot_mention()} 光伏扶贫电站有多少个")
    question |= {"message_thread_id": 7, "is_topic_message": True}
    question["chat"] = question["chat"] | {"is_forum": True}
    telegram.deliver(message=question)
    assert member.reply_to(question["message_id"]).parameters["message_thread_id"] == "7"
