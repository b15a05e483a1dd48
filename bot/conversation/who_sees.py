"""Questions about who gets to know, and a child's whether it may write here, in words the model does not know. Pure."""

import re

_HOME = (
    r"(?:äidille|äitille|isälle|isille|iskälle|mutsille|faijalle|vanhemmille|porukoille|miehelle|vaimolle|exälle"
    r"|kellekään|kenellekään|muille|opelle)"
)
_SEES = re.compile(
    rf"\bälä(?:kää)? (?:sit |nyt |vaan )*kerro (?:tästä |tätä |tää |mun |mu )*{_HOME}"
    r"|\b(?:kuulee|näkee|lukee|tietää|saa)(?:ko|ks|kse|kö)\w* (?:mun |mu |meidän )?(?:äiti|isä|isi"
    r"|iskä|mutsi|faija|mies|vaimo|exä|ope"
    r"|joku|kukaan|muut|ne|te|sossu|lastensuojelu)\b(?: (?:tän|tämän|tätä|tietää|tästä|mun|mitä|nähdä|lukea))"
    r"|\b(?:kuulekse|näkekse|lukekse) (?:äiti|isä|isi|iskä)|\bkuka (?:tän |tämän |nää |nämä |näitä "
    r"|tätä )(?:lukee|näkee)"
    r"|\b(?:säg|berätta) (?:det )?(?:här )?inte (?:det )?(?:till|för|åt) (?:mamma|pappa|min|mina)\b"
    r"|\bvem (?:ser|läser) (?:det|vad|mina?|mitt)|\bvill inte att .{2,30}\bfår (?:veta|reda)\b"
    r"|\bdon.?t tell my\b|\b(?:do|does|can|will) (?:they|you all|anyone|anybody|someone|the \w+"
    r"|my \w+) (?:see|read|know) "
    r"(?:what i|this|it|that i|my)|\bwho (?:sees|reads|can see|will see|can read)\b"
    r"|\bкто (?:это |то |всё )*(?:про)?чита|\bкто (?:это |то )*(?:у)?вид|\bхто (?:це "
    r"|то )*(?:про)?чита|\bхто (?:це )?(?:по)?бач"
    r"|\bkes (?:seda |neid )?(?:loeb|näeb)|من (?:س)?يقرأ|من يرى|\bcidee? (?:akhri|arki)"
)
_CHILD = re.compile(
    r"\b(?:saako|saaks|voiko|voiks|saanko|voinko|saisko)\w*\b.{0,30}\b(?:jos on|vaikka on|ku on"
    r"|kun on|jos oon|vaikka oon) "
    r"(?:vasta |vaan |ihan |viel )*(?:lapsi|alaikäinen|alle 18|nuori|pieni)"
    r"|\b(?:saako|voiko|saaks|voiks) (?:myös |tänne )?(?:lapsi|lapset|nuori"
    r"|alaikäinen)(?:kin)? (?:tänne |kirjoittaa|kirjottaa)"
    r"|\bfår (?:jag|man) skriva.{0,15}\b(?:om|fast) (?:jag|man) är (?:ett )?(?:barn|minderårig)"
    r"|\bcan (?:i|kids|children|a kid|a child) (?:write|talk|chat).{0,20}\b(?:if i.?m a (?:kid"
    r"|child)|here)\b(?=.*\b(?:kid|child))"
)


_PARENTS = r"(?:äiti|isi|isä|iskä|mutsi|faija|vanhemmat|porukat|ne)"
_QUARREL = re.compile(
    rf"\b{_PARENTS} (?:ja {_PARENTS} )?(?:\w+ )?(?:huuta|riitele|tappele|riitaa|riitelly|tapelnu|huutanu)\w*"
    r"|\b(?:mamma|pappa|föräldrarna|dom) (?:och (?:mamma|pappa) )?(?:\w+ )?(?:skrik|gräl|bråk)\w*"
    r"|\b(?:mum|mom|dad|they|parents) (?:and (?:my )?(?:mum|mom|dad) )?(?:\w+ )?(?:yell|shout|scream|fight|argu)\w*"
)


def quarrels_at_home(text: str) -> bool:
    """Whether a child tells that its parents quarrel: "äiti ja isi huutaa koko ajan"."""
    return bool(_QUARREL.search(text.casefold()))


def asks_who_sees(text: str) -> bool:
    """Whether words ask who reads this, or that somebody be not told: "älä kerro äidille"."""
    return bool(_SEES.search(text.casefold()))


def asks_if_a_child_may(text: str) -> bool:
    """Whether a child asks if it may write here."""
    return bool(_CHILD.search(text.casefold()))
