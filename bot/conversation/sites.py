"""What is said of day-care centres, schools, clubs and services as places to ask at. Pure."""

import re

CONTACT_PERSON = "contact_person"
"""The flow that tells whom to ask for at a site."""
_ASKS = re.compile(
    r"\b(?:yhdyshenkil|yhteyshenkil|kontaktihenkil|kontaktperson)|\bcontact person|\bliaison\b"
)
_SITE = re.compile(
    r"koulu|päiväko[dt]|paivako[dt]|eskari|lukio|kerho|seurakun|maahanmuut|kotoutu|neuvola"
    r"|skola|daghem|dagis|klubb|församling|invandrar|rådgivning"
    r"|school|day ?care|kindergarten|club|parish|immigrant|clinic"
)


def asks_for_contact_person(text: str) -> bool:
    """Whether a message asks whom to turn to at a site: "kuka on koulumme yhdyshenkilö?"."""
    return bool(_ASKS.search(text.casefold()))


def names_site(text: str) -> bool:
    """Whether a message names a site, or at least its kind."""
    return bool(_SITE.search(text.casefold()))
