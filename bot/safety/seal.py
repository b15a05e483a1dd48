"""`python -m bot.safety.seal` writes the checksums of the crisis data after somebody has checked a change."""

from bot.safety.data import FOLDER, SEALS, sums


def seal() -> None:
    """Write the checksums of all data files beside them."""
    lines = [f"{digest}  {name}\n" for name, digest in sums().items()]
    (FOLDER / SEALS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    seal()
