"""A few turns of phrase about a call that decide what is meant, whatever the model makes of them. Pure."""

import re

_MOVES = re.compile(
    r"\b(?:siirr|siirt|siirä|vaihd|vaihta|muuta|muute|myöhem|aikaise|sittenkin|ei käy|ei sovi|en pääse|ei pääse"
    r"|sopis|kävis|parem|vasta|flytt|byt[ae]|ändra|hellre|passar|senare|tidigare|kan inte"
    r"|move|change|reschedul|instead|rather|better|later|earlier|can'?t|cannot"
    r"|перенес|передвин|пересун|lüka|lükk|tõst|nihuta|تأجيل|نقل|bed+el|wareeji)"
)
_ASKS_WHEN = re.compile(
    r"\?|\b(?:milloin|koska|onko|soitatteko|soittaako|tuleeko|när|ringer ni|when|will you|do you)\b"
)
_NO_CALL = re.compile(
    r"(?:no |nej |no,? )?(?:en|emme) (?:mä |minä |me )?(?:nyt )?(?:halu\w*|haluu|tahdo) (?:nyt )?"
    r"(?:soit\w*|puhelu\w*|mitään soit\w*)(?: nyt)?"
    r"|(?:jag |vi )?vill inte (?:ringa|ha (?:något )?samtal|bli uppringd)"
    r"|(?:i |we )?(?:don t|do not|dont) want (?:to call|to ring|a call|any call|to be called)"
)


def moves_a_call(text: str) -> bool:
    """Whether words speak of another time: "siirrä maanantaille", "perjantai ei käykään"."""
    return bool(_MOVES.search(text.casefold()))


def asks_when(text: str) -> bool:
    """Whether words ask when something happens: "soitatteko huomenna?"."""
    return bool(_ASKS_WHEN.search(text.casefold()))


def declines_a_call(text: str) -> bool:
    """Whether no call is wanted: "en halua soittaa". Not being able to ring ("en jaksa soittaa") is another thing."""
    return bool(_NO_CALL.fullmatch(" ".join(re.findall(r"[^\W\d_]+", text.casefold()))))


_OF_THE_CALL = re.compile(
    r"puhelu|soit|samtal|ring|\bcall|phone|звон|дзв[іо]н|телефон|helista|kõne|تصل|اتصال|مكالمة|\bwac\b|wici|wicitaan"
)
_CALL_ME = re.compile(
    r"(?<!вы )\b(?:по|пере)звоните\b|(?:чтобы|можно|могли?|может)\b[^.!?]{0,40}позвони"
    r"|\b(?:по|пере)дзвоніть\b|\bзателефонуйте\b|(?:щоб|можна|може|міг|могли)\b[^.!?]{0,40}(?:подзвони|зателефонува)"
    r"|\bhelistage\b|\b(?:mulle|meile) helista(?:da|ks|ge)\b|\bhelista(?:ks|da) (?:mulle|meile)\b"
    r"|(?:أن|ممكن|أحد|هل)[^.!?؟]{0,20}\b[يت]تصل(?:وا)? ب(?:ي|نا)\b|\bاتصلوا ب(?:ي|نا)\b|\b[يت]تصل ب(?:ي|نا) أحد"
    r"|\b(?:i|ii|na|noo) soo wac(?:aan|o)?\b|\b(?:i|ii|na|noo) soo wici kar"
)
"""Asks to be rung, in the languages whose training sentences tell little of it beside something else."""
_RING_US = re.compile(
    r"\bsoitta(?:kaa|isi|is)|\bvoi\w* (?:joku |te )?soittaa\b|\b(?:kan|kunde) (?:ni|du|någon) ringa\b"
    r"|\bring(?:a)? (?:mig|oss|me|us)\b|\bcall (?:me|us)\b"
)
_DELETES = re.compile(r"poista|poisto|radera|delet|erase|удал|сотр|видал|kustuta|احذف|حذف|امسح|مسح|tirtir")
_MAY_LEAVE = re.compile(
    r"\b(?:saa|voi|voitte|saatte) (?:kyllä |kyl |sittenkin |ihan hyvin )*(?:jättää|laittaa)"
    r"|\bfår (?:ni )?lämna|\byou (?:may|can) leave"
)
_NOT_LEFT = re.compile(r"\b(?:ei|eikä|en|älkää|älä|inte|not|don.?t|never)\b")
_LANGUAGES = {
    "fi": "suomi suomeksi finska finnish", "sv": "ruotsi ruotsiksi svenska swedish",
    "en": "englanti englanniksi engelska english", "ru": "venäjä venäjäksi ryska russian русский",
    "et": "viro viroksi estniska estonian eesti", "ar": "arabia arabiaksi arabiska arabic العربية",
    "so": "somali somaliksi somaliska soomaali", "uk": "ukraina ukrainaksi ukrainska ukrainian українська",
}  # fmt: skip
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}


def speaks_of_the_call(text: str) -> bool:
    """Whether words are about the telephone call and not about the chat: "puhelu englanniksi"."""
    return bool(_OF_THE_CALL.search(text.casefold()))


def asks_for_a_call_with_somebody(text: str) -> bool:
    """Whether words that also wish for an interpreter ask for a call now: "kan ni ringa oss", not "in the call"."""
    return asks_to_be_rung(text) or bool(_RING_US.search(text.casefold()))


def asks_to_be_rung(text: str) -> bool:
    """Whether words ask, in Russian, Ukrainian, Estonian, Arabic or Somali, for a telephone call."""
    return bool(_CALL_ME.search(text.casefold()))


def speaks_of_deleting(text: str) -> bool:
    """Whether a word for deleting stands in the text, in any of ours."""
    return bool(_DELETES.search(text.casefold()))


def lets_leave_a_message(text: str) -> bool | None:
    """Whether a message may be left, said without the word: "kyllä saa jättää", "ei saa jättää"; None when unsaid."""
    folded = text.casefold()
    if "?" in folded or not _MAY_LEAVE.search(folded):
        return None
    return not _NOT_LEFT.search(folded)


def bare_language(text: str) -> str | None:
    """The code of a language when nothing else is said: "suomi"."""
    return _CODES.get(text.strip(" .,!?").casefold())


def wants_a_call_after_all(text: str) -> bool:
    """Whether a call is wanted after it was declined: "no soittakaa sittenkin"."""
    folded = text.casefold()
    return speaks_of_the_call(folded) and bool(re.search(r"\bsittenkin\b|\bändå\b|\bafter all\b", folded))


_CHANGES = re.compile(r"\b(?:muuta|muutetaan|vaihda|vaihdetaan|korjaa|ändra|byt|change|correct)\w*\b")
_WHAT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "safe_call",
        re.compile(r"\bkuka saa\b|\btunnussan|\bturvalli|\bkodord|\bvem som får\b|\bcode ?word|\bsafe"),
    ),
    ("phone", re.compile(r"\bnumero|\bnumret|\bnumber")),
    ("time", re.compile(r"\baika\b|\baikaa\b|\bajan\b|\btiden\b|\btime\b")),
    ("message_allowed", re.compile(r"\bviesti|\bmeddelande|\bmessage")),
)


def what_changes(text: str) -> str | None:
    """What is to be changed in a summary, when only that is said: "muuta aika"; a slot of the question `change`."""
    folded = text.casefold()
    if not _CHANGES.search(folded):
        return None
    return next((slot for slot, pattern in _WHAT if pattern.search(folded)), None)


_LANGUAGE = re.compile(
    r"kiel|selko|språk|language|translat|язык|мов|keel|لغ|luqad|luuqad|kään[nt]|suome|ruots|englan|finsk|svensk|engelsk|english"
)


def speaks_of_language(text: str) -> bool:
    """Whether a word for language stands in the text, in any of ours."""
    return bool(_LANGUAGE.search(text.casefold()))
