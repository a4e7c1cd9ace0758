"""Short questions take turns on the event loop, and it does what else is due in between."""

import asyncio

import pytest
from fastapi.testclient import TestClient

from web.app import create_app
from web.questions import Asked
from web.settings import Settings
from web.turns import Turns, is_short, turns


def test_between_two_questions_the_loop_does_what_else_is_due():
    done: list[str] = []

    async def other() -> None:
        await asyncio.sleep(0)
        done.append("health")

    async def all_at_once() -> None:
        taken = Turns()
        works = [taken.take(lambda n=n: done.append(f"question {n}")) for n in range(3)]
        await asyncio.gather(*works, other())

    asyncio.run(all_at_once())
    assert done.index("health") <= 1
    assert [each for each in done if each != "health"] == ["question 0", "question 1", "question 2"]


def test_who_waits_for_a_turn_is_counted_until_it_was_taken():
    async def counted() -> list[int]:
        taken = Turns()
        counts: list[int] = []
        works = [taken.take(lambda: counts.append(taken.waiting)) for _ in range(3)]
        await asyncio.gather(*works)
        return [*counts, taken.waiting]

    assert asyncio.run(counted()) == [3, 2, 1, 0]


def test_a_question_that_fails_leaves_its_turn_to_the_next():
    async def failing() -> int:
        taken = Turns()
        with pytest.raises(ZeroDivisionError):
            await taken.take(lambda: 1 // 0)
        return await taken.take(lambda: taken.waiting)

    assert asyncio.run(failing()) == 1


def test_every_loop_has_turns_of_its_own():
    async def own() -> Turns:
        assert turns() is turns()
        return turns()

    assert asyncio.run(own()) is not asyncio.run(own())


def test_long_questions_do_not_hold_up_the_loop():
    assert is_short(Asked("tea or coffee?", history=("tea?",)))
    assert not is_short(Asked("tea " * 200))
    assert not is_short(Asked("and tea?", history=("coffee " * 100,)))


def test_with_too_many_waiting_links_are_sent_back_as_well(drinks):
    client = TestClient(create_app(Settings(drinks, waiting=0)))
    assert client.get("/ask?q=tea").status_code == 503


@pytest.mark.parametrize("question", ["is tea good?", "is tea good? " * 40])
def test_short_and_long_questions_are_answered_alike_by_link_and_by_body(client, question):
    by_link = client.get("/ask", params={"q": question})
    by_body = client.post("/ask", json={"question": question})
    assert by_link.status_code == by_body.status_code == 200
    assert by_link.content == by_body.content
