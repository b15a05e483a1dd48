"""Words as search compares them: in lower case, without dots and accents, and without those that name nothing."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_ORIGINAL = re.compile(r"[^\W_]+")
NOT_NAMES = frozenset(
    """
    ja tai on onko oli ei en se ne me te he mina sina ma sa mun sun mika mita mitka missa mista mihin milloin millon
    koska kuka kenelle kuinka miten paljonko paljon maksaa maksaako hinta hintaa hinnat ilmainen maksuton auki aukiolo
    aukioloajat puhelinnumero numero osoite saako saada saa voiko voi voin paasee paasta haluan haluaisin tarvitsen
    tarvitaan lahete lahetteen jono jonot kauanko haku haen hakea haetaan hakeminen hakemus palvelu palvelua
    palvelut palvelusta kertoa kerro tieto tietoa kun jos etta kanssa eika ovat myos seka olla niin kuin joka jotka
    kunta kunnassa meilla meille teilla teilta taalla joku jokin lapsi lapsen lapset perhe perheen varata aika aikaa
    vad var nar hur mycket kostar det den en ett ar jag kan man och oppet pris gratis nummer adress tjanst tjansten
    what where when how much does do it is the an of to cost costs price free open number address service services
    i can get for is there
    """.split()  # noqa: SIM905  (a list of words is read as words)
)
OF_FAMILIES = frozenset("lapsi lapsen lapset perhe perheen".split())  # noqa: SIM905


def folded(text: str) -> str:
    """The text in lower case without dots and accents: `Äitiys` as `aitiys`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def folded_words(text: str) -> list[str]:
    """The words of a text in lower case without dots and accents."""
    return _WORD.findall(folded(text))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, with their dots."""
    return _ORIGINAL.findall(unicodedata.normalize("NFC", text.casefold()))
