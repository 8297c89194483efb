"""Changes a module in small ways and lists the changes that no test notices.

Run as `python -m tests.mutants MODULE TEST…`: `python -m tests.mutants loaders/text/names.py tests/text/test_names.py`.
Every change is tried in a process of its own, on the module's doctests and the tests given, which may be options of
pytest too.
"""

import ast
import copy
import importlib
import inspect
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SECONDS = 120
"""A change that keeps the tests busy for longer has been noticed."""

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    yield from _of_expressions(node)
    yield from _of_statements(node)


def _of_expressions(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[one]) if type(one) in COMPARISONS:
            yield ast.Compare(node.left, [COMPARISONS[type(one)]()], node.comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from values
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            yield ast.BinOp(left, OPERATORS[type(op)](), right)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.IfExp(_, body, other):
            yield from (body, other)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield ast.Constant(value + 1)


def _of_statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If(_, body, other):
            yield from (ast.If(ast.Constant(value), body, other) for value in (True, False))
        case ast.Continue():
            yield ast.Break()
        case ast.Expr(ast.Call()):
            yield ast.Pass()
        case ast.comprehension(target, source, [_, *_], is_async):
            yield ast.comprehension(target, source, [], is_async)
        case ast.Return(value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield every changed module, with the line of the change and what stands there now."""
    tree = _Plain().visit(ast.parse(source))
    count = sum(1 for _ in ast.walk(tree))
    for number in range(count):
        node = next(one for place, one in enumerate(ast.walk(tree)) if place == number)
        line = getattr(node, "lineno", getattr(getattr(node, "target", node), "lineno", 0))
        for choice in range(sum(1 for _ in changes(node)) if line else 0):
            changed = copy.deepcopy(tree)
            target = next(one for place, one in enumerate(ast.walk(changed)) if place == number)
            replacement = list(changes(target))[choice]
            shown = ast.unparse(replacement).split("\n")[0]
            _Replace(target, replacement).visit(changed)
            yield line, shown, ast.fix_missing_locations(changed)


class _Plain(ast.NodeTransformer):
    """Removes the annotations of variables, which nothing reads."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                self.visit(part)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        return ast.copy_location(ast.Assign([node.target], node.value), node) if node.value else node


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, replacement: ast.AST) -> None:
        self._target, self._replacement = target, replacement

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self._replacement, node) if node is self._target else self.generic_visit(node)


def put(module: ModuleType, tree: ast.Module) -> None:
    """Give the functions of a module the code of a changed one: whoever has imported them sees it."""
    changed = dict(vars(module))
    exec(compile(tree, str(module.__file__), "exec"), changed)  # noqa: S102 - it is our own module
    for name, value in list(vars(module).items()):
        _put(value, changed.get(name), module.__name__)
        if not callable(value) and not name.startswith("__"):
            setattr(module, name, changed.get(name))


def _put(value: Any, changed: Any, module: str) -> None:
    value, changed = inspect.unwrap(value), inspect.unwrap(changed)
    if getattr(value, "__module__", None) != module:
        return
    if inspect.isfunction(value) and inspect.isfunction(changed):
        value.__code__, value.__defaults__ = changed.__code__, changed.__defaults__
    elif inspect.isclass(value) and inspect.isclass(changed):
        for name, part in vars(value).items():
            new = vars(changed).get(name)
            for one, other in ((part, new), (getattr(part, "fget", None), getattr(new, "fget", None))):
                if inspect.isfunction(one) and inspect.isfunction(other):
                    _put(one, other, module)


def is_noticed(module: ModuleType, tree: ast.Module, tests: list[str]) -> bool:
    """Run the tests with a changed module in a process of its own; return whether any fails."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it ends soon
        try:
            put(module, tree)
            quiet = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", f"--basetemp=/tmp/mutant{os.getpid()}"]
            os._exit(min(1, pytest.main([*quiet, *tests])))
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def main(arguments: list[str]) -> int:
    """Print each change that no test notices; return 1 when there is one."""
    path, tests = ROOT / arguments[0], [f"programme/{arguments[0]}", *arguments[1:]]
    # Imports everything here once, rather than in every process.
    pytest.main(["-q", "--co", "-n", "0", "-p", "no:cacheprovider", *tests])
    module = importlib.import_module(".".join(("programme", *path.relative_to(ROOT).with_suffix("").parts)))
    source = path.read_text(encoding="utf-8")
    if is_noticed(module, ast.parse(source), tests):
        sys.exit("the tests fail without any change")
    tried = survived = 0
    for line, shown, tree in mutants(source):
        tried += 1
        if not is_noticed(module, tree, tests):
            survived += 1
            print(f"{arguments[0]}:{line}: {shown}", flush=True)
    print(f"{arguments[0]}: {tried} changes, {survived} not noticed", flush=True)
    return int(survived > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
