"""What the replay tests share: the packaged report, and a set with every kind of case."""

from __future__ import annotations

from functools import cache

from bot.assistant import default_report_folder
from bot.knowledge.facts import load_report
from bot.knowledge.model import Report


@cache
def the_report() -> Report:
    return load_report(default_report_folder() / "facts.yaml")


EVERY_KIND = """\
- ask: 光伏电站有多少个
  expect: {answer: [solar.stations]}
  tags: [solar, voice]
- ask: 听说有800个贫困村脱贫，对吗
  expect: {answer: [overall.villages_lifted], verdict: refuted}
- ask: 健康扶贫做得怎么样
  expect: {overview: health}
- ask: 带动了多少户
  expect: {clarify: [solar.households, tourism.households]}
- ask: 北京呢
  expect: {abstain: true}
- ask: 你好
  expect: {chat: true}
- ask: 有多少贫困人口
  accept:
    - {clarify: [overall.people_lifted, employment.workforce]}
    - {answer: [overall.people_lifted]}
- dialogue:
    - ask: 光伏电站建了多少个
      expect: {answer: [solar.stations]}
    - ask: 那装机呢
      expect: {answer: [solar.capacity]}
      tags: [voice]
  tags: [followup]
"""
