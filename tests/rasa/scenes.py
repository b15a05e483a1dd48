"""The ten scenes the bot is played on Rasa, half of them about danger."""

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "conversations"
TEN = [
    FOLDER / f"{name}.txt"
    for name in (
        "fi/crisis_first", "fi/crisis_in_a_booking", "fi/child_in_crisis", "sv/crisis", "en/crisis",
        "fi/step_by_step", "fi/all_in_one_message", "fi/weekend_wish", "sv/book_a_call", "en/guidance",
    )
]  # fmt: skip
