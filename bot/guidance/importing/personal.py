"""Addresses that are a person's own: registers forbid them and hold them all the same."""

import re

_PERSON = re.compile(r"^[a-zåäö]{2,}(-[a-zåäö]+)?\.[a-zåäö-]{3,}@")
_OFFICE = re.compile(
    r"perhe|lapsi|lasten|nuor|neuvola|neuvonta|palvelu|info|asiakas|toimisto|kirjaamo|tuki|apu|family|socia|"
    r"koulu|päiväkoti|paivakoti|asiointi|esimies|johtaja|vastaava|hoito|keskus|terveys|liikunta|kirjasto|varaus"
)


def is_personal(address: str) -> bool:
    """Whether an e-mail address looks like firstname.lastname@ and names no office."""
    lowered = address.strip().lower()
    return bool(_PERSON.match(lowered)) and not _OFFICE.search(lowered.partition("@")[0])
