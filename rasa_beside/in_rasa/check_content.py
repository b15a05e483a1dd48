"""Tells, as JSON, what Rasa 3.6 makes of our content: what its schemas refuse, and the intents it reads.

Flows came after 3.6 and it has no schema for them. Of a response it does not know `translation`, and of a slot it
wants a `mappings` that newer Rasa has made optional: the one is left out here, the other filled in, and all the rest
must be as 3.6 asks.
"""

import json
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.exceptions import YamlException
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.utils.validation import validate_yaml_schema

_DOMAIN_SCHEMA = "shared/utils/schemas/domain.yml"
_SINCE_36 = {"flows", "pages"}
_OURS = "translations"
"""The folder of one file a language: a form of our own, which no Rasa reads."""


def main(nlu_dir: Path, dialogues_dir: Path) -> None:
    """Print `{"problems": [one line each], "intents": {label: sentences}}`."""
    warnings.simplefilter("error", UserWarning)  # Rasa warns of what it leaves out
    problems: list[str] = []
    intents: Counter[str] = Counter()
    for path in sorted(nlu_dir.rglob("*.yml")):
        try:
            read = RasaYAMLReader().reads(path.read_text(encoding="utf-8"), filename=str(path))
        except (YamlException, UserWarning) as error:
            problems.append(f"{path}: {error}")
        else:
            intents.update(one.get("intent") for one in read.intent_examples)
    for path in sorted(dialogues_dir.rglob("*.yml")):
        if _OURS not in path.relative_to(dialogues_dir).parts:
            problems += _domain_problems(path)
    print(json.dumps({"problems": problems, "intents": intents}))


def _domain_problems(path: Path) -> list[str]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = {key: value for key, value in data.items() if key not in _SINCE_36}
    for slot in known.get("slots", {}).values():
        slot.setdefault("mappings", [{"type": "custom"}])
    for variants in known.get("responses", {}).values():
        for variant in variants:
            _without_translation(variant)
    try:
        validate_yaml_schema(yaml.safe_dump(known, allow_unicode=True), _DOMAIN_SCHEMA)
    except YamlException as error:
        return [f"{path}: {error}"]
    return []


def _without_translation(variant: dict[str, Any]) -> None:
    variant.pop("translation", None)
    for button in variant.get("buttons", ()):
        button.pop("translation", None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
