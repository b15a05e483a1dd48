"""The content in memory, and its exchange for a newer one when the files change and pass their checks."""

from dataclasses import dataclass
from pathlib import Path

import structlog

from bot import content, texts
from bot.checking import check_dialogues, check_languages
from bot.content import ContentError
from bot.conversation import reading
from bot.hearing import Understands
from bot.turn import Content

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Seen:
    newest: int
    files: int


class LiveContent:
    """Flows and texts as they were when they last passed; the last good ones stay when new ones do not."""

    def __init__(self, dialogues: Path, understander: Understands) -> None:
        """Raises `ContentError` when the files cannot be used at the start.

        A language whose own file has a mistake does without what is wrong; the log says so.
        """
        self._dialogues = dialogues
        self._understander = understander
        self._seen = self._look()
        self._content = self._read()
        if problems := check_languages(self._content.texts):
            log.warning("languages incomplete", problems=[str(problem) for problem in problems[:20]])

    def now(self) -> Content:
        """The content to use."""
        return self._content

    def refresh(self) -> None:
        """Take up changed files; say what is wrong with them, and keep the old ones, when they have a mistake."""
        seen = self._look()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            found = self._read()
            if problems := check_languages(found.texts):
                raise ContentError(*problems)  # noqa: TRY301  (said as every other mistake is)
        except ContentError as error:
            log.warning("content not taken up", problems=[str(problem) for problem in error.problems[:20]])
        else:
            self._content = found
            log.info("content taken up")

    def _read(self) -> Content:
        written = texts.load(self._dialogues)
        if problems := check_dialogues(self._dialogues, written):
            raise ContentError(*problems)
        return Content(reading.load(self._dialogues), written, self._understander)

    def _look(self) -> _Seen:
        times = [path.stat().st_mtime_ns for path in content.yaml_files(self._dialogues)]
        return _Seen(max(times, default=0), len(times))
