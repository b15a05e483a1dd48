"""What could be better in the catalogue's files, as lines `file:line: sentence`, in the console's words."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot import content
from bot.clock import helsinki
from bot.console.words import words
from bot.content import ContentError
from bot.guidance import reading
from bot.guidance.text_checks import checks_of


def catalogue_advice(catalogue_dir: Path, now: datetime) -> Iterator[str]:
    """The advice of every file that can be read, on the local day of `now` (aware); errors are told by the check."""
    w = words()
    for path in reading.services_in(catalogue_dir):
        try:
            document = content.read(path)
            service = reading.parse_service(document)
        except ContentError:
            continue
        for finding in checks_of(service, helsinki(now).date()):
            if finding.severity == "advice":
                sentence = w(f"checks.{finding.code}", shown=finding.shown)
                yield f"{content.shown(path)}:{document.line(*finding.place)}: {sentence}"
