"""A matrix as JSON: the very fields of its types, which are documented in the OpenAPI document."""

import json
from dataclasses import asdict
from typing import Any

from advisor.matrix import Matrix


def document_of(matrix: Matrix) -> dict[str, Any]:
    """Return what is sent for `matrix`; every key is always there."""
    return asdict(matrix)


def json_of(matrix: Matrix) -> str:
    """Return the document on one line."""
    return json.dumps(document_of(matrix), ensure_ascii=False, separators=(",", ":"))
