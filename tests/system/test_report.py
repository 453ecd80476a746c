"""What is counted: every conversation once, whatever dies."""
import asyncio
import time

import msgpack
from rig.kills import keep_killing
from rig.load import QUESTIONS, run
from rig.processes import SLOW, eventually
from rig.seats import WISH, Seat, write


def all_of(report):
    return next((r for r in report["rows"] if r["name"] == "all"), {})


def test_counts_are_exact_while_engines_are_killed(rig):
    """Half are answered by the machine, half by a person, engines die all the while: begun, solved, transfers and times
    come out to the one."""
    rig.start_nats()
    engines = [rig.start_engine().wait_ready(), rig.start_engine().wait_ready()]
    count, kills = (200, 15) if SLOW else (30, 5)

    async def rate(nc, customer, conversation, stars):
        event = msgpack.packb({"id": "ended", "customer": customer, "data": {"conversation": conversation, "stars": stars}})
        end = time.monotonic() + 40
        while True:
            try:
                if msgpack.unpackb((await nc.request("event.alder.chat_ended", event, timeout=2)).data)["ok"]:
                    return
            except Exception as e:  # noqa: BLE001  whatever it is, it is sent again under the same id
                assert time.monotonic() < end, e
            await asyncio.sleep(0.1)

    async def go():
        async with Seat(rig.url, "anna") as anna:
            await anna.ask("join", capacity=20, without_beat=True)
            await anna.on_duty()
            done = asyncio.Event()
            killing = asyncio.ensure_future(keep_killing(engines, kills, done))
            for i in range(count):
                await write(anna.nc, f"ai-{i}", QUESTIONS[i % len(QUESTIONS)])
                c = await write(anna.nc, f"person-{i}", WISH)
                await anna.queued(c, within=40)
                await anna.settled(await anna.ask("take", conversation=c))
                await anna.settled(await anna.ask("say", conversation=c, text="Hello."))
                await anna.settled(await anna.ask("close", conversation=c))
                if i % 3 == 0:  # comes back at once: one more, and the first was opened again
                    await write(anna.nc, f"person-{i}", QUESTIONS[0])
            done.set()
            return await killing
    killed = run(go())
    for e in engines:
        e.wait_ready()
    again = len(range(0, count, 3))

    def whole():
        code, report = rig.cli("report", "-t", "alder")
        assert code in (0, 1), report
        return code == 0 and all_of(report).get("begun") == 2 * count + again and report
    report = eventually(lambda: rig.cli("report", "-t", "alder"), whole, 40)
    row = all_of(report)
    print(f"{count} of either kind, {killed} kills: {row}")
    assert (row["ai"], row["person"]) == (count + again, count), row
    assert (row["open"], row["handed"], row["left"], row["blocked"]) == (0, 0, 0, 0)
    assert row["reopened"] == again
    assert row["transfers"] == row["waits"] == row["first_responses"] == row["handled"] == count
    assert report["reasons"] == [{"reason": "asked_for_person", "queue": "main", "transfers": count}]
    code, said = rig.cli("verify")
    assert code == 0, said


def test_ratings_and_what_customers_say_of_answers(rig):
    rig.start_nats()
    rig.start_engine().wait_ready()

    async def go():
        async with Seat(rig.url, "bea") as bea:
            async def event(kind, customer, body, event_id):
                data = msgpack.packb({"id": event_id, "customer": customer, "data": body})
                assert msgpack.unpackb((await bea.nc.request(f"event.alder.{kind}", data, timeout=5)).data)["ok"]
            ask = msgpack.packb({"id": "1", "text": QUESTIONS[0], "customer": "carl"})
            said = msgpack.unpackb((await bea.nc.request("say.alder.kiosk.carl", ask, timeout=5)).data)
            c = said["conversation"]
            await event("answer_rated", "carl", {"conversation": c, "reply": "x", "right": True}, "rated:x")
            await event("answer_rated", "carl", {"conversation": c, "reply": "x", "right": True}, "rated:x")  # counts once
            await event("answer_rated", "carl", {"conversation": c, "reply": "y", "right": False}, "rated:y")
            await event("chat_ended", "somebody", {"conversation": c, "stars": 1}, "ended")  # it is not theirs
            eventually("the conversation", lambda: rig.cli("conversations", "show", c, "-t", "alder")[0] == 0)
            await event("chat_ended", "carl", {"conversation": c, "stars": 4}, "ended")
    run(go())
    row = eventually(lambda: rig.cli("report", "-t", "alder"), lambda: (r := all_of(rig.cli("report", "-t", "alder")[1])).get(
        "rated_ai") and r["answers_wrong"] and r)
    assert (row["rated_ai"], row["stars_ai"], row["answers_right"], row["answers_wrong"]) == (1, 4, 1, 1)
    assert rig.cli("report", "-t", "nobody")[1]["rows"] == []


def test_counts_outlive_the_log_and_the_node(rig):
    """The log is cut, and the node that counted is gone with its store: another one knows."""
    rig.start_nats()
    engine = rig.start_engine({"STEWARD_LOG_KEEP": "20"}).wait_ready()

    async def go():
        async with Seat(rig.url, "x") as x:
            for i in range(60):
                for n in range(12):
                    await write(x.nc, f"p{i}", QUESTIONS[n % len(QUESTIONS)])
    run(go())
    eventually("all are counted", lambda: all_of(rig.cli("report", "-t", "alder")[1]).get("ai") == 60)
    eventually("the log is cut", lambda: "partition cut its log" in engine.log(), 30)
    engine.kill()
    fresh = rig.start_engine({"STEWARD_LOG_KEEP": "20"}).wait_ready()  # its store has nothing
    eventually("it knows them", lambda: all_of(rig.cli("report", "-t", "alder")[1]).get("ai") == 60)
    assert fresh.alive()
