"""The little words of intents/shared/grammar.yaml, by what they do; the file says more of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple


class Grammar(NamedTuple):
    """A set of words for each key of the file."""

    open_upwards: frozenset[str]
    open_around: frozenset[str]
    asking: frozenset[str]
    asking_number: frozenset[str]
    elliptical_endings: frozenset[str]
    whether_endings: frozenset[str]
    asks_if_there: frozenset[str]
    reaches: frozenset[str]
    has: frozenset[str]
    exceeds: frozenset[str]
    just_under: frozenset[str]
    as_much: frozenset[str]
    believed: frozenset[str]
    in_truth: frozenset[str]
    belongs: frozenset[str]
    this_year: frozenset[str]
    over_years: frozenset[str]
    all_of: frozenset[str]
    all_do: frozenset[str]
    most_of: frozenset[str]
    few_of: frozenset[str]
    still_more: frozenset[str]
    includes: frozenset[str]
    each: frozenset[str]
    takes_share: frozenset[str]
    still_some: frozenset[str]
    all_at: frozenset[str]
    unwanted: frozenset[str]
    about: frozenset[str]
    especially: frozenset[str]
    gives_up: frozenset[str]
    parting: frozenset[str]
    me: frozenset[str]
    home_towns: frozenset[str]
    able: frozenset[str]
    nearby: frozenset[str]
    you: frozenset[str]
    points_back: frozenset[str]
    they: frozenset[str]
    stands_for: frozenset[str]
    by: frozenset[str]
    than_said: frozenset[str]
    unfinished: frozenset[str]
    purposes: frozenset[str]
    wants: frozenset[str]
    begins_pick: frozenset[str]
    ends_pick: frozenset[str]
    one_more: frozenset[str]
    besides: frozenset[str]
    apart_from: frozenset[str]
    more: frozenset[str]
    leaves_out: frozenset[str]
    no_others: frozenset[str]
    even: frozenset[str]
    looks_for: frozenset[str]
    years_old: frozenset[str]
    sole: frozenset[str]
    falls_behind: frozenset[str]
    short_of: frozenset[str]
    each_one: frozenset[str]
    away_from: frozenset[str]
    lacks: frozenset[str]
    how_many: frozenset[str]
    sizes: frozenset[str]
    does_good: frozenset[str]
    points_at_few: frozenset[str]
    and_more: frozenset[str]
    of_money: frozenset[str]
    each_whole: frozenset[str]
    large: frozenset[str]
    spans: frozenset[str]
    told_first: frozenset[str]
    told_before: frozenset[str]
    told_by_you: frozenset[str]
    told_said: frozenset[str]
    told_named: frozenset[str]
    told_back: frozenset[str]
    writes: frozenset[str]
    insists: frozenset[str]
    stands_in: frozenset[str]
    rewrites: frozenset[str]
    says: frozenset[str]
    asks_back_at_start: frozenset[str]
    asks_back: frozenset[str]
    asks_back_at_end: frozenset[str]
    asks_back_on_said: frozenset[str]
    what_at_end: frozenset[str]
    particles: frozenset[str]
    pausing: frozenset[str]
    possessives: frozenset[str]
    share_verbs: frozenset[str]
    alternatives: frozenset[str]
    which_number: frozenset[str]
    denying: frozenset[str]
    takes_back: frozenset[str]
    instead: frozenset[str]
    switches: frozenset[str]
    copulas: frozenset[str]
    done_by: frozenset[str]
    before_count: frozenset[str]
    done: frozenset[str]
    settles: frozenset[str]
    vocatives: frozenset[str]
    plus: frozenset[str]
    alike: frozenset[str]
    as_whom: frozenset[str]
    titles: frozenset[str]
    greets: frozenset[str]
    inquires: frozenset[str]
    behind_inquires: frozenset[str]
    askers: frozenset[str]
    papers: frozenset[str]
    whoever: frozenset[str]
    errands: frozenset[str]
    kinds: frozenset[str]
    date_units: frozenset[str]
    place_endings: frozenset[str]
    never_in_names: frozenset[str]
    around_things: frozenset[str]
    frames: frozenset[str]
    begins_chatter: frozenset[str]

    def left_open(self, word: str) -> str:
        """How this word leaves a number open: "upwards", "around" or "" (not at all)."""
        return "upwards" if word in self.open_upwards else "around" if word in self.open_around else ""

    @property
    def open_endings(self) -> frozenset[str]:
        """All that leaves a number open."""
        return self.open_upwards | self.open_around

    def asks(self, text: str) -> bool:
        """Whether the text holds a question word."""
        return _any_of(self.asking).search(text) is not None

    def addresses(self, text: str) -> bool:
        """Whether the text speaks to whoever answers."""
        return any(word in text for word in self.you)

    def asks_number(self, text: str) -> bool:
        """Whether a word that counts asks (几户, unlike 户数)."""
        return not self.asking_number.isdisjoint(text)


@lru_cache(maxsize=8)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words))))


#: the keys of the file
GRAMMAR_KEYS = Grammar._fields


def grammar_of(data: Mapping[str, Sequence[str]]) -> Grammar:
    """The grammar that a checked file holds."""
    return Grammar(**{key: frozenset(data[key]) for key in GRAMMAR_KEYS})
