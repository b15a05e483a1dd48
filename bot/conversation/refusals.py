"""What is refused, only asked about or taken back in a clause, beside whatever else a message says. Pure."""

import re
from dataclasses import replace
from typing import Any

from bot.conversation.aftermath import answered_by
from bot.conversation.state import State
from bot.conversation.who_sees import asks_if_a_child_may, quarrels_at_home
from bot.meaning import Guess, Understanding

_PROTECTION = "child_protection"
_CLEAR = 0.5
_CLAUSES = re.compile(r"[.!?,;:\n]+|\s[-–]\s|\b(?:mut|mutta|men|but|но)\b")
_NO_CALL = re.compile(
    r"(?:(?:no|nej|ei|siis|hei|sorry|anteeksi) )*(?:"
    r"(?:en|emme) (?:mä |mie |minä |me )?(?:nyt )?(?:mitään )?(?:halu\w*|haluu|tahdo|tarvi\w*) (?:nyt )?(?:mitään )?"
    r"(?:soit\w*|puhelu\w*)|ei (?:nyt )?(?:mitään )?(?:soittoa|soittoja|puhelua|puheluita)"
    r"|(?:jag |vi )?vill inte (?:ha (?:något |nåt )?samtal|bli uppringd)|(?:inget|inga) samtal"
    r"|(?:i |we )?(?:don t|do not|dont) want (?:a|any|the) (?:phone )?calls?|no (?:phone )?calls?"
    r"|не (?:надо|нужно) (?:мне )?звонить|(?:мне )?не нужен звонок"
    r")(?: (?:nyt|kiitos|tack|please|thanks|now))*"
)
_CAN_CANCEL = re.compile(
    r"\b(?:voiko|voiks|voinko|voinks|voiksen|saako|saaks|saanko|pystyykö|onnistuuko)\b.{0,25}\bper(?:ua|uuttaa|utaa|umaan)\b"
    r"|\b(?:kan|får) (?:man|jag|vi|det|den)\b.{0,15}\b(?:avboka|ångra|ställa in)"
    r"|\bcan (?:i|we|it|you)\b.{0,15}\bcancel|\bможно (?:будет )?(?:потом |его )*отменить"
)
_RING = re.compile(
    r"\bsoit(?:a|takaa|takaan|takoon|taisitteko|tasitteko)\b"
    r"|\b(?:voi|vois|voisi|voiko|voiks|voisko|voisiko|saako|saisko)\w*\b.{0,20}\bsoittaa (?:mulle|minulle|meille|mul)\b"
    r"|\bhalu\w* (?:että |et )?(?:puhelu|puhelun|soiton|soitatte|joku soittaa|ohjaaja soittaa)\b"
    r"|\bring (?:upp )?mig\b|\bkan (?:någon|nån|ni|handledaren) ringa\b|\bvill (?:ha|få) (?:ett )?samtal"
    r"|\b(?:call|ring|phone) me\b|\b(?:can|could) (?:someone|somebody|you|an? \w+) (?:please )?(?:call|ring|phone)\b"
    r"|\bпозвоните\b|\bпусть (?:мне )?позвонят\b"
)
_NOT = re.compile(r"\b(?:en|ei|älä|älkää|emme|inte|not|don.?t|no|не)\b")
_DELETES = re.compile(
    r"\b(?:poist|tuho|hävit|rader|ta bort|delet|eras|remov|удал|сотр|kustut|видал|tir)|حذف|احذف|امسح"
)
_BARE = 3
_NO = re.compile(r"(?:no|nej|ei|en|nope|нет|ні|لا|maya)\b")
_NO_PROTECTION = re.compile(
    r"\b(?:en|ei|emme|eikä|älä|emmä+|emmie|emmiä|emminä|mä en)\b[^.!?,]{0,25}\b(?:lastensuojelu|lastensuojellu|lasu)\w*"
    r"|\b(?:inte|inget)\b[^.!?,]{0,25}\bbarnskydd\w*"
    r"|\b(?:not|no|don.?t)\b[^.!?,]{0,25}\b(?:child protection|social workers?)\b"
)
_TOLD_OF_IT = re.compile(r"\bpelkä|\bpelot|\bmikä\b|\bkuulu|\bvie\b|\bfear|\bafraid|\brädd|\btake\b")
_THANKS_AND_GOES = re.compile(
    r"(?:no |ok\w*|okay|cool|selvä|joo|kiva|bra|great|,|\s)*(?:kiitos|kiitti|tack|thanks|thank you)"
    r" (?:tästä|näistä|tiedosta|tiedoista|avusta|kuitenkin|kuiteski|för|ändå|for|anyway)\b"
)
"""An "ok" that only takes its leave, and says yes to no offer."""
_FOR_NOTHING = re.compile(r"\bei mistään\b|\btyhjästä\b|\bför (?:ingenting|inget)\b|\bfor nothing\b")
_DENIES = re.compile(
    r"\b(?:en|emmä|em|mä en|mie en|minä en)\b(?: \w+){0,3}? (?:itsetuho\w+|vaarassa)\b"
    r"|\ben (?:mä |mie |minä )?(?:tarkota|tarkoita|tarkottanu\w*|tarkoittanut) (?:sitä|sillä|et kuol\w*|semmos\w*)"
    r"|\b(?:ei|eihän)\b(?: \w+){0,3}? (?:vaarassa|kadoksissa|kateissa|kadonnu\w*|hukassa)\b"
    r"|\b(?:jag|hon|han) är inte (?:själv\w+|i fara|försvunnen)|\bi.?m not (?:suicidal|in danger)"
    r"|\bi am not (?:suicidal|in danger)"
    r"|\b(?:she|he|we|i).?(?:s|re|m| is| are| am) (?:safe|fine|ok|okay)\b"
    r"|\bя не (?:в опасности|собираюсь умирать)"
)
_BUT = re.compile(r"\b(?:mut|mutta|muttei|men|but|но|jaksa|enää|haluan|haluun|kuol\w*)\b")


def reread(heard: Understanding, state: State) -> Understanding:
    """A message whose refusals the model has not heard, with what they mean in the place of what it heard."""
    text = heard.text
    if state.asked == "phone" and not heard.entities and opens_refusing_a_call(text):
        return replace(heard, acts=(Guess("deny", 1.0),))
    if state.asked == "callback_offer" and _THANKS_AND_GOES.match(text.casefold()):
        act = "feedback" if _FOR_NOTHING.search(text.casefold()) else "thanks"
        return replace(heard, acts=(Guess(act, 1.0),), entities=(), needs=())
    if _is_asked_in_between(text, state):
        return replace(heard, acts=(), needs=())
    also = tuple(need for need in heard.also if need != _PROTECTION or not refuses_child_protection(text))
    return replace(heard, needs=_needs(heard, state), also=also)


def _is_asked_in_between(text: str, state: State) -> bool:
    """Whether words tell no matter, whatever they sound like."""
    cancelling = asks_if_it_can_be_cancelled(text) and not state.slots.get("callback")
    after_danger = bool(state.slots.get("crisis_at")) and answered_by(text) is not None
    return cancelling or after_danger or asks_if_a_child_may(text)


def _needs(heard: Understanding, state: State) -> tuple[Guess, ...]:
    """The matters without child protection that is refused, and with the quarrel a child tells of."""
    if state.slots.get("sender_role") == "child" and quarrels_at_home(heard.text) and not heard.need(_CLEAR):
        return (Guess("couple_relationship", 1.0), *heard.needs)
    if refuses_child_protection(heard.text):
        return tuple(need for need in heard.needs if need.name != _PROTECTION)
    return heard.needs


def settled(heard: Understanding, asked: str) -> dict[str, Any] | None:
    """The answer that a no or a wish in another clause gives to an offer, or to deleting; None when it does neither."""
    if heard.set_slots or heard.text.startswith("/"):
        return None
    if asked == "callback_offer" and asks_to_be_rung(heard.text):
        return {asked: True}
    if asked == "delete_confirm" and not lets_delete(heard.text):
        return {asked: False} if opens_with_no(heard.text) else {}
    return None


def opens_refusing_a_call(text: str) -> bool:
    """Whether the first clause wants no call, whatever follows: "no call. goodbye"."""
    first = next((part for part in _CLAUSES.split(text.casefold()) if part.strip()), "")
    return bool(_NO_CALL.fullmatch(" ".join(re.findall(r"[^\W\d_]+", first))))


def asks_if_it_can_be_cancelled(text: str) -> bool:
    """Whether words only ask if a call could be cancelled: "voiko sen perua, jos vanhemmat muuttaa mielensä"."""
    return bool(_CAN_CANCEL.search(text.casefold()))


def asks_to_be_rung(text: str) -> bool:
    """Whether some clause plainly asks for a call, also after a no: "ei niitä, voiko joku soittaa"."""
    return any(
        _RING.search(part) and not _NOT.search(part) for part in _CLAUSES.split(text.casefold()) if part
    )


def lets_delete(text: str) -> bool:
    """Whether a yes is one to deleting everything: bare, or saying so. "Ok cool, thanks for nothing" is not."""
    return len(text.split()) <= _BARE or bool(_DELETES.search(text.casefold()))


def opens_with_no(text: str) -> bool:
    """Whether the first word is a no."""
    return bool(_NO.match(text.casefold().strip()))


def refuses_child_protection(text: str) -> bool:
    """Whether child protection is what somebody does not ask for: "en mie mitään lastensuojelua"."""
    folded = text.casefold()
    return bool(_NO_PROTECTION.search(folded)) and not _TOLD_OF_IT.search(folded)


def denies_danger(text: str) -> bool:
    """Whether words say plainly that there is no danger, and add nothing against it: "en mä mikään itsetuhoinen oo"."""
    folded = text.casefold()
    denied = _DENIES.search(folded)
    return bool(denied) and not _BUT.search(folded[denied.end() :] if denied else "")
