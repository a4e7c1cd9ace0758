"""The page's own files, read once, under addresses that change with what they hold."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from web.packing import packed

router = APIRouter(include_in_schema=False)
_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file; `url` holds a digest of its content, so that browsers may keep it for ever."""

    content: bytes
    media_type: str
    url: str


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    digest = blake2b(content, digest_size=6).hexdigest()
    return Asset(content, _TYPES[path.suffix], f"/static/{path.name}?v={digest}")


ASSETS = {path.name: _asset(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}


@router.get("/static/{name}")
async def get_asset(request: Request, name: str) -> Response:
    if name not in ASSETS:
        raise HTTPException(404)
    asset = ASSETS[name]
    response = Response(
        asset.content,
        media_type=asset.media_type,
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
    return packed(request, response)
