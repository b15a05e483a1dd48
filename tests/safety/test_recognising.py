"""What the rules catch, and what they leave alone."""

import random
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from bot.safety import CATEGORIES, LANGUAGES, RANK, assess
from bot.safety.evaluation import Sentence, verdict
from tests.safety.sentences import PUT_ASIDE, of_set, total

DEVELOPMENT = of_set("development")


def of(level: str, language: str | None = None) -> list[Sentence]:
    """Development sentences of a level that say plainly what is the matter."""
    return [
        s
        for s in DEVELOPMENT
        if s.level == level and s.manner == "explicit" and language in (None, s.language)
    ]


@pytest.mark.parametrize("language", [*LANGUAGES, "und"])
def test_every_explicit_emergency_gets_crisis_help_in_every_language(language: str) -> None:
    missed = [s.text for s in of("immediate", language) if not verdict(s).interrupts]
    assert missed == []


def test_emergencies_are_shown_as_immediate() -> None:
    row = total(of("immediate"), "immediate")
    assert row.immediate >= 0.97 * row.lines


def test_urgent_matters_get_crisis_help() -> None:
    row = total(of("urgent"), "urgent")
    assert row.interrupted >= 0.98 * row.lines


def test_emergencies_only_hinted_at_are_mostly_heard() -> None:
    row = total(DEVELOPMENT, "indirect")
    assert row.lines >= 50
    assert row.noticed >= 0.90 * row.lines


@pytest.mark.parametrize("language", [None, "fi", "sv", "en"])
def test_ordinary_worries_are_rarely_interrupted(language: str | None) -> None:
    row = total(of("none", language), "none")
    assert row.interrupted <= 0.05 * row.lines
    assert row.immediate <= 0.01 * row.lines
    assert row.ask <= 0.10 * row.lines + 1


def test_nearly_half_of_the_sentences_are_hard_ones_without_an_emergency() -> None:
    assert len(DEVELOPMENT) >= 1300
    assert len(of("none")) + len(of("ask")) >= 0.45 * len(DEVELOPMENT)
    languages = Counter(s.language for s in DEVELOPMENT)
    assert all(languages[language] >= 150 for language in ("sv", "en"))
    assert all(languages[language] >= 40 for language in LANGUAGES)
    assert {s.category for s in DEVELOPMENT} == set(CATEGORIES)


def test_the_sentences_put_aside_are_not_among_those_worked_on() -> None:
    worked_on = {s.text for s in DEVELOPMENT}
    assert len(worked_on) == len(DEVELOPMENT)
    assert not worked_on & {s.text for name in PUT_ASIDE for s in of_set(name)}


def test_unseen_sentences_do_not_get_worse() -> None:
    """A floor below what was measured, so that a change that loses much is noticed; the goal is higher."""
    unseen = of_set("unseen")
    immediate, urgent, ordinary = (total(unseen, level) for level in ("immediate", "urgent", "none"))
    assert immediate.interrupted >= 0.90 * immediate.lines
    assert urgent.interrupted >= 0.90 * urgent.lines
    assert ordinary.interrupted <= 0.06 * ordinary.lines


def spaced_out(text: str) -> str:
    return "   ".join(" ".join(word) for word in text.split())


DISGUISES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "no dots": lambda text: text.translate(str.maketrans("äöåÄÖÅ", "aoaAOA")),
    "zero-width spaces": "\u200b".join,
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "spaced letters": spaced_out,
    "an emoji before and after": lambda text: f"😭 {text} 🙏🙏",
    "a polite wrapper": lambda text: f"Hei, anteeksi että häiritsen. {text} Kiitos jo etukäteen",
    "full-width letters": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "Cyrillic look-alikes": lambda text: text.replace("a", "а") if "a" in text else text,
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_message_is_understood_however_it_is_typed(disguise: str) -> None:
    change = DISGUISES[disguise]
    alarms = [s for s in DEVELOPMENT if s.level in ("immediate", "urgent")]
    lost = [s.text for s in alarms if RANK[assess(change(s.text)).urgency] > RANK[assess(s.text).urgency]]
    assert len(lost) <= 0.01 * len(alarms), lost


def swap_in_longest(text: str) -> str:
    """Two letters in the wrong order in the middle of the longest word."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    return text.replace(word, word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :], 1)


def double_in_longest(text: str) -> str:
    """A letter struck twice in the middle of the longest word."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    return text.replace(word, word[:middle] + word[middle] + word[middle:], 1)


def one_slip(text: str) -> str:
    """A letter missing, doubled, struck beside, or swapped in one word of five letters or more."""
    dice = random.Random(text)
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if long:
        place = dice.choice(long)
        word, at = words[place], dice.randrange(1, len(words[place]) - 1)
        row = next((row for row in ("qwertyuiopå", "asdfghjklöä", "zxcvbnm") if word[at] in row), word[at])
        beside = row[max(0, row.index(word[at]) - 1)]
        words[place] = dice.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + beside + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
    return " ".join(words)


@pytest.mark.parametrize("slip", [swap_in_longest, double_in_longest, one_slip])
def test_a_slip_of_the_finger_seldom_hides_an_emergency(slip: Callable[[str], str]) -> None:
    """The goal is 1 % lost; a slip that makes another real word (`lapsi`, `lasi`) is not mended."""
    known = [s for s in DEVELOPMENT if s.language in ("fi", "sv", "en") and s.manner == "explicit"]
    alarms = [s for s in known if s.level in ("immediate", "urgent")]
    lost = [slip(s.text) for s in alarms if not assess(slip(s.text), language=s.language).interrupts]
    assert len(lost) <= 0.025 * len(alarms), lost
    ordinary = [s for s in known if s.level == "none"]
    interrupted = [s.text for s in ordinary if assess(slip(s.text), language=s.language).interrupts]
    assert len(interrupted) <= 0.02 * len(ordinary), interrupted


@pytest.mark.parametrize(
    "text", ["tapaaaan itseniii", "T-A-P-A-N I-T-S-E-N-I", "t a p a n i t s e n i", "t4pan its3ni"]
)
def test_drawn_out_and_cut_up_words_are_read(text: str) -> None:
    assert assess(text).urgency == "immediate"


@pytest.mark.parametrize(
    "text", ["Tapani", "kuolaa", "kuolinpesä", "kännykkä", "Kuolimo", "tapana", "lyönti", ""]
)
def test_a_word_that_only_resembles_a_bad_one_is_nothing(text: str) -> None:
    assert assess(text).urgency == "none"


def test_a_quoted_threat_stays_live() -> None:
    assert assess("sano että tappaa mut").urgency == "immediate"


def test_a_negation_belongs_to_its_own_verb() -> None:
    assert assess("mies ei lyö").urgency == "none"
    assert assess("en jaksa mies lyö mua").interrupts
    assert assess("mies ei anna mun olla rauhassa vaan lyö mua").interrupts


def test_an_idiom_does_not_hide_an_emergency_beside_it() -> None:
    assert assess("oon kuollut väsymyksestä ja tapan itseni").urgency == "immediate"


def test_a_child_found_is_no_longer_missing_but_one_not_found_is() -> None:
    assert not assess("poika katosi mutta löytyi naapurista").interrupts
    assert assess("poika katosi eikä ole vieläkään löytynyt").urgency == "immediate"


def test_the_verdict_names_its_rule_and_language_but_no_words() -> None:
    said = assess("jag vill dö", language="fi")
    assert (said.category, said.rule, said.language) == ("suicide_self", "sv.wish", "sv")


@pytest.mark.parametrize(
    "text",
    [
        "förlåt, jag är bara så slut",
        "förlåt, jag menade Esbo, barnen bor där",
        "förlåt, sista frågan ännu, kan jag byta tiden",
        "hejdå, tack för allt, jag ringer i morgon",
    ],
)
def test_an_apology_or_a_goodbye_in_swedish_is_no_farewell_to_life(text: str) -> None:
    assert assess(text, language="sv").urgency == "none"


@pytest.mark.parametrize(
    "text",
    [
        "förlåt mig barnen, jag orkar inte mer",
        "förlåt för allt, jag älskar er",
        "hejdå allihopa, det här är sista gången jag skriver",
    ],
)
def test_a_farewell_to_life_in_swedish_is_heard(text: str) -> None:
    assert assess(text, language="sv").urgency == "immediate"
