"""Questions leave the drawing thread free; their answers come back as messages in its own thread."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass

from gum_tui.remote import CallFailed, Remote, Settled
from textual.app import App
from textual.message import Message

from gum.client import Client
from gum.errors import ClientError, RefusedError

NOWHERE = "http://127.0.0.1:9"


@dataclass
class Told(Message):
    words: str


class Receiver(App[None]):
    """Takes down what it is told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.threads: set[int] = set()
        self.settled_after: list[int] = []

    def on_told(self, message: Told) -> None:
        self.told.append(message.words)
        self.threads.add(threading.get_ident())

    def on_settled(self, _: Settled) -> None:
        self.settled_after.append(len(self.told))

    def on_call_failed(self, message: CallFailed) -> None:
        self.told.append(f"{message.lane}: {type(message.error).__name__}")


async def quiet(remote: Remote, receiver: Receiver, count: int) -> None:
    for _ in range(500):
        if not remote.busy and len(receiver.told) >= count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(receiver.told)


def test_of_questions_that_wait_only_the_newest_is_asked_and_overtaken_answers_are_dropped() -> None:
    gate, asked = threading.Event(), []

    def slow(_: Client) -> str:
        gate.wait(5)
        asked.append("slow")
        return "slow"

    def ask(words: str) -> str:
        asked.append(words)
        return words

    async def run() -> None:
        remote, receiver = Remote(Client(NOWHERE, "t")), Receiver()
        async with receiver.run_test() as pilot:
            remote.read(receiver, "search", slow, Told)
            await asyncio.sleep(0.05)
            for words in ("a", "ab", "abc"):
                remote.read(receiver, "search", lambda _, words=words: ask(words), Told)
            gate.set()
            await quiet(remote, receiver, 1)
            await pilot.pause()
            assert receiver.told == ["abc"]
            assert receiver.threads == {threading.get_ident()}
            remote.close()
        remote.client.close()

    asyncio.run(run())
    assert asked == ["slow", "abc"]


def test_changes_are_all_made_and_in_order() -> None:
    async def run() -> None:
        remote, receiver = Remote(Client(NOWHERE, "t")), Receiver()
        async with receiver.run_test() as pilot:
            for number in range(20):
                remote.change(receiver, lambda _, number=number: str(number), Told, lambda error: Told(str(error)))
            await quiet(remote, receiver, 20)
            await pilot.pause()
            assert receiver.told == [str(number) for number in range(20)]
            assert receiver.settled_after[-1] == 20
            remote.close()
        remote.client.close()

    asyncio.run(run())


def test_what_was_read_before_a_change_is_not_told_after_it() -> None:
    truth, reading, go_on = ["old"], threading.Event(), threading.Event()

    def read(_: Client) -> str:
        found = truth[0]
        reading.set()
        go_on.wait(5)
        return found

    def change(_: Client) -> str:
        truth[0] = "new"
        return "changed"

    async def run() -> None:
        remote, receiver = Remote(Client(NOWHERE, "t")), Receiver()
        async with receiver.run_test() as pilot:
            remote.read(receiver, "detail", read, Told)
            await asyncio.to_thread(reading.wait, 5)
            remote.change(receiver, change, Told, lambda error: Told(str(error)))
            await quiet_change(receiver)
            go_on.set()
            await quiet(remote, receiver, 2)
            await pilot.pause()
            assert receiver.told == ["changed", "new"]
            remote.close()
        remote.client.close()

    async def quiet_change(receiver: Receiver) -> None:
        while not receiver.told:
            await asyncio.sleep(0.01)

    asyncio.run(run())


def test_a_refusal_comes_back_as_a_message() -> None:
    def refuse(_: Client) -> str:
        raise RefusedError("Not so.", 409)

    async def run() -> None:
        remote, receiver = Remote(Client(NOWHERE, "t")), Receiver()
        async with receiver.run_test() as pilot:
            remote.read(receiver, "rows", refuse, Told)
            await quiet(remote, receiver, 1)
            remote.change(receiver, refuse, Told, lambda error: Told(f"refused: {error}"))
            await quiet(remote, receiver, 2)
            await pilot.pause()
            assert receiver.told == ["rows: RefusedError", "refused: Not so."]
            remote.close()
        remote.client.close()

    asyncio.run(run())


def test_no_daemon_is_a_message_too() -> None:
    async def run() -> None:
        remote, receiver = Remote(Client(NOWHERE, "t")), Receiver()
        async with receiver.run_test() as pilot:
            remote.read(receiver, "status", lambda client: str(client.status()), Told)
            await quiet(remote, receiver, 1)
            await pilot.pause()
            assert receiver.told == ["status: DaemonAbsentError"]
            remote.close()
        remote.client.close()

    asyncio.run(run())
    assert issubclass(RefusedError, ClientError)
