"""Watches the local server for as long as a program needs it, and brings it back where it dies or hangs."""

from __future__ import annotations

import logging
import time
from threading import Event, Thread
from typing import Final, NamedTuple

from graph.errors import LocalServerError
from graph.store.local.process import ServerState
from graph.store.local.readiness import Answer
from graph.store.local.server import LocalServer

__all__ = ["Watch"]

_PAUSE: Final = 0.5
"""Seconds between two looks at the process, which cost a millisecond."""
_BETWEEN_QUESTIONS: Final = 3.0
"""Seconds between two questions, each over a connection of its own: after a lack of memory old ones may go on working
while no new one is taken."""
_PATIENCE: Final = 15.0
"""Seconds without an answer after which one hangs that does nothing else either."""
_PATIENCE_WITH_BUSY: Final = 90.0
"""For one that works. On two cores under a load of 27, a healthy one kept questions waiting for more than 15 seconds
while it answered 32 clients."""
_BUSY: Final = 0.05
"""Share of one core; a server that waits for questions takes a hundredth."""
_LONGEST_PAUSE: Final = 60.0
"""Seconds between two starts that fail."""
_log = logging.getLogger(__name__)


class Watch:
    """A thread that looks after the local server. What is stopped on purpose stays stopped.

    A server counts as hanging only after it has answered once: until then it starts, which may take minutes.
    """

    def __init__(self, server: LocalServer) -> None:
        self._server = server
        self._ended = Event()
        self._thread: Thread | None = None
        self._question: _Question | None = None
        self._seen: _Question | None = None
        self._answered: _LastAnswer | None = None
        self.is_down = False
        """Whether the server is known to be away, or not yet to be back: nobody need ask it."""

    def start(self) -> None:
        """Begin to watch."""
        # It may be in the middle of a start when the program ends, which need not wait for that.
        self._thread = Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Watch no more."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=_PAUSE * 2)

    def _run(self) -> None:
        pause = _PAUSE
        owed: ServerState | None = None
        while not self._ended.wait(pause):
            try:
                lost = owed or self._lost()
                if lost is None:
                    continue
                self.is_down, owed = True, lost
                self._revive(lost)
                self.is_down, owed, pause = False, None, _PAUSE
            except (LocalServerError, OSError) as error:
                pause = min(pause * 2, _LONGEST_PAUSE)
                _log.warning("The local Neo4j cannot be brought back: %s. It is tried again in %.0f s.", error, pause)

    def _lost(self) -> ServerState | None:
        """The server that died or hangs."""
        state, is_alive = self._server.pulse()
        if state is None or not is_alive:
            self._question = None
            self.is_down = True
            return state
        return state if self._hangs(state) else None

    def _hangs(self, state: ServerState) -> bool:
        if self._question is None or self._question.state != state:
            self._question = _Question(self._server, state)
        answer, now = self._question.answer, time.monotonic()
        if answer is not None and answer.version is not None and self._question is not self._seen:
            self._seen = self._question
            self._answered = _LastAnswer(state, self._question.answered_at, self._server.work_of(state))
        if answer is not None and now - self._question.asked_at >= (_PAUSE if self.is_down else _BETWEEN_QUESTIONS):
            self._question = _Question(self._server, state)
        if self._answered is None or self._answered.state != state:
            return False
        waited = now - self._answered.moment
        is_busy = self._server.work_of(state) - self._answered.work > _BUSY * waited
        patience = _PATIENCE_WITH_BUSY if is_busy else _PATIENCE
        self.is_down = waited > patience / 2
        return (answer is not None and answer.has_failed) or waited > patience

    def _revive(self, lost: ServerState) -> None:
        begun = time.monotonic()
        _log.warning("The local Neo4j (process %d) died or does not answer; it is started anew.", lost.pid)
        if self._server.revive(lost):
            _log.warning("The local Neo4j is back after %.0f seconds.", time.monotonic() - begun)
        self._question = self._answered = None


class _LastAnswer(NamedTuple):
    """When a server answered last, and the seconds of processors that it had taken by then."""

    state: ServerState
    moment: float
    work: float


class _Question:
    """One question to a server, in a thread of its own, since a server that hangs never answers."""

    def __init__(self, server: LocalServer, state: ServerState) -> None:
        self.state = state
        self.asked_at = time.monotonic()
        self.answered_at = 0.0
        self.answer: Answer | None = None
        self._server = server
        Thread(target=self._ask, name="question", daemon=True).start()

    def _ask(self) -> None:
        try:
            answer = self._server.answer(self.state)
        except (LocalServerError, OSError):
            answer = Answer()
        self.answered_at = time.monotonic()
        self.answer = answer
