"""The page of a preview: the script with each passage's take, on this machine alone.

The page asks for the preview's state, and waits in that request for the next one. The server
answers only requests that name it as this machine does, so that no other site can reach it
through a browser.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from podcast.make import Preview, PreviewState
from podcast.model import Show
from podcast.publish.pages import preview_page, preview_player
from podcast.serve import Server, serve_app

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

HOST = "127.0.0.1"
# How long a request for news waits.
WAIT_SECONDS = 20.0
_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}


def serve_preview(show: Show, preview: Preview, port: int = 0) -> Server:
    """Start to serve a preview to this machine; port 0: a free one. Raises PodcastError."""
    return serve_app(_app(show, preview), HOST, port)


def _app(show: Show, preview: Preview) -> Starlette:
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
    from starlette.routing import Route

    page = preview_page(show)

    async def show_page(_: Request) -> Response:
        return HTMLResponse(page, headers=_HEADERS)

    async def show_state(request: Request) -> Response:
        given = request.query_params.get("after", "-1")
        after = int(given) if given.isdecimal() else -1
        state = await run_in_threadpool(preview.wait_for_news, after, WAIT_SECONDS)
        return JSONResponse(describe_state(state), headers=_HEADERS)

    async def show_player(request: Request) -> Response:
        name, state = request.path_params["name"], preview.wait_for_news(-1, 0)
        recording = preview.find_recording(name)
        if recording is None:
            return Response(status_code=404, headers=_HEADERS)
        player = preview_player(show, f"audio/{name}", state.title, recording)
        return HTMLResponse(player, headers=_HEADERS)

    async def send_audio(request: Request) -> Response:
        path = preview.find_audio(request.path_params["name"])
        if path is None or not path.is_file():
            return Response(status_code=404, headers=_HEADERS)
        kind = "audio/mpeg" if path.suffix == ".mp3" else "audio/wav"
        return FileResponse(path, media_type=kind, headers=_HEADERS)

    routes = [
        Route("/", show_page),
        Route("/state", show_state),
        Route("/player/{name}", show_player),
        Route("/audio/{name}", send_audio),
    ]
    only_here = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    return Starlette(routes=routes, middleware=[only_here])


def describe_state(state: PreviewState) -> dict[str, object]:
    """A preview's state for its page, in JSON."""
    return {**dataclasses.asdict(state), "done": state.done, "total": state.total}
