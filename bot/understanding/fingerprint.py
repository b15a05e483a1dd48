"""Whether a model was trained from the sentences at hand. Kept apart from training, which takes a second to import."""

import hashlib
from pathlib import Path

from bot.safety.data import sealed
from bot.understanding import embedding, model, training_data

_WITHOUT_SENSE = "words only"


def model_is_current(nlu_dir: Path, model_path: Path) -> bool:
    """Whether the model was trained from just these sentences, with what this machine can do."""
    stored = model.stored_fingerprint(model_path)
    if stored is None:
        return False
    sense = embedding.mark()
    # A model made elsewhere with the embedding is as good here for what is left of it.
    return stored == mark(nlu_dir, sense) or (sense is None and stored.endswith(_sentences(nlu_dir)))


def mark(nlu_dir: Path, sense: str | None) -> str:
    """What a model trained from these sentences, with the embedder of this mark, remembers of them."""
    return f"{sense or _WITHOUT_SENSE}:{_sentences(nlu_dir)}"


def _sentences(nlu_dir: Path) -> str:
    """Of the sentences, and of the crisis rules, which tell those of them that may be danger from the others."""
    rules = "".join(
        digest for name, digest in sorted(sealed().items()) if name.startswith(("rules", "words"))
    )
    return hashlib.sha256(f"{training_data.fingerprint(nlu_dir)}{rules}".encode()).hexdigest()
