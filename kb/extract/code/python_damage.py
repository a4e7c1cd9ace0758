"""Python damage: what a piece of Python has lost, told from its tree or from why it has none."""

import ast
import re
from collections.abc import Iterator

from kb.extract.code.balance import blanked, is_quote_missing, is_unbalanced
from kb.extract.code.python_reading import fault, indent_of, is_header, tree_of, without_prompts

INDENTATION = "the indentation was lost"
QUOTES = "quotes were turned into typographic ones"
ENTITIES = "signs were written as HTML entities"
GLUED = "several lines were glued into one"
UNDERSCORES = "the underscores around a name were lost"
BRACKETS = "brackets do not match"
QUOTE = "a quote is missing"

_ON_PURPOSE = re.compile(r"SyntaxError|IndentationError|invalid syntax")
_APPLICATION = re.compile(r"app(?:lication)?|api|bp|blueprint|log(?:ger)?")

# In the order they are looked for: the first one says best what a reader has to repair.
_LOST_NAMES = (
    (re.compile(r"from\s+import\b"), "a name is missing after from"),
    (re.compile(r"^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]*$|^[ \t]*import[ \t]*$", re.MULTILINE),
     "a name is missing after import"),
    (re.compile(r"\*\*\w+\*\*[ \t]*(?:\(|==|:|\))"), "underscores were turned into asterisks"),
    (re.compile(r"[=(\[{,:][ \t]*[“”„‘’‚«»]|[“”‘’][ \t]*[:,)\]}]"
                r"|\b(?:return|print|in|import)[ \t]+[“”„‘’‚«»]"), QUOTES),
    (re.compile(r"&(?:lt|gt|quot|amp|#\d{2,4});"), ENTITIES),
    (re.compile(r"[\w)\]\"']@\w[\w.]*\(|\S[ \t]*[^\s\w.@]?[ \t]+@\w[\w.]*\("
                r"|[\w)\]\"'][ \t]*(?<![\w.])(?:from [\w.]+ import\b|def \w+\()"
                r"|\w(?:from [\w.]+ import\b|import \w+$)|[a-z]def \w+\("
                r"|[)\]\"'](?:def|class|import|return|if __name__)\b", re.MULTILINE), GLUED),
)  # fmt: skip
_LOST_WORDS = (
    (re.compile(r"^[ \t]*@\s*\("), "the name of a decorator is missing"),
    (re.compile(r"(?:^[ \t]*|[=(,][ \t]*)\(\w+[ \t]*=[^=]", re.MULTILINE),
     "a name is missing before a bracket"),
    (re.compile(r"[(\[{][ \t]*,|,[ \t]+,"), "a word is missing before a comma"),
    (re.compile(r"\bfor[ \t]+in\b"), "a name is missing after for"),
    (re.compile(r"^[ \t]*(?:(?:if|elif|while|for|with)\b[^:\n]*(?:\b(?:in|and|or|not)|[=<>])"
                r"|(?:if|elif|while|with))[ \t]*:[ \t]*$", re.MULTILINE),
     "a word is missing before a colon"),
    (re.compile(r"^[ \t]*(?:async )?def \w+\([^()]*\)[ \t]*$", re.MULTILINE),
     "a colon is missing"),
    (re.compile(r"(?<![=!<>])=[ \t]*(?:$|[,)\]])", re.MULTILINE),
     "a value is missing after an equals sign"),
)  # fmt: skip
_LOST_ARGUMENT = re.compile(r"\w\([^()\n=]*, +\)")
_GLUED_COMMENT = re.compile(r"#[^\n]*[a-z](?:@[\w.]*\([\"'/]|from\s+(?:[\w.]+\s+)?import\s+\w)")


def python_damage(code: str, *, session: bool = False) -> str:
    """Return what is wrong with Python `code`, "" when nothing is known to be.

    A `session` has prompts, and only what stands behind them is judged. Code that shows a
    syntax error on purpose is let pass.
    """
    if _ON_PURPOSE.search(code):
        return ""
    typed = without_prompts(code) if session else code
    tree = tree_of(typed)
    return _refused(typed) if tree is None else _accepted(tree, typed)


def _refused(code: str) -> str:
    """Return why no reading of `code` is Python.

    Sketches ("do something") and code with what it printed are none either, and are let pass.
    """
    bare = blanked(code)
    for pattern, sentence in _LOST_NAMES:
        if pattern.search(bare):
            return sentence
    if _GLUED_COMMENT.search(code):
        return GLUED
    if _is_flattened(code):
        return INDENTATION
    for pattern, sentence in _LOST_WORDS:
        if pattern.search(bare):
            return sentence
    told = fault(code)
    if "triple-quoted" in told or ("unterminated" in told and is_quote_missing(code)):
        return QUOTE
    return BRACKETS if is_unbalanced(code, ("#",)) else ""


def _is_flattened(code: str) -> bool:
    """Tell whether a line that opens a block is followed by one that is not indented."""
    lines = [line for line in code.split("\n") if line.strip() and line.lstrip()[0] not in "#>"]
    pairs = zip(lines, lines[1:], strict=False)
    return any(is_header(one) and indent_of(two) <= indent_of(one) for one, two in pairs)


def _accepted(tree: ast.Module, code: str) -> str:
    """Return what was lost although the rest still is Python."""
    if _LOST_ARGUMENT.search(blanked(code)):
        return "an argument is missing before a bracket"
    if _GLUED_COMMENT.search(code):
        return GLUED
    return next(_lost(tree), "")


def _lost(tree: ast.Module) -> Iterator[str]:
    nodes = list(ast.walk(tree))
    bound = {name for node in nodes for name in _bound_by(node)}
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield from _lost_of_definition(node)
        if isinstance(node, ast.ClassDef):
            yield from _lost_of_class(node)
        if isinstance(node, ast.BinOp) and _is_glued(node):
            yield GLUED
    if "name" not in bound and any(map(_lost_dunder, tree.body)):
        yield UNDERSCORES


def _bound_by(node: ast.AST) -> tuple[str, ...]:
    """Return the names that a node of a tree gives a meaning to."""
    if isinstance(node, ast.Name):
        return (node.id,) if isinstance(node.ctx, ast.Store) else ()
    if isinstance(node, ast.arg):
        return (node.arg,)
    if isinstance(node, ast.alias):
        return (node.asname or node.name,)
    return (node.name,) if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ()


def _lost_of_definition(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
) -> Iterator[str]:
    if any(isinstance(each, (ast.Constant, ast.Tuple)) for each in node.decorator_list):
        yield "the name of a decorator is missing"


def _lost_of_class(node: ast.ClassDef) -> Iterator[str]:
    methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    for method in methods:
        spoken = method.name in ("str", "repr") and len(method.args.args) == 1
        if not method.decorator_list and (spoken or _sets_its_arguments(method)):
            yield UNDERSCORES


def _sets_its_arguments(method: ast.FunctionDef) -> bool:
    """Tell whether a method only puts its arguments into the object, as one that makes it does."""
    names = {argument.arg for argument in method.args.args[1:]}
    return method.name == "init" and bool(names) and all(map(_sets_one, method.body))


def _sets_one(statement: ast.stmt) -> bool:
    """Tell whether a statement is `self.x = x`."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Name):
        return False
    target = statement.targets[0]
    return isinstance(target, ast.Attribute) and target.attr == statement.value.id


def _is_glued(node: ast.BinOp) -> bool:
    """Tell whether a product of matrices is a statement with the next line's decorator."""
    if not isinstance(node.op, ast.MatMult) or not isinstance(node.right, ast.Call):
        return False
    first = node.right.args[0] if node.right.args else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str)


def _lost_dunder(statement: ast.stmt) -> bool:
    """Tell whether a statement of the outermost level is an idiom without its underscores."""
    if isinstance(statement, ast.If):
        return _is_main(statement.test)
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return False
    call, target = statement.value, statement.targets[0]
    named = any(isinstance(each, ast.Name) and each.id == "name" for each in call.args)
    return named and isinstance(target, ast.Name) and bool(_APPLICATION.fullmatch(target.id))


def _is_main(test: ast.expr) -> bool:
    if not isinstance(test, ast.Compare) or not isinstance(test.comparators[0], ast.Constant):
        return False
    name = test.left.id if isinstance(test.left, ast.Name) else ""
    other = test.comparators[0].value
    return (name, other) in (
        ("name", "main"), ("name", "__main__"), ("__name__", "main"), ("_name_", "_main_"),
    )  # fmt: skip
