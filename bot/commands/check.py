"""`perheovi check`: every mistake in the content, with its place and what to do."""

import sys

from bot import safety
from bot.checking import check_all
from bot.clock import helsinki, system_clock
from bot.commands.catalogue_advice import catalogue_advice
from bot.commands.settings import read_settings
from bot.guidance import freshness


def check(*, release: bool = False, advice: bool = False) -> int:
    """Check dialogues, training data and catalogue; exit 1 when something is wrong.

    Args:
        release: Also whether every helpline and crisis service was checked recently enough to go out with a release.
        advice: Also print what could be better in the catalogue's texts; advice alone does not make it fail.
    """
    settings = read_settings()
    now = system_clock()
    problems = [
        str(item) for item in check_all(settings.dialogues_dir, settings.nlu_dir, settings.catalogue_dir, now)
    ]
    if release:
        problems += safety.check_data(now)
        problems += map(str, freshness.check_release(settings.catalogue_dir, helsinki(now).date()))
    for line in (*problems, *(catalogue_advice(settings.catalogue_dir, now) if advice else ())):
        print(line)
    if problems:
        print(f"{len(problems)} to mend.", file=sys.stderr)
        return 1
    print("All content is in order.")
    return 0
