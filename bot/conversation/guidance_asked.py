"""Questions about a matter itself: is this ordinary, what helps now, when to seek help. Pure.

Finnish, Swedish, English. A question is a clause of its own, so that a story with the same words in it stays a story.
"""

import re
from dataclasses import replace

from bot.meaning import Understanding

MORE = "more"
"""What is asked by "kerro lisää": the next that has not been told."""
KINDS = ("ordinary", "tonight", "seek_help")
"""The kinds of guidance, in the order they are told."""
SLOT = "guide"

_OPENINGS = r"(?:(?:no|niin|siis|mut|mutta|ja|hei|ok|okei|men|och|but|and|so|well) )*"
_THIS = r"(?:tää|tämä|tällainen|tällanen|tämmönen|tollanen|sellainen|se|toi|tuo|nää|nämä)"
_WHO = r"(?:(?:mä|minä|mun|minun|me|meidän|tässä|tästä|tähän|itse|nyt|vielä|enää|jo|niinku|oikein|siis) )*"
_WHEN_NOW = r"(?:tänään|tänä|illalla|iltana|yönä|yöllä|ensi|nyt|heti|itse|kotona|tässä|tälle|asialle|ensin)"
_TO_SEEK = r"(?:hakea|hakee|haen|haetaan|pyytää|pyydetään|hakeutua|mennä|menee|mennään|lähteä|ottaa|soittaa)"
_HELP = r"(?:apua|yhteyttä|lääkär\w*|päivystyks\w*|hoitoon|ammattil\w*|terveysas\w*)"
_QUESTIONS = {
    "seek_help": (
        (rf"(?:milloin|millon|koska|missä vaiheessa) {_WHO}"
        r"(?:(?:pitää|pitäis\w*|täytyy|kannattaa|kannattais\w*|kuuluu|tulee|tulis\w*|voi|on syytä|olis\w* syytä) )?"
        rf"{_WHO}(?:{_TO_SEEK} (?:\w+ )?{_HELP}|huolestua|olla huolissaan)\b.*"),
        rf"(?:milloin|millon|koska) (?:apua|hoitoon|lääkäriin|päivystykseen)(?: \w+)? {_TO_SEEK}",
        (rf"(?:pitääkö|pitäiskö|pitäisikö|kannattaako|täytyykö) {_WHO}"
        r"(?:(?:hakea|pyytää) (?:\w+ )?apua|huolestua|olla huolissaan|mennä lääkäriin|hakeutua \w+)\b.*"),
        r"onko (?:\w+ )?syytä (?:huoleen|huolestua)",
        (r"när (?:ska|bör|måste|behöver|kan|lönar det sig att) (?:(?:jag|man|vi) )?(?:söka (?:hjälp|vård)|be om hjälp"
        r"|gå till läkare|oroa|vara orolig|bli orolig)\b.*"),
        r"(?:ska|bör|måste) (?:jag|man|vi) (?:söka hjälp|oroa \w+|vara orolig\w*)\b.*",
        (r"when (?:to|(?:should|do|must|can) (?:i|we|you)(?: need to| have to)?) (?:seek|get help|ask for help"
        r"|look for help|see a doctor|go to (?:a|the) (?:doctor|hospital)|worry|be worried)\b.*"),
        r"should (?:i|we) (?:be worried|worry|seek help|get help|see a doctor)\b.*",
    ),
    "ordinary": (
        (rf"(?:onko|onks|onkohan|oisko|voiko|voiks|voisko) (?:{_THIS} )?(?:olla )?"
        r"(?:(?:nyt|ihan|jo|enää|vielä|edes|sitten) )*"
        rf"(?:normaali\w*|tavalli\w*|tavallis\w*|yleis\w*)(?: {_THIS})?"),
        rf"onko (?:muillakin|muilla|kaikilla) (?:\w+ )?(?:{_THIS}|tällaista|tämmöstä|tällasta|samaa|samanlaista)",
        rf"(?:kuuluuko|kuuluuks) {_THIS} (?:vielä )?(?:\w+ )?(?:ikään|vaiheeseen|asiaan|kuvaan)",
        rf"(?:meneekö|helpottaako|loppuuko) {_THIS} (?:joskus |koskaan |itsestään )?(?:ohi|itsestään|joskus|koskaan)?",
        r"är (?:det|det här|detta|sånt här|sådant) (?:ens |helt |ännu )?(?:normalt|vanligt)",
        r"hör det (?:här )?till (?:åldern|saken)",
        r"går det (?:här )?över(?: någon gång| av sig självt)?",
        r"(?:is|are) (?:this|that|it|these|those) (?:even |still |really |quite )?(?:normal|common|usual|ordinary)",
        r"(?:will|does) (?:this|it) (?:ever )?(?:pass|get better|get easier)",
    ),
    "tonight": (
        (rf"mitä {_WHO}(?:voin|voi|vois\w*|voidaan|voitais\w*|pitää|pitäis\w*|kannattaa|kannattais\w*) {_WHO}"
        rf"teh(?:dä|ä|rä|hä)(?: {_WHEN_NOW})*"),
        rf"mitä {_WHO}(?:teen|tehdään|tekisin)(?: {_WHEN_NOW})+",
        rf"mikä {_WHO}(?:voisi |vois )?(?:auttaa|auttais\w*|helpottaa|helpottais\w*)(?: {_WHEN_NOW})*",
        (r"(?:onko|onks|oisko|olisiko) (?:sulla |sinulla |teillä )?(?:jotain |mitään |joku )?"
        r"(?:vinkki\w*|neuvo\w*|neuvoa)(?: tähän)?"),
        (rf"miten {_WHO}(?:selviän|selvitään|jaksan|jaksetaan|pärjään) (?:tästä |tän |tämän |ensi )*"
        r"(?:illasta|yöstä|iltaan|yön yli|illan|yön)"),
        r"vad (?:kan|ska|bör) (?:jag|vi|man) (?:själv )?göra(?: (?:i kväll|ikväll|nu|i dag|idag|själv|hemma|åt det))*",
        r"vad (?:hjälper|kan hjälpa)(?: (?:i kväll|ikväll|nu|i dag))?",
        r"har (?:du|ni) (?:några |något )?(?:tips|råd)",
        r"what (?:can|should|could|do) (?:i|we) do(?: (?:tonight|today|now|at home|about it|about this))*",
        r"what (?:helps|can help|could help|would help)(?: (?:tonight|today|now))?",
        r"(?:do you have )?any (?:tips|advice)",
    ),
    MORE: (
        (r"(?:(?:voisitko|voitko|voiks\w*|saisko|haluaisin|haluan|joo|kyllä) )*"
        r"(?:kerro|kertoa|kertoisitko|kerrotko|tietää) (?:vielä )?(?:lisää|enemmän)"
        r"(?: (?:tästä|siitä|asiasta|kiitos))*"),
        r"(?:berätta|veta) mera?(?: om (?:det|det här|saken))?",
        r"(?:please )?tell me (?:some )?more(?: about (?:this|it|that))?",
    ),
}  # fmt: skip
_ASKS = {
    kind: re.compile(rf"{_OPENINGS}(?:{'|'.join(forms)})(?: (?:että|et|jos|kun|ku|att|om|that|if|when)\b.*)?")
    for kind, forms in _QUESTIONS.items()
}
_CLAUSES = re.compile(r"[.!?,;:\n]+|\s[-–]\s")
_SHORT = 6
"""A question of more words tells what it is about: "onko normaalia että kolmevuotias raivoaa joka ilta"."""
_FOR_A_CALL = frozenset(
    {"request_callback", "ask_human", "change_callback", "cancel_callback", "callback_status"}
)
_SURE = 0.5


def asked_kind(text: str) -> str | None:
    """The kind of guidance a message asks for; of several the first in the text; None when it asks for none."""
    return next((kind for clause in _clauses(text) if (kind := _kind(clause))), None)


def marked(heard: Understanding) -> Understanding:
    """A message with the guidance it asks for as the slot `guide`.

    The question itself names no matter and wants nothing else done: what the model heard in it is left out, and what
    the rest of the message tells stays.
    """
    if heard.text.startswith("/") or (kind := asked_kind(heard.text)) is None:
        return heard
    clauses = _clauses(heard.text)
    alone = all(_kind(clause) and len(clause.split()) <= _SHORT for clause in clauses)
    if not alone and heard.act(_SURE) in _FOR_A_CALL:
        return heard  # whoever rings can be asked
    wished = {**heard.set_slots, SLOT: kind}
    return replace(heard, set_slots=wished, acts=(), repeat=False, needs=() if alone else heard.needs)


def _clauses(text: str) -> list[str]:
    found = (" ".join(re.findall(r"[^\W_]+", part.casefold())) for part in _CLAUSES.split(text))
    return [one for one in found if one]


def _kind(clause: str) -> str | None:
    return next((kind for kind, form in _ASKS.items() if form.fullmatch(clause)), None)
