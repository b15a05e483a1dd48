"""From asking for a person to the end of it; nobody holds a chat with another, nobody is left waiting."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.database import Database
from bot.live_chat import changing, reading
from bot.live_chat.chat import Ending, Line, NotYours, Saved, State, Taken, TakenBy, Taker, Taking
from bot.reach import EVERYWHERE, Reach
from tests.live_chat.scenes import AINO, NOW, VEIKKO, asked, chat_of, taken

MINUTE = timedelta(minutes=1)


def lines(database: Database, chat_id: str, after: int = 0) -> list[Line]:
    return database.read_now(lambda session: reading.lines(session, chat_id, after=after))


def _says(chat_id: str, number: int, session: Session) -> object:
    return changing.say(session, chat_id, AINO, f"a{number}", str(number), now=NOW)


def _writes(chat_id: str, number: int, session: Session) -> object:
    return changing.pass_on(session, chat_id, f"p{number}", now=NOW)


def test_of_twenty_who_take_it_at_once_one_has_it_and_the_others_learn_who(database: Database) -> None:
    chat_id = asked(database)
    takers = [Taker(f"t{number}", f"Ohjaaja{number} Sukunimi", EVERYWHERE) for number in range(20)]
    start, given = threading.Barrier(len(takers)), dict[str, Taking]()

    def run(taker: Taker) -> None:
        start.wait()
        given[taker.id] = database.write_now(lambda s: changing.take(s, chat_id, taker, now=NOW))

    threads = [threading.Thread(target=run, args=(taker,)) for taker in takers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = chat_of(database, chat_id).holder
    assert [taker for taker, answer in given.items() if answer == Taken()] == [winner]
    name = chat_of(database, chat_id).holder_name
    assert [answer for answer in given.values() if answer == TakenBy(name or "")] == [
        TakenBy(name or "")
    ] * 19
    assert [line.response for line in lines(database, chat_id)] == ["utter_person_joined"]


def test_lines_written_by_both_at_once_are_numbered_without_a_gap(database: Database) -> None:
    chat_id = taken(database)
    start = threading.Barrier(2)

    def staff() -> None:
        start.wait()
        for number in range(15):
            database.write_now(partial(_says, chat_id, number))

    def family() -> None:
        start.wait()
        for number in range(15):
            database.write_now(partial(_writes, chat_id, number))

    threads = [threading.Thread(target=staff), threading.Thread(target=family)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = lines(database, chat_id)
    assert [line.number for line in found] == list(range(1, 32))
    assert [line.text for line in found if line.author == "staff"] == [f"a{number}" for number in range(15)]
    assert [line.text for line in found if line.author == "family"] == [f"p{number}" for number in range(15)]


def test_a_line_sent_twice_is_kept_once(database: Database) -> None:
    chat_id = taken(database)
    first = database.write_now(lambda s: changing.say(s, chat_id, AINO, "Hei", "m1", now=NOW))
    again = database.write_now(lambda s: changing.say(s, chat_id, AINO, "Hei", "m1", now=NOW))
    assert first == again == Saved(2)
    assert [(line.text, line.name) for line in lines(database, chat_id, after=1)] == [("Hei", "Aino")]


def test_only_the_holder_writes_and_gives_back(database: Database) -> None:
    chat_id = taken(database)
    assert database.write_now(lambda s: changing.say(s, chat_id, VEIKKO, "Hei", "m1", now=NOW)) == NotYours()
    refused = database.write_now(lambda s: changing.give_back(s, chat_id, VEIKKO, Ending.ENDED, now=NOW))
    assert refused == NotYours()
    assert database.write_now(lambda s: changing.take(s, chat_id, VEIKKO, now=NOW)) == TakenBy("Aino Lehtola")
    assert chat_of(database, chat_id).state is State.HELD


@pytest.mark.parametrize(("minutes", "state"), [(1.9, State.WAITING), (2, State.BACK)])
def test_what_nobody_takes_comes_back_after_two_minutes(
    database: Database, minutes: float, state: State
) -> None:
    chat_id = asked(database)
    later = NOW + minutes * MINUTE
    database.write_now(lambda s: changing.return_left_alone(s, later))
    assert chat_of(database, chat_id).state is state
    assert [line.response for line in lines(database, chat_id)] == ["utter_person_nobody"] * (
        state is State.BACK
    )


def test_a_taker_without_a_sign_for_five_minutes_gives_it_back_and_one_with_signs_does_not(
    database: Database,
) -> None:
    gone, there = taken(database, conversation="g" * 64), taken(database, conversation="t" * 64)
    assert database.write_now(lambda s: changing.show_sign(s, there, AINO, now=NOW + 4 * MINUTE))
    assert not database.write_now(lambda s: changing.show_sign(s, there, VEIKKO, now=NOW + 4 * MINUTE))
    assert database.write_now(lambda s: changing.return_left_alone(s, NOW + 5 * MINUTE)) == 1
    assert (chat_of(database, gone).ending, chat_of(database, there).state) == (Ending.TAKER_GONE, State.HELD)
    assert lines(database, gone)[-1].values == {"person": "Aino"}


def test_replicas_turn_a_chat_back_once(database: Database) -> None:
    chat_id = asked(database)
    returned: list[int] = []
    start = threading.Barrier(6)

    def run() -> None:
        start.wait()
        returned.append(database.write_now(lambda s: changing.return_left_alone(s, NOW + 3 * MINUTE)))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(returned) == [0] * 5 + [1]
    assert len(lines(database, chat_id)) == 1


def test_asking_again_goes_on_in_the_same_chat_and_asking_twice_changes_nothing(database: Database) -> None:
    chat_id = taken(database)
    assert asked(database) == chat_id
    assert chat_of(database, chat_id).holder == AINO.id
    database.write_now(lambda s: changing.give_back(s, chat_id, AINO, Ending.HANDED_BACK, now=NOW))
    assert asked(database, need="grief") == chat_id
    again = chat_of(database, chat_id)
    assert (again.state, again.need, again.last) == (State.WAITING, "grief", 2)


def test_danger_told_in_the_chat_marks_it_but_for_nobody_of_another_area(database: Database) -> None:
    chat_id = asked(database)
    database.write_now(
        lambda s: changing.pass_on(s, chat_id, "apua", now=NOW, urgency="immediate", category="violence_now")
    )
    database.write_now(lambda s: changing.pass_on(s, chat_id, "hei", now=NOW))
    chats = database.read_now(lambda s: reading.open_chats(s, EVERYWHERE))
    assert [chat.category for chat in chats] == ["violence_now"]
    assert database.read_now(lambda s: reading.open_chats(s, Reach.only("kangasala"))) == []
    assert database.read_now(lambda s: reading.find(s, chat_id, Reach.only("kangasala"))) is None
    assert [line.urgency for line in lines(database, chat_id)] == ["immediate", "none"]


def test_words_are_kept_sealed_and_go_after_a_day_or_at_once(database: Database) -> None:
    chat_id = taken(database)
    database.write_now(lambda s: changing.say(s, chat_id, AINO, "salainen sana", "m1", now=NOW))
    with database.engine.connect() as connection:
        boxes = connection.scalars(text("SELECT box FROM live_chat_line")).all()
    assert not any(b"salainen" in bytes(box) for box in boxes)
    assert database.write_now(lambda s: changing.forget_old(s, NOW + timedelta(hours=23))) == 0
    assert database.write_now(lambda s: changing.forget_old(s, NOW + timedelta(hours=25))) == 1
    assert lines(database, chat_id) == []
    again = taken(database)
    database.write_now(lambda s: changing.erase(s, "c" * 64))
    assert lines(database, again) == []


def test_a_look_notices_every_change_and_another_only_who_waits_and_who_has_whom(database: Database) -> None:
    chat_id = taken(database)
    before = database.read_now(reading.revision), database.read_now(reading.standing)
    database.write_now(lambda s: changing.pass_on(s, chat_id, "hei", now=NOW))
    after = database.read_now(reading.revision), database.read_now(reading.standing)
    assert before[0] != after[0]
    assert before[1] == after[1]
    database.write_now(lambda s: changing.give_back(s, chat_id, AINO, Ending.ENDED, now=NOW))
    assert database.read_now(reading.standing) != after[1]
