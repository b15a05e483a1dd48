"""A language we do not write is told when it is plain, and none of our own sentences is taken for one."""

from pathlib import Path

import pytest

from bot.conversation.other_language import UNKNOWN, other_language
from bot.understanding import training_data

ROOT = Path(__file__).parents[2]
MEANT = {"español por favor"}
"""Words of another language among our sentences, which ask for that language."""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("فرزندم شب‌ها نمی‌خوابد و من خیلی خسته‌ام", "fa"),
        ("منداڵەکەم ناخەوێت", "ckb"),
        ("میرا بچہ نہیں سوتا", "ur"),
        ("我的孩子晚上不睡觉", "zh"),
        ("บุตรของฉันไม่นอน", "th"),
        ("मेरा बच्चा सोता नहीं है", UNKNOWN),
        ("ልጄ አይተኛም", UNKNOWN),
        ("Моја деца не спавају, треба ми помоћ", UNKNOWN),
        ("Mein Kind schläft nicht und ich bin sehr müde", "de"),
        ("Mon enfant ne dort pas, j'ai besoin d'aide", "fr"),
        ("Mi hijo no duerme, estoy muy cansada", "es"),
        ("Çocuğum uyumuyor, yardım lütfen", "tr"),
        ("Con tôi không ngủ, tôi rất mệt", "vi"),
        ("ez alîkarî dixwazim, zarokê min", "ku"),
    ],
)
def test_a_plain_other_language_is_told(text: str, code: str) -> None:
    assert other_language(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "?", "112", "050 123 4567", "moi", "José García", "Çelik", "café crème", "گاراج", "ok :)", "😭😭😭"],
)
def test_a_name_a_number_or_a_loan_word_is_no_language(text: str) -> None:
    assert other_language(text) is None


def test_none_of_our_own_sentences_is_taken_for_another_language() -> None:
    sentences = [one.text for one in training_data.load(ROOT / "nlu_data") if one.text not in MEANT]
    assert len(sentences) > 10_000
    assert [text for text in sentences if other_language(text)] == []
