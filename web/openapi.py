"""The OpenAPI document as a file: `python -m web.openapi > docs/openapi.json` writes it anew."""

import json
from pathlib import Path

from web.app import create_app
from web.settings import Settings


def document() -> str:
    """Return the document, the same for every knowledge base."""
    app = create_app(Settings(Path("advisor.db")))
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(document(), end="")
