"""The dashboard: `streamlit run dashboard.py`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import get_instance

from analytics.collect.heads import limit_heads
from analytics.database import clear_left_folders, database_address, use_own_folder
from analytics.door.gate import READERS, READY, Gate
from analytics.door.headers import fingerprints
from analytics.door.packed import Packed
from analytics.door.ways import PERSON_HEADER, SESSION_HEADER, set_for_nobody, signs_in
from analytics.errors import RequestError
from analytics.limits import MIB
from analytics.pages.ground.drawn_by import EARLY, FILES, PLACE
from analytics.pages.ground.garbage import look_seldom
from analytics.pages.ground.messages import acts, passes, told
from analytics.pages.start import load_early

INDEX = Path(st.__file__).parent / "static" / "index.html"
"""The page that Streamlit serves at every address, whose own scripts the browser is told to run and no others."""
BASE = "/".join(("", *filter(None, str(config.get_option("server.baseUrlPath")).split("/"))))
"""The path below which the dashboard is served; empty where it is served at the root."""
START = Path(__file__).resolve().parent / "analytics" / "pages" / "start.py"


def kept_files() -> Mapping[str, list[int]]:
    """The sizes of the files that each session has on the server."""
    # Streamlit has no public word for them. Should its own change, an upload ends in an error and not without a limit.
    stored = get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return {session: [len(file.data) for file in files.values()] for session, files in stored.copy().items()}


class Later:
    """The application of a module: loaded when somebody first asks for it, in a thread, so that no page waits."""

    def __init__(self, module: str, *given: object) -> None:
        self.module, self.given = module, given
        self.part: ASGIApp | None = None
        self.loading = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self.loading:
            if self.part is None:
                self.part = (await asyncio.to_thread(import_module, self.module)).application(*self.given)
        await self.part(scope, receive, send)


def people() -> Any:
    """Who is signed in; None where nobody signs in."""
    if not signs_in():
        if half := set_for_nobody():
            sys.exit(
                f"{half}: found without SIGN_IN, so nobody would sign in; expected SIGN_IN beside it: docs/running.md"
            )
        return None
    config.set_option("server.trustedUserHeaders", {PERSON_HEADER: "email", SESSION_HEADER: "session"})
    try:
        return import_module("analytics.door.sign_in").SignIn(database_address(), acts=acts, told=told)
    except RequestError as fault:  # a setting is wrong: whoever starts the server reads one sentence
        sys.exit(f"{fault}: docs/running.md")


async def drawn_by(request: Request) -> Response:
    """A file by which figures are drawn: what its address names never changes."""
    file = FILES.get(request.path_params["name"])
    if file is None:
        return Response(status_code=404)
    kept = {"cache-control": "public, immutable, max-age=31536000"}
    return FileResponse(file, media_type="text/javascript", headers=kept)


@asynccontextmanager
async def beginning(_app: Any) -> AsyncIterator[None]:
    """What happens when the server begins to listen."""
    load_early()
    yield


look_seldom()
limit_heads()
clear_left_folders()  # of servers that were killed: readers' files lie there
use_own_folder()
readers, ready = Later("analytics.collect.mounted"), Later("analytics.door.ready", database_address)
app = st.App(
    START,
    lifespan=beginning,
    routes=[
        *(Route(f"{place}{{rest:path}}", readers) for place in READERS),
        Route(READY, ready),
        Route(f"{BASE}/{PLACE}/{{name}}", drawn_by),
    ],
    middleware=[
        Middleware(
            Gate,
            scripts=fingerprints(INDEX.read_text(encoding="utf-8")),
            kept=kept_files,
            largest=config.get_option("server.maxUploadSize") * MIB,
            base=config.get_option("server.baseUrlPath"),
            people=people(),
            passes=passes,
        ),
        Middleware(Packed, places=[f"{BASE}/static/", f"{BASE}/drawing/"], early=EARLY, base=BASE),
    ],
)
