"""Run by the Python of a client: a program once for each environment on standard input, what each printed as JSON.

`whole` keeps the traceback of an uncaught error, else its last lines are kept: what a log shows.
"""

import contextlib
import io
import json
import os
import runpy
import sys
import traceback
from types import TracebackType


def main() -> None:
    order = json.load(sys.stdin)
    told = [printed(order["program"], order["whole"], environment) for environment in order["environments"]]
    sys.stdout.write(json.dumps(told))


def printed(program: str, whole: bool, environment: dict[str, str]) -> str:
    os.environ.update(environment)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            runpy.run_path(program, run_name="__main__")
        except Exception as error:
            told = traceback.format_exception(type(error), error, of_program(error.__traceback__, program))
            out.writelines(told if whole else traceback.format_exception_only(error))
    return out.getvalue()


def of_program(frames: TracebackType | None, program: str) -> TracebackType | None:
    """Without the frames that run the program."""
    while frames and frames.tb_frame.f_code.co_filename != program:
        frames = frames.tb_next
    return frames


if __name__ == "__main__":
    main()
