"""Whether a message is in a language the bot does not write, and likely in which. Pure.

Told only when it is plain: by its script, by letters that none of our languages has, or by several everyday words of
one other language. A wrong guess would show a Finn the card for newcomers, so every sentence of the training data
must pass as ours (`tests/conversation/test_other_language.py`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.conversation.commands import Command, Digress, SetSlots, StartFlow
from bot.conversation.state import State
from bot.meaning import Understanding

UNKNOWN = "und"
"""The code for a language that could not be told (ISO 639-2)."""

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OURS = frozenset({"LATIN", "CYRILLIC", "ARABIC"})
_SCRIPTS: Mapping[str, str] = {
    "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "BENGALI": "bn", "TAMIL": "ta",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "HEBREW": "he", "GREEK": "el", "GURMUKHI": "pa", "SINHALA": "si", "LAO": "lo",
    "KHMER": "km", "MYANMAR": "my", "TELUGU": "te", "MALAYALAM": "ml", "GUJARATI": "gu",
}  # fmt: skip
"""The language of a script that has one; Devanagari and Ethiopic have several."""
_ARABIC_SCRIPT: Mapping[str, str] = {"ckb": "ڕڵێۆە", "ur": "ٹڈڑںے", "ps": "ټډړڼښځڅې", "fa": "کیپچژگ"}
"""Letters Arabic has not; the first language of which a letter is found."""
_SOUNDS_OF_DIALECT = frozenset("پچژگ")
"""Of these, the ones Arabic writes for sounds of a dialect or a foreign name."""
_CYRILLIC = frozenset("ђјљњћџѓќѕўәғқңөұүһҳҷӣӯ")
_EVERYDAY: Mapping[str, str] = {
    "de": "ich nicht und wir mein meine meinen unser unsere brauche brauchen hilfe bitte schläft weint kann wie ist "
    "der das ein eine mit für sehr immer mehr habe haben sind kinder müde weiß auch wenn mir uns",
    "fr": "je nous mon notre nos avec pour pas est sont dort pleure besoin aide enfant enfants fille fils mari très "
    "dans une des les que qui ça mais j'ai n'arrive s'il vous plaît bonjour suis fatiguée c'est aidez merci",
    "es": "nosotros mi nuestro nuestra hijo hija hijos niño niña bebé necesito necesitamos ayuda por favor con para "
    "muy pero está duerme llora estoy cansada qué cómo puedo los las una hola gracias tengo marido esposo",
    "pt": "eu nós meu minha nosso filho filha filhos criança não preciso ajuda por favor com para muito mas está dorme "
    "chora estou cansada olá obrigada tenho marido dos das você como",
    "it": "io noi mio mia nostro figlio figlia bambino bambini ho bisogno aiuto favore con molto sono stanca "
    "dorme piange marito ciao grazie che della una posso",
    "pl": "moje moja mój nasz nasza dziecko dzieci córka syn nie proszę pomocy potrzebuję potrzebujemy bardzo jest "
    "są śpi płacze jestem zmęczona mąż dzień dobry dziękuję się z że jak mam mi jestem",
    "tr": "biz benim bizim çocuk çocuğum bebek bebeğim yardım lütfen çok ve için uyumuyor ağlıyor yorgunum eşim "
    "merhaba teşekkürler istiyorum bir bu ihtiyacım kızım oğlum nasıl",
    "ku": "ez em zarok zarokê zarokên alîkarî ji gelek hevjînê nikarim hewce xewê silav spas dixwazim",
    "sq": "unë fëmija fëmijë fëmijët ime jonë ndihmë lutem shumë nuk fle qan jam lodhur burri përshëndetje "
    "faleminderit kam nevojë për dhe është",
    "vi": "tôi chúng con của không ngủ khóc cần giúp đỡ xin rất mệt chồng chào cảm ơn và là được bé em",
    "tl": "ako kami anak namin hindi natutulog umiiyak kailangan tulong sobrang pagod asawa salamat kumusta ang mga "
    "ng para",
    "ro": "eu noi meu mea copilul copii fiica fiul nevoie ajutor rog foarte doarme plânge sunt obosită soțul bună "
    "mulțumesc și pentru",
    "lv": "es mēs mūsu bērns bērni meita dēls nav lūdzu palīdzību vajag ļoti guļ raud esmu nogurusi vīrs "
    "paldies labdien un ir",
    "lt": "aš mes mano mūsų vaikas vaikai dukra sūnus nėra prašau pagalbos reikia labai miega verkia esu pavargusi "
    "vyras ačiū labas ir yra",
    "hu": "én mi az gyerek gyermek lányom fiam nem kérem segítség segítségre szükségem nagyon alszik sír vagyok fáradt "
    "férjem köszönöm szia és hogy",
    "bs": "mi moje naše dijete djeca kćerka nije molim pomoć trebam treba nam jako spava plače umorna muž "
    "hvala zdravo je su sam",
    "sw": "mimi sisi mtoto watoto wangu wetu hapana halali analia nahitaji tunahitaji msaada tafadhali nimechoka "
    "mume asante habari kwa",
    "nl": "ik wij niet mijn ons onze kinderen hulp nodig alstublieft slaapt huilt heel erg moe bedankt "
    "het een van voor",
}
_MARKS = frozenset("łąęśżźćńğışßřěůťďľĺŕțşăįųūāēīģķļņőűđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
"""Letters none of our Latin languages has."""
_FEWEST = 2
_MOST_KEPT = 10
_OTHER_LETTERS = frozenset({"ru", "uk", "ar"})
"""Languages not written in Latin letters, in which everybody in Finland still writes a word now and then."""
_WORD_OR_TWO = 2
_SHARE = 0.3


def commands_in_another(heard: Understanding, state: State, code: str) -> tuple[Command, ...]:
    """What to do about a message in a language we do not write: its words are kept for the call, the card is shown.

    A telephone number in it needs no words: it is for a call. Nor does an answer about the call being booked.
    """
    told: dict[str, Any] = {"interpreter": True}
    if state.slots.get("language") is None or state.slots["language"] == UNKNOWN:
        told["language"] = code
    phone = heard.first("phone")
    if phone:
        told["phone"] = phone
        return (SetSlots(told), *(() if state.asked == "phone" else (StartFlow("book_callback"),)))
    words = state.slots.get("words") or ()
    if heard.text.strip() not in words:
        told["words"] = [*words, heard.text.strip()][-_MOST_KEPT:]
    # A place is a place in any language; a matter is for whoever rings to read.
    answered = {"need": "other", "municipality": heard.first("municipality")}.get(state.asked or "")
    if answered:
        return (SetSlots(told | {str(state.asked): answered}),)
    return (SetSlots(told), Digress("pattern_other_language"))


def tells_language(heard: Understanding, spoken: str) -> bool:
    """Whether a message in the middle of a talk in `spoken` tells that its writer changes the language.

    Places, names and numbers do not. In a talk in other letters, neither does a word or two in Latin ones: a Russian
    sentence is not left for "Järvenpää" or "ok".
    """
    left = heard.text
    for entity in sorted(heard.entities, key=lambda found: -found.start):
        left = f"{left[: entity.start]} {left[entity.end :]}"
    words = _WORD.findall(left)
    return len(words) > (_WORD_OR_TWO if spoken in _OTHER_LETTERS else 0)


def other_language(text: str) -> str | None:
    """The likely code of the language of a text that is plainly in none of ours; `und` when only that is plain."""
    letters = _LETTER.findall(unicodedata.normalize("NFC", text).casefold())
    script = script_of(text)
    if len(letters) < _FEWEST or script is None:
        return None
    if script not in _OURS:
        return _SCRIPTS.get(script, UNKNOWN)
    if script == "ARABIC":
        return _in_arabic_script(letters)
    if script == "CYRILLIC":
        return UNKNOWN if _CYRILLIC & set(letters) else None
    return _in_latin_script(text)


def script_of(text: str) -> str | None:
    """The script of more than half of the letters, by its name in Unicode (`LATIN`, `ETHIOPIC`)."""
    names = [unicodedata.name(letter, "?").split()[0] for letter in _LETTER.findall(text)]
    counted = Counter(name.split("-")[0] for name in names).most_common(1)
    return counted[0][0] if counted and 2 * counted[0][1] > len(names) else None


def _in_arabic_script(letters: list[str]) -> str | None:
    foreign = [letter for letter in letters if any(letter in own for own in _ARABIC_SCRIPT.values())]
    sure = [letter for letter in foreign if letter not in _SOUNDS_OF_DIALECT]
    if len(sure) < _FEWEST:
        return None
    return next(code for code, own in _ARABIC_SCRIPT.items() if set(own) & set(sure))


def _in_latin_script(text: str) -> str | None:
    words = [word.replace("’", "'") for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold())]
    found = Counter({code: sum(word in known for word in words) for code, known in _KNOWN.items()})
    code, number = found.most_common(1)[0]
    marked = sum(bool(_MARKS & set(word)) for word in words)
    told = sum(word in _KNOWN[code] or bool(_MARKS & set(word)) for word in words)
    if max(number, marked) < _FEWEST or told < _SHARE * len(words):
        return None
    return code if number else UNKNOWN


_KNOWN = {code: frozenset(words.split()) for code, words in _EVERYDAY.items()}
