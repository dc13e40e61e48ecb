"""The other side of `sandbox`: takes a task, limits itself, does the work, says in lines of JSON what came of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pkgutil import resolve_name
from typing import Any

from analytics.errors import SurveyError

Say = Callable[[str, Any], None]


def main() -> None:
    """Does the task that standard input holds."""
    task: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    limit(task["seconds"], task["memory_bytes"])
    say = speaker()
    try:
        # The function was imported by who asks for it, under the rules of that room; here it is only found again.
        function: Callable[..., Any] = resolve_name(task["function"])
        more = {"progress": lambda value: say("item", value)} if task.get("with_progress") else {}
        found = function(*task["arguments"], **more)
        if isinstance(found, Iterator):
            for item in found:
                say("item", item)
            found = None
        say("result", found)
    except SurveyError as error:
        say("error", {"name": type(error).__name__, "text": str(error)})


def limit(seconds: int, memory_bytes: int) -> None:
    """Limits this process for good; systems without such limits leave that to the clock of who asks."""
    try:
        import resource
    except ImportError:
        return
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, seconds, seconds + 1), (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_CORE, 0, 0),
    ):  # fmt: skip
        bound = resource.getrlimit(kind)[1]  # a child of a child may have less, never more
        most = hard if bound == resource.RLIM_INFINITY else min(hard, bound)
        resource.setrlimit(kind, (min(soft, most), most))


def speaker() -> Say:
    """Returns what writes a message where standard output was, which from now on is standard error.

    Some native readers print what they think of a file.
    """
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def say(kind: str, value: Any) -> None:
        out.write(json.dumps({kind: value}).encode() + b"\n")
        out.flush()

    return say


if __name__ == "__main__":
    main()
