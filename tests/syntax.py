"""The code as tests of its shape read it: a module is parsed once in a process, whoever asks about it."""

from __future__ import annotations

import ast
from functools import cache


@cache
def tree_of(source: str) -> ast.Module:
    """Returns the syntax tree of a module, which nobody may change."""
    return ast.parse(source)


@cache
def nodes_of(source: str) -> tuple[ast.AST, ...]:
    """Returns every node of that tree, as `ast.walk` yields them."""
    return tuple(ast.walk(tree_of(source)))
