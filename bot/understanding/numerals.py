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
    1: "üks ühe один одна одного одну першій الواحدة kow hal",
    2: "kahe два двух двум две дві двох другій второй اثنين الثانية laba",
    3: "kolm три трех трём трьох третій третьей ثلاثة الثالثة saddex",
    4: "neli nelja четыре четырех чотири чотирьох четвертій أربعة الرابعة afar",
    5: "viie пять пяти п'ять п'яти п'ятій خمسة الخامسة shan",
    6: "kuue шесть шести шість шостій ستة السادسة lix",
    7: "seitse seitsme семь семи сім сьомій سبعة السابعة toddoba",
    8: "восемь восьми вісім восьмій ثمانية الثامنة sideed",
    9: "üheksa девять девяти дев'ять дев'ятій تسعة التاسعة sagaal",
    10: "kümme kümne десять десяти десятій عشرة العاشرة toban",
    11: "üksteist одиннадцать одиннадцати одинадцять одинадцятій",
    12: "kaksteist двенадцать двенадцати дванадцять дванадцятій",
}
"""Russian, Ukrainian, Estonian, Arabic and Somali, with the ordinals by which hours are told."""


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
    return found
