"""The written forms of an age: numbers in figures and words, and units."""

import re

from bot.understanding.letters import fold

_FINNISH = {
    "yksi yks yhden yhdeksi": 1, "kaksi kaks kahden kahen": 2, "kolme kolmi kolmen": 3, "nelja neli neljan": 4,
    "viisi viis viiden viien": 5, "kuusi kuus kuuden kuuen": 6, "seitseman seittemän seitteman seittema seiska": 7,
    "kahdeksan kaheksan kaheksa": 8, "yhdeksan yheksan yheksa": 9, "kasi": 8, "kymmenen kymmen kymppi": 10,
    "yksitoista ykstoista yhdentoista": 11, "kaksitoista kakstoista kahdentoista": 12, "kolmetoista kolmentoista": 13,
    "neljatoista neljantoista": 14, "viisitoista viistoista viidentoista": 15, "kuusitoista kuustoista": 16,
    "kuudentoista": 16,
    "seitsemantoista seittemantoista": 17, "kahdeksantoista": 18, "pari parin": 2,
}  # fmt: skip
_OTHERS = {
    "ett one": 1, "tva two": 2, "tre three kaks": 3, "fyra four": 4, "fem five": 5, "sex six": 6, "sju seven": 7,
    "atta eight": 8, "nio nine": 9, "tio ten": 10, "elva eleven": 11, "tolv twelve": 12, "tretton thirteen": 13,
    "fjorton fourteen": 14, "femton fifteen": 15, "sexton sixteen": 16, "sjutton seventeen": 17,
    "два две": 2, "три": 3, "чотири четыре": 4, "пять пʼять": 5, "шесть шість": 6, "семь сім": 7, "восемь вісім": 8,
    "двух дво": 2, "трех трьох": 3, "четырех чотирьох": 4, "пяти п'яти": 5, "шести": 6, "семи": 7, "восьми": 8,
    "девять девяти дев'ять дев'яти": 9, "десять десяти": 10, "одиннадцати одинадцяти": 11, "двенадцати дванадцяти": 12,
    "тринадцати тринадцяти": 13, "четырнадцати чотирнадцяти": 14, "пятнадцати п'ятнадцяти": 15,
    "kolm kolme": 3, "neli nelja": 4, "viis viie": 5, "kuue": 6, "seitse seitsme": 7, "kaheksa": 8, "üheksa": 9,
    "kümme kümne": 10, "üheteist üksteist": 11, "kaheteist kaksteist": 12, "kolmteist kolmeteist": 13,
    "neliteist neljateist": 14, "viisteist viieteist": 15, "kuusteist kuueteist": 16, "seitseteist": 17,
    "laba": 2, "saddex": 3, "afar": 4, "shan": 5, "lix": 6, "toddoba todoba": 7, "sideed siddeed": 8, "sagaal": 9,
    "toban": 10,
    "ثلاث ثلاثة": 3, "أربع أربعة": 4, "خمس خمسة": 5, "ست ستة": 6, "سبع سبعة": 7, "ثماني ثمانية ثمان": 8,
    "تسع تسعة": 9, "عشر عشرة": 10,
    "одинадцять одиннадцать": 11, "дванадцять двенадцать": 12, "тринадцять тринадцать": 13,
    "чотирнадцять четырнадцать": 14, "п'ятнадцять пятнадцать": 15, "шістнадцять шестнадцать": 16,
}  # fmt: skip
_NUMBERS: dict[str, int] = {}
for _forms in (_FINNISH, _OTHERS):
    for _listed, _value in _forms.items():
        for _word in _listed.split():
            _NUMBERS.setdefault(fold(_word), _value)

_ARABIC_TEENS = "احد اثنا ثلاث اربع خمس ست سبع ثمان تسع"
for _value, _word in enumerate(_ARABIC_TEENS.split(), 11):
    for _ending in ("", "ة", "ي", "ية"):
        for _ten in ("عشر", "عشرة"):
            _NUMBERS.setdefault(f"{_word}{_ending} {_ten}", _value)

_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True)).replace("|seitse|", "|seitse(?!man)|")
"""The Estonian seven is not the beginning of the Finnish one ("seitsemän henkeä" are no seven months)."""
_HALVES = r"(?:[\s-]*(?:ja|och|and)[\s-]*(?:puoli|puolen|puol|en halv|ett halvt|a[\s-]half)|½)"
_DECIMAL = r"(?:[.,](?:5|\d(?=\s?-?\s?(?:v|vuo|years?|ar\b|kk\b))))"
COUNT = rf"(?:\d{{1,2}}{_DECIMAL}?(?!\d){_HALVES}?|(?:{_WORDS})(?:{_HALVES})?)"
"""A number in figures or words, with a half if it has one."""

YEARS = (
    r"vuotia\w*|vuotis\w*|vuotinen|vuotine\w*|v(?:uo)?tias|v\.?|vee\w{0,3}|veet|vuotta vanha\w*"
    r"|vuoden (?:ika(?:i|ne|se)\w*|vanha\w*)|ikavuo\w+|kesainen"
    r"|vanha\b|vanhal\w*|ika(?:i|ne|se)\w*|arig\w*|aring\w*|ars? gam\w+|ar gam\w+|year[- ]?olds?|years?[- ]old\w*"
    r"|yrs?[- ]old\w*|y/?o\b|yo|y\.o\.?|yr[- ]?olds?|yrs? old"
    r"|летн\w+|лет\b|год(?:а|ик\w*|ов)?|рок[иі]в?|рік|рочк\w+|р\.|річ\w+|літ\b"
    r"|aastane|aastase\w*|aastas\w*|aastat vana\w*|سنوات|سنة|سنين|سنه|عاما?|اعوام"
    r"|jir\w*|sano jir\w*"
)
"""Units that are an age by themselves."""
YEARS_LOOSE = r"sano|sanno|vuotta|vuot|ar|years?|yrs?|aastat"
"""Units that are an age only beside a child: "4 vuotta" may be a marriage."""
MONTHS = (
    r"kk|kk:?n?\s?ikai\w*|kuukau\w+ (?:ikai\w*|vanha\w*)|kuukau(?:den|tta|tinen|tise\w*)|kuise\w*|kuinen"
    r"|kuista|kuist\w*|kuiset|kuisia"
    r"|man\.?|manad\w*(?: gam\w+)?|months?(?:[- ]old)?|mos?(?:[- ]old)?|mth\w*|месяц\w*|мес\.?|місяц\w*|міс\.?"
    r"|месячн\w+|місячн\w+|kuune|kuuse\w*|kuud vana\w*|شهور|أشهر|اشهر|شهرا|شهر|bilood(?!\s+ayaan)|bil(?: jir\w*)?"
)
MONTHS_LOOSE = r"kuud"
"""Months are an age only beside a child: "3 kuud" is also how long something took."""
WEEKS = (
    r"viikkoi?(?:nen|se\w*|sta|set)|viik(?:on|koa) (?:ikai\w*|vanha\w*)|vk(?::n)?\s?(?:ikai\w*|vanha\w*"
    r"|vauva\w*)|vkoinen"
    r"|veckor gam\w+|veckors?(?= (?:bebis|baby))|weeks?[- ]old|wk[- ]old"
)
WEEKS_LOOSE = r"viikkoa|vkoa|vko|vk|veckor|weeks?|wks?|недел\w+|тижн\w+|nadalat?|nadalane|أسابيع"
"""Weeks are an age only beside a baby."""
ONE_AND_A_HALF = re.compile(
    r"\b(?:puolitoistavuotia\w*|puolentoista vuoden|puolitoista vuotta|puoltoista ?v\w*|puolitoista ?v\w*"
    r"|halvtannatars\w*|ett och ett halvt ar|one and a half(?: years?(?: old)?)?|a year and a half"
    r"|полтора года|полуторагодовал\w+|півтора рок[иу]|poolteist aastat|pooleteiseaasta\w+|poolteiseaasta\w+"
    r"|سنة ونصف|سن[هة] ونص|sanad iyo (?:bar|badh))\b"
)
BABY_AGE = 0.5
"""What "vauva" is taken for when no age is told, in years."""


def number(written: str) -> float:
    """A number of `COUNT` as a decimal: "2,5", "kolme", "kaksi ja puoli"."""
    half = 0.5 if re.search(_HALVES, written) else 0.0
    plain = re.sub(_HALVES, "", written).strip()
    return (float(plain.replace(",", ".")) if plain[0].isdigit() else float(_NUMBERS[plain])) + half
