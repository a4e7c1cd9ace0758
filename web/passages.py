"""GET /passages/ID: one quotable passage as JSON."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from kb.errors import UnknownArticleError
from web.documented import errors
from web.etags import tagged
from web.replies import passage_out
from web.schemas import PassageOut
from web.service import FreeService

router = APIRouter(tags=["articles"])


@router.get("/passages/{id}", response_model=PassageOut, responses=errors(404, 503))
def get_passage(request: Request, id: str, service: FreeService) -> Response:
    """Return a passage with where it stands."""
    with service.read() as snapshot:
        passage = snapshot.passages_by_id([id]).get(id)
        if passage is None:
            raise UnknownArticleError(
                "There is no passage of that id.", remedy="/ask names the ids of its passages."
            )
        article = snapshot.article(passage.article)
    content = passage_out(passage, article).model_dump_json().encode()
    return tagged(request, content, media_type="application/json")
