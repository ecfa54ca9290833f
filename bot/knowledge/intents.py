"""Load intents/: the paraphrases of each fact, and the shared words that messages are understood by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from bot.knowledge.cache import StartCache
from bot.knowledge.grammar import Grammar, grammar_of
from bot.knowledge.model import Report
from bot.knowledge.schemas import INTENTS, SHARED
from bot.knowledge.templates import expand, has_syntax, placeholders
from bot.knowledge.validate import did_you_mean, schema_problems
from bot.knowledge.yaml_source import Key, KnownSource, YamlSource
from bot.language.lexicon import Lexicon, Meaning
from bot.language.normalise import normalise
from bot.problems import KnowledgeError, Problem

#: what a paraphrase leads to: a fact id, or this prefix and a topic id
OVERVIEW = "overview:"
#: … or this one and what the report doesn't say
UNANSWERED = "unanswered:"


class Template(NamedTuple):
    """One line of an intent file: what its sentences lead to, and where it stands."""

    target: str
    file: str
    line: int


class Paraphrase(NamedTuple):
    """One sentence of a template, as written."""

    template: Template
    text: str

    @property
    def target(self) -> str:
        """What it leads to: the id of a fact, or one after OVERVIEW or UNANSWERED."""
        return self.template.target


class Concept(NamedTuple):
    """A word of the report: what asking 多少 of it counts ("" if nothing), its weight (None: worked out).

    `computes`: "sum" or "ratio" where it asks for one, which only a derived fact gives.
    `verb`: 多少 before it doesn't count it.
    """

    name: str
    counts: str
    weight: int | None
    computes: str = ""
    verb: bool = False


class SmallTalk(NamedTuple):
    """A kind of small talk: what to say, and the sentences (normalised) that mean it."""

    name: str
    say: str
    sentences: tuple[str, ...]


class Intents(NamedTuple):
    """Everything intents/ says, checked and expanded."""

    lexicon: Lexicon
    concepts: dict[str, Concept]
    universal: frozenset[str]
    #: per topic, the concepts that fit every fact of the topic
    context: dict[str, frozenset[str]]
    #: per fact, the concepts of which a question must name one before the fact is stated rather than offered
    needs: dict[str, frozenset[str]]
    classifiers: dict[str, frozenset[str]]
    paraphrases: tuple[Paraphrase, ...]
    small_talk: tuple[SmallTalk, ...]
    #: whole messages that only make sense after an answer, by what they want
    follow_ups: dict[str, frozenset[str]]
    wording: dict[str, Any]
    connectives: frozenset[str]
    grammar: Grammar
    #: how many of the report's unit one of these is (瓦: 0.001 of 千瓦)
    unit_scales: dict[str, Decimal]
    #: how long a follow-up still sees what was said before
    context_minutes: float
    #: what an earlier start found out from the very same files
    cache: StartCache


def load_intents(folder: Path, fallback: Path, report: Report | None, cache: StartCache | None = None) -> Intents:
    """Read intents/ of a report folder; shared files it lacks come from `fallback` (the packaged intents/).

    Without a report, ids and topics aren't checked. Raises KnowledgeError with every problem at once.
    """
    loader = _Loader(folder, fallback, report, cache or StartCache(None))
    intents = loader.load()
    if loader.problems:
        raise KnowledgeError(loader.problems)
    return intents


def _without(node: Any, left_out: set[tuple[Key, ...]], path: tuple[Key, ...] = ()) -> Any:
    """The data, with nothing in the lists that stand at these paths."""
    if path in left_out:
        return []
    if isinstance(node, dict):
        return {key: _without(value, left_out, (*path, key)) for key, value in node.items()}
    return node


def _texts(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, (*path, str(key)))
    else:
        yield path, str(node)


#: what of a topic's file is wanted beside its paraphrases
_OF_TOPIC = ("topic", "context", "needs")


class _Words:
    """Collects meanings per word: a word may mean several things."""

    def __init__(self, cache: StartCache) -> None:
        self._cache = cache
        #: whether an earlier start collected them all
        self.is_known = cache.is_valid
        self.meanings: dict[str, dict[Meaning, None]] = {}

    def add(self, word: str, kind: str, value: str) -> None:
        form = normalise(word) if word.isascii() else normalise(word).replace(" ", "")
        if form:
            self.meanings.setdefault(form, {})[Meaning(kind, value)] = None

    def lexicon(self) -> Lexicon:
        """All of them."""
        if self.is_known:
            known = self._cache.get("words", "by meaning")
            by_meanings = [(tuple([Meaning(*m) for m in meanings]), words.split("\n")) for meanings, words in known]
            return Lexicon(by_meanings, self._cache.get("words", "lengths"))
        groups: dict[tuple[Meaning, ...], list[str]] = {}
        for word, meanings in self.meanings.items():
            groups.setdefault(self._meant(tuple(meanings)), []).append(word)
        known = [([[m.kind, m.value] for m in meanings], "\n".join(words)) for meanings, words in groups.items()]
        lexicon = Lexicon(list(groups.items()))
        self._cache.put("words", "by meaning", known)
        self._cache.put("words", "lengths", lexicon.lengths)
        return lexicon

    @staticmethod
    def _meant(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """A word that means something isn't a filler as well; what isn't counted says nothing by itself."""
        means = any(m.kind not in ("filler", "uncounted") for m in meanings)
        return tuple(m for m in meanings if m.kind != "filler") if means else meanings


class _Loader:
    def __init__(self, folder: Path, fallback: Path, report: Report | None, cache: StartCache) -> None:
        self.cache = cache
        self.folder = folder
        self.fallback = fallback
        self.report = report
        self.problems: list[Problem] = []
        #: per file, where its lists of words stand
        self._words_at: dict[str, set[tuple[Key, ...]]] = {}

    def load(self) -> Intents:
        shared = {name: self._source(self._shared_path(name), SHARED[name]) for name in SHARED}
        topics = [self._source(path, INTENTS) for path in sorted(self.folder.glob("*.yaml"))]
        if not topics:
            self.problems.append(Problem("intents", 0, 0, "没有意图文件", "请为每个主题写一个 intents/<主题>.yaml"))
        self._wording_is_complete(shared["wording"])
        if any(problem.file.startswith("intents/shared/") for problem in self.problems):
            raise KnowledgeError(self.problems)
        # A broken topic file is left out, so that what is wrong with the others is told as well.
        broken = {problem.file for problem in self.problems}
        topics = [source for source in topics if source.name not in broken]
        words = _Words(self.cache)
        concepts = self._vocabulary(shared["vocabulary"], words)
        self._questions(shared["questions"], words)
        self._guards(shared["guards"], shared["places"], words)
        universal = frozenset(shared["vocabulary"].data.get("universal", []))
        self._known(shared["vocabulary"], ("universal",), sorted(universal), concepts)
        context: dict[str, frozenset[str]] = {}
        needs: dict[str, frozenset[str]] = {}
        for source in topics:
            topic = source.data.get("topic")
            if topic is None:
                continue
            if self.report and topic not in self.report.topics:
                mend = did_you_mean(topic, list(self.report.topics))
                self.problems.append(source.problem(("topic",), f"没有主题“{topic}”", mend))
            self._known(source, ("context",), source.data.get("context", []), concepts)
            context[topic] = frozenset(source.data.get("context", []))
            for fact, named in source.data.get("needs", {}).items():
                self._is_fact(source, ("needs", fact), fact)
                self._known(source, ("needs", fact), named, concepts)
                needs[fact] = frozenset(named)
        lexicon = words.lexicon()
        paraphrases = tuple(p for source in topics for p in self._paraphrases(source))
        self._keep(shared.values(), topics)
        return Intents(
            lexicon=lexicon,
            concepts=concepts,
            universal=universal,
            context=context,
            needs=needs,
            classifiers={name: frozenset(counts) for name, counts in shared["questions"].data["classifiers"].items()},
            paraphrases=paraphrases,
            small_talk=tuple(self._small_talk(shared["chat"])),
            follow_ups=self._follow_ups(shared["questions"]),
            wording=shared["wording"].data,
            connectives=lexicon.words_of("connective"),
            grammar=grammar_of(shared["grammar"].data),
            unit_scales={
                unit: Decimal(scale) for unit, scale in shared["questions"].data.get("unit_scales", {}).items()
            },
            context_minutes=float(shared["questions"].data.get("context_minutes", 10)),
            cache=self.cache,
        )

    def _follow_ups(self, source: YamlSource) -> dict[str, frozenset[str]]:
        known = self.cache.get("words", "follow ups")
        if known is None:
            known = {
                name: sorted(
                    {
                        normalise(text)
                        for number, template in enumerate(templates)
                        for text in self._expand(source, ("follow_ups", name, number), template, {})
                    }
                )
                for name, templates in source.data.get("follow_ups", {}).items()
            }
            self.cache.put("words", "follow ups", known)
        return {name: frozenset(texts) for name, texts in known.items()}

    def _wording_is_complete(self, own: YamlSource) -> None:
        """A report's own wording must hold every text that the program says."""
        if self._shared_path("wording") == self.fallback / "shared" / "wording.yaml":
            return
        packaged = YamlSource(self.fallback / "shared" / "wording.yaml", "packaged")
        for name, text in _texts(packaged.data):
            node: Any = own.data
            for key in name:
                node = node.get(key) if isinstance(node, dict) else None
            if own.data is not None and not isinstance(node, str):
                mend = f"请补上 {'.'.join(name)}，例如：{' '.join(text.split())[:40]}"
                self.problems.append(own.problem(name, f"缺少文字“{'.'.join(name)}”", mend))
            elif own.data is not None and not placeholders(str(node)) <= placeholders(text):
                known = "、".join(sorted(placeholders(text))) or "无"
                what = f"“{'.'.join(name)}”里有填不上的 {{…}}"
                self.problems.append(own.problem(name, what, f"这里可以用的有：{known}"))

    def _shared_path(self, name: str) -> Path:
        own = self.folder / "shared" / f"{name}.yaml"
        return own if own.exists() else self.fallback / "shared" / f"{name}.yaml"

    def _source(self, path: Path, schema: dict[str, Any]) -> YamlSource:
        shared = path.parent.name == "shared"
        name = f"intents/shared/{path.name}" if shared else f"intents/{path.name}"
        known = self.cache.get("data", name)
        if known is not None:
            return KnownSource(path, name, known)
        source = YamlSource(path, name)
        self.problems.extend(source.problems)
        if not self.cache.is_valid:
            self.problems.extend(schema_problems(source, schema))
        return source

    def _keep(self, shared: Iterable[YamlSource], topics: Iterable[YamlSource]) -> None:
        """Let the next start know these files, but for what it knows otherwise: lists of words, and paraphrases."""
        for source in shared:
            self.cache.put_data(source.name, _without(source.data, self._words_at.get(source.name, set())))
        for source in topics:
            self.cache.put_data(source.name, {key: source.data[key] for key in _OF_TOPIC if key in source.data})

    def _known(
        self, source: YamlSource, path: tuple[Key, ...], names: Sequence[str], concepts: dict[str, Concept]
    ) -> None:
        for number, name in enumerate(names):
            if name not in concepts:
                mend = did_you_mean(name, list(concepts))
                self.problems.append(source.problem((*path, number), f"词表里没有概念“{name}”", mend))

    def _is_fact(self, source: YamlSource, path: tuple[Key, ...], id: str) -> None:
        if self.report and id not in self.report.facts:
            mend = did_you_mean(id, list(self.report.facts))
            self.problems.append(source.problem(path, f"没有事实“{id}”", mend, of_key=True))

    def _expand(
        self, source: YamlSource, path: tuple[Key, ...], template: str, rules: dict[str, str], *, keep: bool = True
    ) -> list[str]:
        """The sentences of a template, to be known at the next start if it is to `keep` them."""
        if not has_syntax(template):
            return [template]
        key = template + "\0".join(f"{name}={body}" for name, body in rules.items())
        known = self.cache.get("sentences", key)
        if known is not None:
            return list(known)
        try:
            sentences = expand(template, rules)
            if keep:
                self.cache.put("sentences", key, sentences)
            return sentences
        except ValueError as error:
            self.problems.append(source.problem(path, str(error), "写法：(甲|乙) 二选一，[丙] 可省略，<规则> 引用规则"))
            return []

    def _add_words(
        self, source: YamlSource, path: tuple[Key, ...], items: Any, words: _Words, kind: str, value: str
    ) -> None:
        if words.is_known:
            return
        self._words_at.setdefault(source.name, set()).add(path)
        for number, item in enumerate(items):
            if isinstance(item, list):
                self._add_words(source, (*path, number), item, words, kind, value)
                continue
            for word in self._expand(source, (*path, number), item, {}, keep=False):
                words.add(word, kind, value)

    def _vocabulary(self, source: YamlSource, words: _Words) -> dict[str, Concept]:
        concepts: dict[str, Concept] = {}
        for name, written in source.data["concepts"].items():
            plain = isinstance(written, list)
            spec: dict[str, Any] = {"words": written} if plain else written
            concepts[name] = Concept(
                name, spec.get("counts", ""), spec.get("weight"), spec.get("computes", ""), spec.get("verb", False)
            )
            path = ("concepts", name) if plain else ("concepts", name, "words")
            self._add_words(source, path, spec["words"], words, "concept", name)
        return concepts

    def _questions(self, source: YamlSource, words: _Words) -> None:
        data = source.data
        for kind, section in (
            ("quantity", "quantity"),
            ("ask", "kinds"),
            ("relation", "relations"),
            ("compare", "compare"),
        ):
            for value, items in data.get(section, {}).items():
                self._add_words(source, (section, value), items, words, kind, value)
        for name in data["classifiers"]:
            words.add(name, "classifier", name)
        for kind in (
            "home",
            "there",
            "then",
            "speaker",
            "many",
            "none",
            "none_not",
            "except",
            "correction",
            "distributor",
            "not",
            "versus",
            "contains",
            "equals",
            "uncounted",
            "others",
            "quote",
            "exemplifies",
            "past",
            "one_of",
            "undone",
            "undone_next",
            "within",
            "lead_in",
            "dismiss",
            "wish",
            "speech",
            "only",
            "locates",
        ):
            self._add_words(source, (kind,), data.get(kind, []), words, kind, kind)
        for kind, section in (("filler", "fillers"), ("connective", "connectives"), ("claim", "claims")):
            self._add_words(source, (section,), data[section], words, kind, kind)

    def _guards(self, guards: YamlSource, places: YamlSource, words: _Words) -> None:
        for name, items in guards.data.items():
            self._add_words(guards, (name,), items, words, "guard", name)
        for name, items in places.data.items():
            self._add_words(places, (name,), items, words, "guard", "place")

    def _paraphrases(self, source: YamlSource) -> Iterator[Paraphrase]:
        """The sentences of a topic's file, known from an earlier start or written out now."""
        written = self.cache.get("paraphrases", source.name) or list(self._written(source))
        self.cache.put("paraphrases", source.name, written)
        for target, line, texts in written:
            template = Template(target, source.name, line)
            yield from (Paraphrase(template, text) for text in texts)

    def _written(self, source: YamlSource) -> Iterator[tuple[str, int, list[str]]]:
        """Per template of a topic's file its target, its line, and its sentences."""
        rules = source.data.get("rules", {})
        topic = source.data.get("topic", "")
        groups: list[tuple[str, tuple[Key, ...], list[str]]] = []
        for missing, templates in source.data.get("unanswered", {}).items():
            groups.append((UNANSWERED + missing, ("unanswered", missing), templates))
        if "overview" in source.data:
            groups.append((OVERVIEW + topic, ("overview",), source.data["overview"]))
        for target, templates in source.data.get("intents", {}).items():
            self._is_fact(source, ("intents", target), target)
            groups.append((target, ("intents", target), templates))
        for target, path, templates in groups:
            for number, template in enumerate(templates):
                texts = self._expand(source, (*path, number), template, rules, keep=False)
                yield target, source.position((*path, number))[0], [text.replace(" ", "") for text in texts]

    def _small_talk(self, source: YamlSource) -> Iterator[SmallTalk]:
        for name, spec in source.data.items():
            sentences = self.cache.get("talk", f"{source.name}:{name}") or list(
                dict.fromkeys(
                    normalise(sentence).replace(" ", "")
                    for number, template in enumerate(spec["words"])
                    for sentence in self._expand(source, (name, "words", number), template, {}, keep=False)
                )
            )
            self.cache.put("talk", f"{source.name}:{name}", sentences)
            yield SmallTalk(name, spec["say"], tuple(sentences))
