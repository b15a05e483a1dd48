"""Brings spellings together before anything is learned or recognised: case, dots, spoken Finnish, ages.

Only closed classes of words are rewritten (pronouns, the commonest verbs, question words): words that carry a
matter are left to the model, which has seen their spoken forms.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[?]")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_PAYLOAD_DIGITS = re.compile(r"\+?\d[\d\s-]{5,}\d")
_MONTHS = re.compile(
    r"\b\d{1,2}\s*-?\s*(?:kk|vk|vko|kuukau|kuinen|viikkoi|manad|vecko|month|week[- ]old|мес|нед|kuune|kuu van)"
)
_YEARS = re.compile(
    r"\b(\d{1,2})(?:[,.]\d)?\s*-?\s*(?:vee|v\b|vuot|ar\b|aring|years?\b|year-old|yr|yo\b|лет|год|рок|рік|aasta)"
)

_SPOKEN = {
    "minä": "mä mää mie miä mnä meikä",
    "minun": "mun mu miun mnuu",
    "minua": "mua muo miuta",
    "minulla": "mulla mul miulla mullon",
    "minulle": "mulle miulle",
    "minusta": "musta must",
    "sinä": "sä sää sie siä",
    "sinun": "sun siun",
    "sinulle": "sulle siulle",
    "sinulla": "sulla siulla",
    "hän": "hää",
    "olen": "oon oln",
    "olet": "oot",
    "ole": "oo",
    "olla": "ollaa",
    "onko": "onks onkse",
    "olenko": "oonko oonks",
    "että": "et ett",
    "kun": "ku kuha",
    "mutta": "mut mutku",
    "miten": "mite mitenkä kui",
    "mikä": "mikäs",
    "missä": "mis missäs",
    "milloin": "millon millo koskas",
    "voiko": "voiks voikse",
    "voisiko": "voisko voiskohan voisiks",
    "voisi": "vois",
    "saako": "saaks",
    "saisiko": "saisko saiskohan",
    "tarvitsen": "tarviin tarvin tartten tarviisin tarttisin",
    "tarvitseeko": "tarviiko tarviiks tarttiiko tarttekoo",
    "haluaisin": "haluisin haluun haluusin",
    "pitäisi": "pitäs pitäis",
    "pitäisikö": "pitäskö pitäiskö",
    "menee": "mee",
    "tulee": "tuu",
    "tämä": "tää tä",
    "tuo": "toi",
    "nämä": "nää",
    "ne": "noi",
    "niin": "nii ni",
    "sitten": "sit sitte",
    "vain": "vaan vaa",
    "enää": "enään ennää",
    "jotain": "jotai jtn",
    "joku": "jku",
    "todella": "tosi tooosi",
    "paljonko": "paljoks",
    "en": "emmä enmä",
    "kanssa": "kaa kans kanss",
    "lapsi": "mukula",
    "lapset": "mukulat muksut kersat penskat",
    "kiitos": "kiitti kiitoksia kiits",
}
_LOOKUP = {spoken: written for written, forms in _SPOKEN.items() for spoken in forms.split()}


def fold(text: str) -> str:
    """Lower case without marks on letters: "Äiti" and "aiti" read alike, as do "förälder" and "foralder"."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ё", "е"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words of a message, folded and in written language, with its telephone numbers and ages as marks."""
    shown = _PAYLOAD_DIGITS.sub(" numerotähän ", unicodedata.normalize("NFKC", text).lower())
    found = _WORD.findall(_STRETCHED.sub(r"\1\1", shown.replace("’", "'")))
    written = [fold(_LOOKUP.get(word, word)) for word in found]
    return written + ages(shown)


def ages(text: str) -> list[str]:
    """Marks for how old a child is said to be; what is normal at one age is a worry at another."""
    folded = fold(text)
    marks = ["agebaby"] if _MONTHS.search(folded) else []
    return marks + [_age_mark(int(found[1])) for found in _YEARS.finditer(folded)]


def _age_mark(years: int) -> str:
    for limit, mark in ((1, "agebaby"), (6, "agesmall"), (12, "ageschool"), (18, "ageteen")):
        if years <= limit:
            return mark
    return "ageadult"


def plain(text: str) -> str:
    """One spelling for comparing sentences: folded words with single spaces, marks and punctuation gone."""
    return " ".join(fold(word) for word in _WORD.findall(text.lower()))
