"""The name of a place is no danger, whatever word of the rules it looks like."""

import yaml

from bot.safety import assess
from tests.safety.sentences import FOLDER

NAMES = FOLDER.parents[1] / "bot" / "guidance" / "municipalities.yaml"
ENDINGS = ("", "n", "ssa", "ssä", "lla", "llä", "sta", "stä", "lta", "ltä")
FINNISH = (
    "{}, olen vauvan kanssa yksin ja väsynyt",
    "olen huolissani lapsestani {}",
    "mies on töissä {} ja lapsi ei nuku",
    "poika käy koulua {}",
)
SWEDISH = ("{}, jag är ensam med babyn", "jag är orolig för mitt barn i {}", "min man jobbar i {}")


def test_no_municipality_is_heard_as_danger() -> None:
    counties = yaml.safe_load(NAMES.read_text(encoding="utf-8"))["counties"].values()
    places = [(name, *about[1:]) for county in counties for name, about in county["municipalities"].items()]
    assert len(places) > 300
    texts = [
        (line.format(name + ending), "fi") for name, *_ in places for ending in ENDINGS for line in FINNISH
    ]
    texts += [(line.format(other), "sv") for _, *others in places for other in others for line in SWEDISH]
    assert [text for text, language in texts if assess(text, language=language).urgency != "none"] == []
