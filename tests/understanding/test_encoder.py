"""The encoder reads the package's file as plain data, and gives each text the same numbers however it is asked."""

from pathlib import Path

import numpy as np
import pytest

from bot.understanding import embedding, layers, packed
from bot.understanding.encoder import Encoder
from bot.understanding.pieces import Pieces


@pytest.fixture(scope="module")
def source() -> packed.Packed:
    file = packed.installed()
    assert file is not None
    return packed.read(file)


@pytest.fixture(scope="module")
def embed() -> embedding.Embedder:
    found = embedding.embedder()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("query: äidillä on vauva, apua", "▁que ry : ▁ä id illä ▁on ▁vauva , ▁apua"),
        ("  kaksi   väliä ", "▁kaksi ▁väli ä ▁"),
        ("ﬁ½", "▁fi 1⁄2"),
        ("", "▁"),
    ],
)
def test_a_text_is_cut_into_its_likeliest_pieces(source: packed.Packed, text: str, pieces: str) -> None:
    letters, edges = source.letters.tobytes(), source.offsets
    found = [letters[edges[one] : edges[one + 1]].decode() for one in Pieces(source).cut(text)]
    assert found == pieces.split(" ")


def test_a_letter_nobody_knows_is_an_unknown_piece(source: packed.Packed) -> None:
    assert source.unknown in Pieces(source).cut("\U000e0041")


def test_a_text_alone_and_among_others_is_the_same(embed: embedding.Embedder) -> None:
    texts = [
        "vauva ei nuku",
        "а",
        "my son refuses to go to school and nobody listens to us",
        "vauva ei nuku!",
    ]
    together, alone = embed(texts), np.concatenate([embed([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-4)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_what_means_the_same_is_near_in_any_language(source: packed.Packed) -> None:
    encoder = Encoder(source, layers.plain(source))
    finnish, english, other = encoder.encode(["vauva ei nuku", "the baby does not sleep", "rahat ovat loppu"])
    assert finnish @ english > max(finnish @ other, english @ other)


def test_a_longer_story_costs_no_more_than_its_first_part(embed: embedding.Embedder) -> None:
    assert np.allclose(embed(["vauva itkee " * 300]), embed(["vauva itkee " * 3000]), atol=1e-4)


def test_a_file_that_is_no_embedding_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "e5.bin"
    for content in (b"E5S1", b"nothing of the kind" * 100):
        broken.write_bytes(content)
        with pytest.raises(packed.PackedError):
            packed.read(broken)
