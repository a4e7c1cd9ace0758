"""The source as the design wants it: layers, empty __init__ files, and no topic in code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.content.shipped import shipped_topics

ROOT = Path(__file__).parents[1]
LAYERS = ("kb", "advisor", "web")  # the lowest first; each may import those before it
FILES = [file for layer in LAYERS for file in sorted((ROOT / layer).rglob("*.py"))]
# `advisor serve` starts web, and `advisor ask --json` prints what web sends: two commands may
# reach up, inside their functions, so that importing advisor never imports web.
REACHES_UP = {"advisor/cli.py": {"web.replies", "web.server", "web.settings"}}


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the layer"
            yield node, node.module or ""


def allowed(file: Path) -> tuple[str, ...]:
    return LAYERS[: LAYERS.index(file.relative_to(ROOT).parts[0]) + 1]


@pytest.mark.parametrize("file", FILES, ids=named)
def test_imports_run_from_web_to_advisor_to_kb(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    at_the_top = {id(node) for node in tree.body}
    for node, module in imports(tree):
        if module.partition(".")[0] not in LAYERS or module.startswith(allowed(file)):
            continue
        assert module in REACHES_UP.get(named(file), ()), f"{named(file)} imports {module}"
        assert id(node) not in at_the_top, f"{named(file)} imports {module} too early"


@pytest.mark.parametrize("file", sorted(REACHES_UP))
def test_an_exception_that_is_not_used_any_more_is_removed(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert REACHES_UP[file] <= {module for _, module in imports(tree)}


@pytest.mark.parametrize("file", [f for f in FILES if f.name == "__init__.py"], ids=named)
def test_packages_have_no_code_of_their_own(file):
    assert ast.parse(file.read_text(encoding="utf-8")).body == []


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield every string, docstrings and parts of f-strings included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for name in ("id", "attr", "name", "arg", "asname"):
            value = getattr(node, name, None)
            if isinstance(value, str):
                yield value


@pytest.mark.parametrize("file", FILES, ids=named)
def test_nothing_of_the_shipped_topics_stands_in_code(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    texts = [text.casefold() for text in (*strings(tree), *identifiers(tree))]
    whole = set(strings(tree))
    for topic in shipped_topics():
        for option in topic.options:
            for word in (option.id, *option.words):
                found = [text for text in texts if word.casefold() in text]
                assert not found, f'{named(file)} knows the option "{word}": {found[0][:80]}'
        known = whole & {criterion.id for criterion in topic.criteria}
        assert not known, f"{named(file)} knows the criteria {sorted(known)}"


def test_the_layers_are_all_there():
    assert {file.relative_to(ROOT).parts[0] for file in FILES} == set(LAYERS)
    assert len(FILES) > 50
