"""/healthz, whether the process lives, and /readyz, whether it can answer; neither waits."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from kb.errors import EmptyKnowledgeBaseError
from web.documented import errors
from web.service import AnyService

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: Literal["ok"] = "ok"


@router.get("/healthz")
async def get_health() -> Health:
    """Tell that the process answers, whatever the knowledge base is like."""
    return Health()


@router.get("/readyz", responses=errors(503))
async def get_readiness(service: AnyService) -> Health:
    """Tell that the knowledge base opens and holds a passage."""
    with service.read() as snapshot:
        if not snapshot.state().passages:
            raise EmptyKnowledgeBaseError(
                "The knowledge base holds no article yet.", remedy="Add one with `kb add FILE`."
            )
    return Health()
