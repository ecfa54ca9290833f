"""YAML files that remember where each value stands, so that errors can name the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bot.problems import Problem

if TYPE_CHECKING:
    import yaml

Key = str | int
Position = tuple[int, int]


class YamlSource:
    """The data of one YAML file and the place of each value.

    `data` is None when the file couldn't be read or parsed; `problems` then says why.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.data: Any = None
        self.problems: list[Problem] = []
        self._root: yaml.Node | None = None
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self._add(0, 0, "文件不存在", "请建立这个文件，或用 --report 指向正确的文件夹")
            return
        except UnicodeDecodeError:
            self._add(0, 0, "文件不是 UTF-8 编码", "请另存为 UTF-8")
            return
        except OSError as error:
            self._add(0, 0, f"文件读不了（{error.strerror}）", "请检查文件权限")
            return
        import yaml  # here, as a start that knows what the files hold needs none of it

        reader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            loader = reader(text)
            self._root = loader.get_single_node()
            if self._root is not None:
                self.problems.extend(self._duplicate_keys(self._root))
                self.data = loader.construct_document(self._root)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            self._add(line, column, f"YAML 写法有误（{error.problem}）", "请检查缩进、冒号和引号")
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            detail = " ".join(str(error).split())[:120]
            self._add(0, 0, f"YAML 写法有误（{detail}）", "请检查缩进、冒号和引号")
        else:
            if self.data is None and not self.problems:
                self._add(1, 1, "文件是空的", "请按 README 的样子写上内容")

    def position(self, path: Sequence[Key], *, of_key: bool = False) -> Position:
        """Line and column (from 1) of the value at `path`, or of its key; the nearest parent if absent."""
        import yaml

        node = self._root
        place = _start(node)
        for index, key in enumerate(path):
            last = index == len(path) - 1
            if isinstance(node, yaml.MappingNode):
                for key_node, value_node in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
                    if getattr(key_node, "value", None) == str(key):
                        node = value_node
                        place = _start(key_node if of_key and last else value_node)
                        break
                else:
                    return place
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                place = _start(node)
            else:
                return place
        return place

    def problem(self, path: Sequence[Key], what: str, mend: str, *, of_key: bool = False) -> Problem:
        """A problem at the value (or key) under `path`."""
        line, column = self.position(path, of_key=of_key)
        return Problem(self.name, line, column, what, mend)

    def _add(self, line: int, column: int, what: str, mend: str) -> None:
        self.problems.append(Problem(self.name, line, column, what, mend))

    def _duplicate_keys(self, node: yaml.Node) -> Iterator[Problem]:
        import yaml

        # PyYAML silently keeps the last of two equal keys: a fact written twice would lose one.
        stack = [node]
        visited: set[int] = set()
        while stack:
            current = stack.pop()
            if id(current) in visited:  # aliases may form a cycle
                continue
            visited.add(id(current))
            if isinstance(current, yaml.SequenceNode):
                stack.extend(current.value)
            elif isinstance(current, yaml.MappingNode):
                seen: dict[str, int] = {}
                for key_node, value_node in current.value:
                    key = str(key_node.value)
                    line, column = _start(key_node)
                    if key in seen:
                        yield Problem(
                            self.name, line, column, f"“{key}”写了两次（前一次在第 {seen[key]} 行）", "请删掉一个"
                        )
                    seen[key] = line
                    stack.append(value_node)


class KnownSource(YamlSource):
    """A file whose data is known from an earlier start; it is only parsed where a place in it is asked for."""

    def __init__(self, path: Path, name: str, data: Any) -> None:
        self.name = name
        self.data = data
        self.problems = []
        self._root = None
        self._path = path

    def position(self, path: Sequence[Key], *, of_key: bool = False) -> Position:
        """Line and column (from 1) of the value at `path`, or of its key."""
        return YamlSource(self._path, self.name).position(path, of_key=of_key)


def _start(node: yaml.Node | None) -> Position:
    if node is None:
        return (1, 1)
    return (node.start_mark.line + 1, node.start_mark.column + 1)
