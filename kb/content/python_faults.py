"""What Python code to copy must not do, read from its syntax tree, so that comments and strings may speak of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

KEY = re.compile(r"(?i)(?:api_?key|auth_?token|access_?token|secret|password|credentials?)$")
VARIABLE = re.compile(r"(?i)(?:KEY|TOKEN|SECRET|PASSWORD)$")
PRINTERS = {"print", "pprint", "write", "debug", "info", "warning", "error", "exception", "critical", "SystemExit"}
SAME = {"str", "repr", "ascii", "strip", "join", "format", "dict", "list", "encode"}  # calls that show what they get
SILENT = (ast.Pass, ast.Continue, ast.Break)
UNCHECKED = {"CERT_NONE", "_create_unverified_context", "_create_default_https_context", "disable_warnings"}


def python_faults(code: str) -> Iterator[str]:
    """Why the code is refused, each reason as often as it holds."""
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        yield f"is not Python: {error.msg} (line {error.lineno})"
        return
    held = _names_of_keys(tree)
    for node in ast.walk(tree):
        if _unchecked(node):
            yield "turns certificate checks off"
        if isinstance(node, ast.ExceptHandler) and _swallows(node):
            yield "swallows an error"
        if isinstance(node, ast.Call) and _name(node.func) == "suppress" and _broad(node.args):
            yield "swallows an error"
        if isinstance(node, ast.Call) and _name(node.func) in PRINTERS and _shows_key(node, held):
            yield "prints a key"


def _unchecked(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in ("verify", "ssl", "verify_ssl", "check_hostname") and _is_false(node.value)
    if isinstance(node, ast.Assign):
        named = {_name(target) for target in node.targets}
        return bool(named & {"verify", "check_hostname"}) and _is_false(node.value)
    return isinstance(node, ast.Name | ast.Attribute) and _name(node) in UNCHECKED


def _swallows(handler: ast.ExceptHandler) -> bool:
    """Nothing is done, or everything is caught by an `except:` that does not raise again."""
    silent = all(isinstance(step, SILENT) or _is_constant(step) for step in handler.body)
    return silent or (handler.type is None and not any(isinstance(node, ast.Raise) for node in ast.walk(handler)))


def _broad(caught: list[ast.expr]) -> bool:
    return any(_name(kind) in ("Exception", "BaseException") for kind in caught)


def _shows_key(call: ast.Call, held: set[str]) -> bool:
    shown = [part for value in (*call.args, *(word.value for word in call.keywords)) for part in _shown(value)]
    return any(_is_key(part, held) for part in shown)


def _shown(value: ast.expr) -> Iterator[ast.expr]:
    """The parts of an expression that stand in what it prints; what only counts or compares is left out."""
    yield value
    match value:
        case ast.JoinedStr():
            parts = [part.value for part in value.values if isinstance(part, ast.FormattedValue)]
        case ast.BinOp():
            parts = [value.left, value.right]
        case ast.IfExp():
            parts = [value.body, value.orelse]
        case ast.BoolOp():
            parts = value.values
        case ast.Starred() | ast.Subscript():
            parts = [value.value]
        case ast.List() | ast.Tuple() | ast.Set():
            parts = value.elts
        case ast.Dict():
            parts = value.values
        case ast.Call(func=ast.Attribute(value=owner)) if _name(value.func) in SAME:
            parts = [owner, *value.args]
        case ast.Call() if _name(value.func) in SAME:
            parts = value.args
        case _:
            parts = []
    for part in parts:
        yield from _shown(part)


def _is_key(value: ast.expr, held: set[str]) -> bool:
    if _reads_key(value) or _name(value) == "environ":
        return True
    name = _name(value) if isinstance(value, ast.Name | ast.Attribute) else ""
    return name in held or bool(KEY.search(name))


def _names_of_keys(tree: ast.AST) -> set[str]:
    """Names that are given the value of a variable such as ANTHROPIC_API_KEY, also stripped or with a default."""
    given = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return {
        target.id
        for node in given
        if any(map(_reads_key, _shown(node.value)))
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _reads_key(value: ast.expr) -> bool:
    """`os.environ["…KEY"]`, `os.environ.get("…KEY")`, `os.getenv("…KEY")`, `getpass()`."""
    if isinstance(value, ast.Subscript):
        return _name(value.value) == "environ" and _is_variable(value.slice)
    if not isinstance(value, ast.Call):
        return False
    if _name(value.func) == "getpass":
        return True
    owner = _name(value.func.value) if isinstance(value.func, ast.Attribute) else ""
    from_environment = _name(value.func) == "getenv" or (owner, _name(value.func)) == ("environ", "get")
    return from_environment and bool(value.args) and _is_variable(value.args[0])


def _is_variable(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and bool(VARIABLE.search(str(value.value)))


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _is_constant(step: ast.stmt) -> bool:
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)


def _name(node: ast.AST) -> str:
    """The last part of a dotted name, empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
