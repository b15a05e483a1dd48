"""Writes made-up services in PTV's shape to measure an import: `python bench/many_services.py 100000 FILE.jsonl`."""

import json
import sys
from pathlib import Path

PLACES = ("018", "186", "611", "638")
NAMES = ("Perheohjaus", "Lapsiperheiden kotipalvelu", "Perheneuvola", "Avoin kohtaamispaikka", "Vauvaryhmä")


def service(number: int) -> dict[str, object]:
    """One made-up service; the same number gives the same."""
    name = f"{NAMES[number % len(NAMES)]} {number}"
    phone = {"type": "Phone", "prefixNumber": "+358", "number": f"50{number:07}", "language": "fi"}
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "type": "Service",
        "serviceNames": [{"language": "fi", "value": name, "type": "Name"}],
        "serviceDescriptions": [
            {"language": "fi", "value": f"{name} auttaa perhettä arjessa.", "type": "Summary"},
            {
                "language": "fi",
                "value": "Työntekijä kuuntelee ja etsii ratkaisuja. " * 8,
                "type": "Description",
            },
        ],
        "serviceClasses": [{"code": "P3.7"}],
        "targetGroups": [{"code": "KR1.2"}],
        "areaType": "LimitedType",
        "areas": [{"type": "Municipality", "municipalities": [{"code": PLACES[number % len(PLACES)]}]}],
        "organizations": [{"roleType": "Responsible", "organization": {"name": "Esimerkkikunta"}}],
        "serviceChannels": [
            {"serviceChannel": {"id": f"c-{number}"}, "contactDetails": {"phoneNumbers": [phone]}}
        ],
    }


if __name__ == "__main__":
    count, file = int(sys.argv[1]), Path(sys.argv[2])
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(service(number)) + "\n" for number in range(1, count + 1))
