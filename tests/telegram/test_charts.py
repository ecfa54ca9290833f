"""Pictures: several figures in like units, and /chart."""

from __future__ import annotations

import io

import pytest

from bot.assistant import Assistant
from bot.frontends.charts import Bar, draw
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.people import Person

PNG = b"\x89PNG\r\n\x1a\n"


def picture(telegram: FakeTelegram, since: int) -> bytes:
    call = telegram.wait_for_call("sendPhoto", since)
    (content,) = call.files.values()
    return content


def test_a_comparison_comes_as_a_picture_as_well(telegram: FakeTelegram, person: Person) -> None:
    before = len(telegram.calls)
    assert "10.69万户" in person.ask("光伏和旅游哪个带动的户数多").texts("bold")
    assert picture(telegram, before).startswith(PNG)


def test_figures_in_other_units_are_not_drawn(telegram: FakeTelegram, person: Person) -> None:
    before = len(telegram.calls)
    person.ask("光伏电站多少个、装机多大")
    person.ask("/help")
    assert not any(call.method == "sendPhoto" for call in telegram.calls[before:])


def test_a_topic_can_be_drawn(telegram: FakeTelegram, person: Person) -> None:
    before = len(telegram.calls)
    person.send(text="/chart 饮水安全")
    assert picture(telegram, before).startswith(PNG)


@pytest.mark.parametrize("text", ["/chart", "/chart 天气", "/chart 教育"])
def test_what_cannot_be_drawn_is_said(person: Person, text: str) -> None:
    assert "/chart" in person.ask(text).text


def test_the_longest_bar_is_the_largest_figure(assistant: Assistant) -> None:
    image = pytest.importorskip("PIL.Image")
    bars = [Bar("甲", "30个", 30), Bar("乙", "10个", 10)]
    with image.open(io.BytesIO(draw("图", bars, "来源"))) as chart:
        pixels = chart.convert("RGB")
        blue = [
            sum(pixels.getpixel((x, y))[2] > 150 > pixels.getpixel((x, y))[0] for x in range(0, pixels.width, 4))
            for y in range(0, pixels.height, 4)
        ]
    rows = [number for number in blue if number > 10]
    assert max(rows) == pytest.approx(3 * min(rows), rel=0.1)


def test_the_order_is_that_of_the_figures(assistant: Assistant) -> None:
    ids = ("tourism.households", "solar.households", "industry.enterprise_households")
    assert assistant.in_order(ids) == ("solar.households", "industry.enterprise_households", "tourism.households")
    assert assistant.in_order(("solar.stations", "solar.capacity")) == ()
