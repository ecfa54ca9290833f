"""How much of a question set stands in intents/: `python -m tests.overlap QUESTION_SET …`.

A question copied into the paraphrases would raise a number that nobody trusts. Prints the questions that are
identical to a paraphrase (or to a whole message of small talk or follow-ups) after normalisation, and those within
5 % edit distance of one; exits 1 if they are more than chance explains: who asks plainly asks 新型经营主体有多少个.
Messages shorter than 6 characters (光伏电站, 747) are too short to tell copying from chance and are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bot.assistant import default_report_folder
from bot.knowledge.load import load_knowledge
from bot.language.normalise import normalise
from bot.replay.question_sets import load_question_sets

SHORTEST = 6
NEAR = 0.95
#: share of the questions that may coincide with a paraphrase
MOST = 0.002


def main(files: list[str]) -> int:
    """Print the overlap; 1 when there is more than MOST."""
    folder = default_report_folder()
    report, intents = load_knowledge(folder, folder)
    paraphrases = {_plain(paraphrase.text): paraphrase for paraphrase in intents.paraphrases}
    talk = {_plain(sentence) for kind in intents.small_talk for sentence in kind.sentences}
    follow_ups = {_plain(message) for messages in intents.follow_ups.values() for message in messages}
    whole = talk | follow_ups
    known = [*paraphrases, *whole]
    asked = [_plain(turn.ask) for case in load_question_sets([Path(f) for f in files], report) for turn in case]
    asked = [text for text in dict.fromkeys(asked) if len(text) >= SHORTEST]  # what several ask alike counts once
    identical = [text for text in asked if text in paraphrases or text in whole]
    near = [
        text
        for text in asked
        if text not in identical
        and process.extractOne(text, known, scorer=Levenshtein.normalized_similarity, score_cutoff=NEAR)
    ]
    print(f"questions: {len(asked)}; identical to a paraphrase: {len(identical)}; within 5 %: {len(near)}")
    for text in identical + near:
        print(f"  {text}")
    return 1 if len(identical) + len(near) > MOST * len(asked) else 0


def _plain(text: str) -> str:
    return "".join(char for char in normalise(text) if char not in "，。？ ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
