"""Which changes of the code are tried: those of cosmic-ray that a person may make, and two of our own."""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

_WANTED = re.compile(
    r"core/(?:ReplaceComparisonOperator_(?:Eq|NotEq|Lt|LtE|Gt|GtE)_(?:Eq|NotEq|Lt|LtE|Gt|GtE)"
    r"|ReplaceComparisonOperator_(?:Is_IsNot|IsNot_Is)"
    r"|ReplaceBinaryOperator_(?:Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Add|BitAnd_BitOr)"
    r"|ReplaceUnaryOperator_(?:USub_UAdd|Delete_Not)|AddNot|ReplaceTrueWithFalse|ReplaceFalseWithTrue"
    r"|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceBreakWithContinue|ReplaceContinueWithBreak|NumberReplacer"
    r"|ZeroIterationForLoop)"
)
"""Left out: what only a wrong type would notice, and annotations."""
_PAIRS = {"any": "all", "all": "any", "min": "max", "max": "min"}


class SwapFunction:
    """`any` for `all`, `min` for `max`, and back."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Where a call of one of them stands."""
        if node.type == "name" and node.value in _PAIRS:
            after = node.get_next_sibling()
            if after is not None and after.type == "trailer" and after.children[0].value == "(":
                yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The other one."""
        node.value = _PAIRS[node.value]
        return node


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    path: Path
    operator: str
    occurrence: int
    line: int

    def changed(self) -> str | None:
        """The whole text of the module with the change; None where it makes none, or none that Python reads."""
        found: str | None = mutate_code(
            self.path.read_text(encoding="utf-8"), _operators()[self.operator], self.occurrence
        )
        # `if found := …` with a `not` before it is no change that a person may make.
        with suppress(SyntaxError):
            return found and (compile(found, str(self.path), "exec") and found)
        return None

    def difference(self) -> str:
        """The change, as a person reads it."""
        before = self.path.read_text(encoding="utf-8").splitlines()
        lines = difflib.unified_diff(
            before, (self.changed() or "").splitlines(), str(self.path), self.operator, "", "", 0, ""
        )
        return "\n".join(line for line in lines if not line.startswith("---"))


def drawn(root: Path, group: str, wanted: Sequence[str], how_many: int, seed: int) -> list[Mutant]:
    """Changes in the modules of a group, the same ones for the same seed; all of them for 0."""
    modules = [
        path
        for path in sorted((root / group).rglob("*.py") if (root / group).is_dir() else [root / group])
        if "migrations" not in path.parts
        and (not wanted or any(str(path.relative_to(root)).startswith(each) for each in wanted))
    ]
    found = [mutant for path in modules for mutant in _of(path.relative_to(root))]
    return random.Random(seed).sample(found, min(how_many or len(found), len(found)))


def _of(path: Path) -> Iterator[Mutant]:
    text = path.read_text(encoding="utf-8")
    lines, nodes = text.splitlines(), list(ast_nodes(get_ast(text)))
    for name, operator in _operators().items():
        places = [start for node in nodes for start, _end in operator.mutation_positions(node)]
        for n, (line, column) in enumerate(places):
            # How a class is made is no rule of ours, and a lone star is no product.
            if not lines[line - 1].startswith("@") and not lines[line - 1][column:].startswith("*,"):
                yield Mutant(path, name, n, line)


@cache
def _operators() -> dict[str, Any]:
    core = {name: get_operator(name)() for name in operator_names() if _WANTED.fullmatch(name)}
    return {**core, "SwapFunction": SwapFunction()}
