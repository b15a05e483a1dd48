"""Whether a model was trained from the sentences at hand. Kept apart from training, which takes a second to import."""

from pathlib import Path

from bot.understanding import embedding, model, training_data

_WITHOUT_SENSE = "words only:"


def model_is_current(nlu_dir: Path, model_path: Path) -> bool:
    """Whether the model was trained from just these sentences, with what this machine can do."""
    stored = model.stored_fingerprint(model_path)
    return stored is not None and stored in {
        mark(nlu_dir, with_embedding=True),
        *([] if embedding.embedder() else [mark(nlu_dir, with_embedding=False)]),
    }


def mark(nlu_dir: Path, *, with_embedding: bool) -> str:
    """What a model trained from these sentences remembers of them."""
    found = training_data.fingerprint(nlu_dir)
    return found if with_embedding else _WITHOUT_SENSE + found
