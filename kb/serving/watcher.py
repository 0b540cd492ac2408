"""A thread in every worker: notices a publish, makes the node's file if it is its turn, swaps the handbook."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress

from django.db import Error as DatabaseError
from django.db import connection
from pydantic import ValidationError

from kb.handbook import Handbook, current, publish
from kb.handbook.current import leave_to_watcher, refresh
from kb.handbook.publish import CHANNEL, Published
from kb.observe.metrics import count_fault, tell_snapshot
from kb.serving.memory import give_back
from kb.serving.node import Lock, make, wanted

EVERY = 1.0  # seconds between two looks
PAUSE = 5.0  # seconds after a failure, before the same is tried again
EXPECTED = (DatabaseError, OSError, ValidationError)
log = logging.getLogger("kb.serving")


class Watcher:
    """`start` begins the thread, in each worker after the fork; readers then never look at the file themselves."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._refused = (0, "")  # a publication that this version of the code cannot read
        self._rest_until = float("-inf")
        self._trouble = ""
        self._listening = False
        self._served: Handbook | None = None

    def start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._lock.free()  # after a fork it is the parent's, which keeps it
            self._thread = threading.Thread(target=self._run, name="publications", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Let the thread end, and wait for it."""
        self._ended.set()
        if self._thread:
            self._thread.join()
        self._lock.free()

    def look(self) -> None:
        """One look: at the database, when it is this worker that does so for its node, and at the file."""
        if self._lock.take() and time.monotonic() >= self._rest_until:
            try:
                self._say(self._keep(current()))
            except Exception as error:  # whatever it is: readers keep what they have, and it is tried again
                self._rest_until = time.monotonic() + PAUSE
                self._say(f"{type(error).__name__}: what is served stays as it is", not isinstance(error, EXPECTED))
        now = refresh()
        now.engine  # noqa: B018, compiled here and not by the first who looks something up
        if now is not self._served:
            give_back()
        self._served = now
        _tell_metrics(now)

    def _keep(self, handbook: Handbook) -> str:
        """What is in the way of it. The day passes without the database, too."""
        served, trouble = handbook.snapshot.made, ""
        serving = (served.publication, served.version)
        try:
            newest = publish.newest() or serving
        except DatabaseError:
            count_fault("database")
            self._disconnect()
            newest, trouble = serving, "the database does not answer: what is served stays as it is"
        if newest not in (serving, self._refused):
            self._take(newest, handbook)
        elif served != wanted(*serving):
            make(Published(served.publication, handbook.version, handbook.snapshot.document), handbook)
        return trouble

    def _take(self, newest: tuple[int, str], handbook: Handbook) -> None:
        published = publish.fetch(newest[0])
        try:
            if published:
                make(published, handbook)
        except ValidationError:
            self._refused = newest
            raise

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self.look()
                leave_to_watcher(True)
            except Exception as error:  # there is nothing to serve yet, and nothing to make it from
                self._say(f"{type(error).__name__}: nothing can be served yet")
            self._wait()
        leave_to_watcher(False)
        self._disconnect()

    def _wait(self) -> None:
        """Until the next look, or until PostgreSQL tells of a publish."""
        if connection.vendor != "postgresql" or not self._lock.take():
            self._disconnect()
            self._ended.wait(EVERY)
            return
        try:
            self._listen()
        except (DatabaseError, OSError):
            self._disconnect()
            self._ended.wait(EVERY)

    def _listen(self) -> None:
        if not self._listening or connection.connection is None:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            self._listening = True
        with connection.wrap_database_errors:  # the driver's own errors, as Django's
            for _ in connection.connection.notifies(timeout=EVERY, stop_after=1):
                pass

    def _disconnect(self) -> None:
        self._listening = False
        connection.close()

    def _say(self, trouble: str, traced: bool = False) -> None:
        """Once for each change, not once a second."""
        if trouble != self._trouble:
            log.warning(trouble or "all is well again", exc_info=traced)
            self._trouble = trouble


def _tell_metrics(handbook: Handbook) -> None:
    with suppress(OSError):
        made = publish.path().stat().st_mtime
        tell_snapshot(handbook.version, handbook.snapshot.made.publication, made)


watcher = Watcher()
