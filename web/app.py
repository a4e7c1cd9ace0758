"""create_app(): one knowledge base as a web application; it is opened, never created."""

import gc
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from kb.errors import LearnedFileError
from kb.learned import learned_path
from kb.learned_recorder import Recorder
from kb.sqlite.learned import LearnedFile
from kb.store import open_store
from web import articles, ask, assets, compare, feedback, health, pages, passages
from web.allowance import Allowance
from web.failures import add_failure_handlers
from web.headers import SecurityHeaders
from web.hosts import AllowedHosts
from web.methods import HeadAsGet
from web.requestlog import RequestLog
from web.service import Service
from web.settings import Settings

_LOG = logging.getLogger("advisor.errors")
_DESCRIPTION = (
    "Answers questions from a knowledge base of articles: a verdict, the reasons with exact "
    "quotes, and where the articles disagree. Errors are RFC 9457 problems with a `remedy`."
)
# Objects more than there were before the youngest are looked through, and how many times that is
# done before older ones are, too. What is kept between questions comes and goes, and by default it
# is all looked through every 240 questions: a tenth of a second in which nothing is answered.
COLLECTING = (3_000, 10, 25)


def create_app(settings: Settings) -> FastAPI:
    """Return the application for one knowledge base.

    While its file is missing or damaged every answer is a 503, and the next request after it is
    mended works again.
    """
    app = FastAPI(
        title="Advisor",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,  # these pages load scripts from a CDN
        redoc_url=None,
        lifespan=_bounded_pool,
    )
    app.state.service = Service(
        settings, open_store(settings.db), _recorder(settings), Allowance(settings.feedback)
    )
    for module in (pages, ask, compare, feedback, articles, passages, health, assets):
        app.include_router(module.router)
    add_failure_handlers(app)
    _add_middleware(app, settings)
    return app


def _recorder(settings: Settings) -> Recorder | None:
    if not settings.learns:
        return None
    file = LearnedFile(learned_path(settings.db))
    return Recorder(file, settings.learned, complain=_complain)


def _complain(error: LearnedFileError) -> None:
    """Tell the log, once, that what is learned is lost."""
    _LOG.error(json.dumps({"error": "learned-file", "detail": error.message[:1000]}))


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Wrap `app`, the innermost first."""
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
        )
    app.add_middleware(AllowedHosts, hosts=settings.allowed_hosts)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    app.add_middleware(HeadAsGet)


@asynccontextmanager
async def _bounded_pool(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    current_default_thread_limiter().total_tokens = service.settings.threads
    await run_sync(service.warm_up)
    gc.freeze()  # what was loaded stays: no collection needs to look through it again
    gc.set_threshold(*COLLECTING)
    yield
    if service.recorder is not None:
        await run_sync(service.recorder.close)
