"""Number words that people write: Finnish in every case and as spoken, Swedish, English and a few others."""

from functools import cache

from bot.understanding.letters import fold

_FINNISH = {
    1: "yksi yks|yhden yhen|yhdelta yhelta yhelt|yhdesta yhesta|yhteen|yhta yhtä",
    2: "kaksi kaks|kahden kahen kaheen|kahdelta kahelta kahelt|kahdesta kahesta kahest|kahteen|kahta",
    3: "kolme kol|kolmen|kolmelta kolmelt|kolmesta kolmest|kolmeen|kolmea kolmee",
    4: "neljä nel|neljän|neljältä neljält|neljästä neljäst|neljään|neljää",
    5: "viisi viis|viiden viien|viideltä viieltä viielt|viidestä viiestä viiest|viiteen|viittä viit",
    6: "kuusi kuus|kuuden kuuen|kuudelta kuuelta kuuelt|kuudesta kuuesta|kuuteen|kuutta",
    7: "seitsemän seittemän seittemä|seitsemän|seitsemältä seittemältä seittemält"
    "|seitsemästä seittemästä|seitsemään seittemään|seitsemää seittemää",
    8: "kahdeksan kaheksan kaheksa|kahdeksan|kahdeksalta kaheksalta kaheksalt"
    "|kahdeksasta kaheksasta|kahdeksaan kaheksaan|kahdeksaa kaheksaa",
    9: "yhdeksän yheksän yheksä|yhdeksän|yhdeksältä yheksältä yheksält"
    "|yhdeksästä yheksästä|yhdeksään yheksään|yhdeksää yheksää",
    10: "kymmenen kymppi|kympin|kymmeneltä kymmenelt kympiltä"
    "|kymmenestä kympistä|kymmeneen kymppiin|kymmentä kymppiä",
}  # fmt: skip
"""Each number's nominative, genitive, ablative (at two), elative (from two), illative (to two), partitive (before)."""
_CASES = "ngbeip"
_TEENS = ("toista", "toist")
_OTHERS = {
    1: "ett en one",
    2: "två tva two couple pari parin paria par",
    3: "tre three muutaman muutama några nagra",
    4: "fyra four",
    5: "fem five",
    6: "sex six",
    7: "sju seven",
    8: "åtta eight",
    9: "nio nine",
    10: "tio ten",
    11: "elva eleven",
    12: "tolv twelve",
    13: "tretton thirteen",
    14: "fjorton fourteen",
    15: "femton fifteen",
    16: "sexton sixteen",
    17: "sjutton seventeen",
    18: "arton eighteen",
    19: "nitton nineteen",
    20: "kaksikymmentä tjugo twenty",
}
_NEIGHBOURS = {
    1: "üks ühe ühte один одна одного одну першій першої першу першою الواحدة واحدة kow hal kowda",
    2: "kahe kahte kaheks два двух двум две дві двох двумя другій другої другу другою второй второго اثنين اثنتين"
    " الثانية laba labada",
    3: "kolm kolmeks три трех трём трьох тремя третій третьої третю третьою третьей третьего ثلاثة ثلاث الثالثة saddex"
    " saddexda",
    4: "neli nelja neljaks четыре четырех четырьмя чотири чотирьох четвертій четвертої четверту четвертою"
    " четвертого أربعة أربع الرابعة afar afarta",
    5: "viie viit viieks пять пяти пятью п'ять п'яти п'ятій п'ятої п'яту п'ятою пятого خمسة خمس الخامسة shan shanta",
    6: "kuue kuut шесть шести шестью шість шостій шостої шосту шостою шестого ستة ست السادسة lix lixda",
    7: "seitse seitsme seitset семь семи семью сім сьомій сьомої сьому сьомою седьмого سبعة سبع السابعة toddoba"
    " toddobada todobada",
    8: "kaheksat восемь восьми восемью вісім восьмій восьмої восьму восьмою восьмого ثمانية ثماني الثامنة sideed"
    " sideedda siddeed",
    9: "üheksa üheksat üheksaks девять девяти девятью дев'ять дев'яти дев'ятій дев'ятої дев'яту дев'ятою девятого تسعة"
    " تسع التاسعة sagaal sagaalka",
    10: "kümme kümne kümmet kümneks десять десяти десятью десятій десятої десяту десятою десятого عشرة عشر العاشرة"
    " toban tobanka tobnaad",
    11: "üksteist одиннадцать одиннадцати одинадцять одинадцятій одинадцятої одинадцяту",
    12: "kaksteist kaheteist двенадцать двенадцати дванадцять дванадцятій дванадцятої дванадцяту",
}
"""Russian, Ukrainian, Estonian, Arabic and Somali, with the ordinals by which hours are told."""

_ESTONIAN = {
    1: "ühest|üheni", 2: "|kaheni", 3: "kolmest|kolmeni", 4: "neljast|neljani", 5: "viiest|viieni",
    6: "kuuest|kuueni", 7: "seitsmest|seitsmeni", 8: "kaheksast|kaheksani", 9: "üheksast|üheksani",
    10: "kümnest|kümneni", 11: "üheteistkümnest|üheteistkümneni", 12: "kaheteistkümnest|kaheteistkümneni",
}  # fmt: skip
"""Estonian hours from which and until which: read as the Finnish elative and illative are."""


@cache
def number_words() -> dict[str, tuple[int, str]]:
    """Folded word → its number and its case: n(ominative), g, b (ablative), e(lative), i(llative), p(artitive)."""
    found: dict[str, tuple[int, str]] = {}
    for number, listed in _FINNISH.items():
        for case, forms in zip(_CASES, listed.split("|"), strict=True):
            for form in map(fold, forms.split()):
                found.setdefault(form, (number, case))
                if number < 10:  # noqa: PLR2004  (one to nine make eleven to nineteen)
                    for ending in _TEENS:
                        found.setdefault(form + ending, (number + 10, case))
    for number, listed in (*_OTHERS.items(), *_NEIGHBOURS.items()):
        for form in map(fold, listed.split()):
            found.setdefault(form, (number, "n"))
    for number, listed in _ESTONIAN.items():
        for case, form in zip("ei", map(fold, listed.split("|")), strict=True):
            found.setdefault(form, (number, case))
    return found
