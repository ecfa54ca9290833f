"""How the bot grows: `python -m tests.growth [PARAPHRASES …]` (default: 10000 100000; 1000000 takes minutes).

For each size a report is generated: facts that count households, each with 256 paraphrases (all ways to leave out
eight words that it shares with other facts), and its vocabulary beside the packaged one. Prints the time of a warm
answer, also as a ratio to that of the size before and to one exhaustive rapidfuzz extract over the same paraphrases,
and the memory for each paraphrase beside its text alone.
"""

from __future__ import annotations

import gc
import itertools
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.assistant import default_report_folder, load_assistant
from bot.knowledge.load import load_knowledge

#: words that a paraphrase may leave out, so that a fact has 2 ** WORDS paraphrases
WORDS = 8
#: such words to choose from, and facts in a topic
POOL, TOPIC = 64, 12
QUESTIONS = 200
ROUNDS = 3
#: characters for generated words: fish, birds and horses, which no report on poverty needs
_FIRST, _LAST = 0x9B00, 0x9F00


def letters(number: int) -> str:
    """A name for a number: facts are named in letters."""
    return (letters(number // 26) if number >= 26 else "") + chr(ord("a") + number % 26)


def generate(folder: Path, paraphrases: int) -> list[str]:
    """Write a report with about so many paraphrases; questions that ask for its facts."""
    packaged = default_report_folder()
    chance = random.Random(paraphrases)
    pairs = (f"{chr(a)}{chr(b)}" for a, b in itertools.product(range(_FIRST, _LAST, 3), range(_FIRST, _LAST, 5)))
    pool = [next(pairs) for _ in range(POOL)]
    number = max(1, paraphrases // 2**WORDS)
    topics = [next(pairs) for _ in range(-(-number // TOPIC))]
    things = [next(pairs) for _ in range(number)]
    shutil.copytree(packaged / "intents" / "shared", folder / "intents" / "shared")
    with (folder / "intents" / "shared" / "vocabulary.yaml").open("a", encoding="utf-8") as vocabulary:
        for word in (*pool, *topics, *things):
            vocabulary.write(f"  {word}: {{words: [{word}]}}\n")
    head = (packaged / "facts.yaml").read_text(encoding="utf-8").partition("\ntopics:")[0]
    facts = [head, "\ntopics:\n", *(f"  t_{letters(n)}: {{label: {topic}}}\n" for n, topic in enumerate(topics))]
    sentences = [f"  - s{n}: {topics[n // TOPIC]}{thing}带动{n + 100}户。\n" for n, thing in enumerate(things)]
    facts += ["\nparagraphs:\n", *sentences, "\nfacts:\n"]
    questions: list[str] = []
    for n, thing in enumerate(things):
        topic, topic_id = topics[n // TOPIC], f"t_{letters(n // TOPIC)}"
        id = f"{topic_id}.f_{letters(n)}"
        facts.append(f"  {id}:\n    label: {topic}{thing}\n    figure: {n + 100}户\n    counts: 户\n")
        facts.append(f"    sentence: s{n}\n    reply: '{topic}{thing}带动{{figure}}。'\n")
        words = chance.sample(pool, WORDS)
        intents = folder / "intents" / f"{topic_id}.yaml"
        if not n % TOPIC:
            intents.write_text(f"topic: {topic_id}\noverview:\n  - {topic}怎么样\nintents:\n", encoding="utf-8")
        with intents.open("a", encoding="utf-8") as file:
            file.write(f'  {id}:\n    - "{"".join(f"[{word}]" for word in words)}{topic}{thing}有多少户"\n')
        questions.append(f"{''.join(chance.sample(words, 2))}的{topic}{thing}带动了多少户")
    (folder / "facts.yaml").write_text("".join(facts), encoding="utf-8")
    return chance.sample(questions, min(QUESTIONS, len(questions)))


def resident() -> int:
    """Bytes that this process holds in memory."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def measure(paraphrases: int) -> None:
    """Print what one size costs, as a line of numbers for main()."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        questions = generate(folder, paraphrases)
        first = "from pathlib import Path; from bot.assistant import load_assistant; load_assistant(Path('{}'))"
        subprocess.run([sys.executable, "-c", first.format(folder)], check=True)  # later starts find its cache
        start = time.perf_counter()
        before = resident()
        assistant = load_assistant(folder)
        loaded, held = time.perf_counter() - start, resident() - before
        right = sum(assistant.reply(question).outcome == "answer" for question in questions)
        times: list[float] = []
        for question in questions * ROUNDS:
            start = time.perf_counter()
            assistant.reply(question)
            times.append(time.perf_counter() - start)
        del assistant
        texts = [paraphrase.text for paraphrase in load_knowledge(folder, default_report_folder())[1].paraphrases]
        exhaustive: list[float] = []
        for question in questions[:50]:
            start = time.perf_counter()
            process.extract(question, texts, scorer=fuzz.ratio)
            exhaustive.append(time.perf_counter() - start)
        alone = sum(map(sys.getsizeof, texts)) / len(texts)
        asked, searched = statistics.median(times), statistics.median(exhaustive)
        print(len(texts), asked, searched, held / len(texts), alone, loaded, right / len(questions))


def main(sizes: list[str]) -> None:
    """Measure each size in a process of its own."""
    before = 0.0
    for size in sizes or ["10000", "100000"]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.growth", "--one", size], capture_output=True, text=True, check=True
        )
        number, asked, searched, held, alone, loaded, right = map(float, done.stdout.split())
        grown = f", {asked / before:.1f} times that of the size before" if before else ""
        before = asked
        print(f"{number:.0f} paraphrases, loaded in {loaded:.1f} s, {right:.0%} of the questions answered")
        print(f"  a warm answer: {asked * 1000:.2f} ms{grown}; exhaustive: {searched * 1000:.2f} ms")
        print(f"  {held:.0f} bytes a paraphrase, {alone:.0f} of them its text", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main(sys.argv[1:])
