"""A customer is forgotten: no file of an engine or of NATS holds a word of theirs a minute later; everybody else's stay."""
import asyncio
import signal
import time

import msgpack
import pytest
from rig.invariants import assert_sound, verify
from rig.load import Load, run
from rig.processes import eventually, nats_binaries
from rig.seats import WISH, Seat, write

OF_ANNA = [f"planted{n:02d}zebra" for n in range(20)]
OF_BERT = [f"stays{n:02d}walrus" for n in range(6)]


def holds(rig, words, logs=True):
    """Which of these words stand in which files: as they are, and as UTF-16."""
    found = {}
    for p in rig.all:
        for f in p.folder.rglob("*"):
            if not f.is_file() or f.name == "LOCK" or (not logs and f.suffix in (".out", ".err")):
                continue
            data = f.read_bytes()
            for w in words:
                if w.encode() in data or w.encode("utf-16-le") in data:
                    found.setdefault(w, []).append(str(f.relative_to(rig.folder)))
    return found


def gone(rig, within=5):
    eventually(lambda: holds(rig, OF_ANNA), lambda: not holds(rig, OF_ANNA), within)


async def request(nc, subject, **fields):
    ack = msgpack.unpackb((await nc.request(subject, msgpack.packb(fields), timeout=10)).data, raw=False)
    assert ack["ok"], ack
    return ack


async def say(nc, peer, text, customer, message_id, channel="kiosk"):
    return (await request(nc, f"say.alder.{channel}.{peer}", id=message_id, text=text, customer=customer))["conversation"]


async def plant(url, who, words, seat_name):
    """Words of a customer wherever they can get to. The chat on the web is left with a person, the other is closed."""
    w = iter(words)
    async with Seat(url, seat_name) as seat:
        nc = seat.nc
        kiosk = await say(nc, who, f"{WISH} {next(w)}", who, f"{who}-1")  # first words, and a handover summary
        await say(nc, who, f"my address is {next(w)}@example.org", who, f"{who}-2")
        await seat.ask("join", capacity=5, without_beat=True, name=seat_name.title())
        await seat.on_duty()
        await seat.queued(kiosk)
        assert (await seat.settled(await seat.ask("take", conversation=kiosk)))["kind"] == "began"
        await say(nc, who, f"one more thing: {next(w)}", who, f"{who}-3")
        await seat.settled(await seat.ask("say", conversation=kiosk, text=f"I see, {next(w)}"))
        await seat.settled(await seat.ask("note", conversation=kiosk, text=f"careful: {next(w)}"))
        await request(nc, "event.alder.order_shipped", id=f"{who}-e1", customer=who, data={"order": next(w)})
        for i, word in enumerate(w):
            if i % 3 == 0:
                await say(nc, who, f"again {word}", who, f"{who}-more{i}")
            elif i % 3 == 1:
                await request(nc, "event.alder.chat_rated", id=f"{who}-r{i}", customer=who, data={"text": word, "stars": 2})
            else:
                await seat.settled(await seat.ask("note", conversation=kiosk, text=word))
        web = await say(nc, f"{who}-web", f"{WISH} {words[0]}", who, f"{who}-w1", channel="web")
        await seat.queued(web)
        assert (await seat.settled(await seat.ask("take", conversation=web)))["kind"] == "began"
        await seat.ask("draft", conversation=web, text=f"dear {words[1]}")
        await seat.settled(await seat.ask("close", conversation=kiosk, code="done"))
    return kiosk, web


@pytest.mark.parametrize("binary", nats_binaries(), ids=str)
def test_no_file_holds_the_words_of_who_was_forgotten(rig, binary):
    rig.start_nats(binary=binary)
    first, second = rig.start_engine().wait_ready(), rig.start_engine().wait_ready()
    # How many is the hash's affair: names of engines are drawn by lot.
    eventually(lambda: f"both own some: {rig.owned()}", lambda: rig.owned().get(first.node) and rig.owned().get(second.node), 40)

    async def both():
        return await asyncio.gather(plant(rig.url, "anna", OF_ANNA, "mia"), plant(rig.url, "bert", OF_BERT, "noah"))
    (kiosk, web), (berts, _) = run(both())
    # The other engine has everything too: it has owned each partition for a while.
    first.terminate()
    eventually("the second owns all", lambda: len(rig.owned().get(second.node, ())) == 16, 40)
    first.start().wait_ready()
    eventually(lambda: f"both own some: {rig.owned()}", lambda: rig.owned().get(first.node), 40)
    assert set(holds(rig, OF_ANNA)) == set(OF_ANNA)

    code, would = rig.cli("tenant", "forget", "anna", "-t", "alder", "--dry-run")
    assert code == 0 and would["receipt"]["conversations"] == 2 and would["receipt"]["erased"]["records"] > 20, would
    assert rig.cli("tenant", "forget", "nobody", "-t", "alder")[0] == 4
    began = time.monotonic()
    code, done = rig.cli("tenant", "forget", "anna", "-t", "alder", "--wait")
    took = time.monotonic() - began
    assert code == 0 and done["receipt"]["state"] == "done", done
    assert took < 60
    print(f"{binary}: forgotten in {took:.1f} s: {done['receipt']['erased']}, {done['receipt']['cleaned']}")
    gone(rig, within=60 - took)
    assert set(holds(rig, OF_BERT)) == set(OF_BERT)
    code, said = verify(rig)
    assert code == 0, said

    async def afterwards():
        async with Seat(rig.url, "mia") as mia, Seat(rig.url, "noah") as noah:
            assert not (await mia.ask("me")).get("held"), "the seat was told that it ended"
            assert (await noah.ask("me")).get("held"), "and another's goes on"
            assert await write(mia.nc, "anna", "what are your opening hours?") == kiosk
    run(afterwards())
    eventually("who comes again is answered", lambda: "opening hours" in str(rig.cli("conversations", "show", kiosk, "-t", "alder")))
    code, said = rig.cli("conversations", "show", berts, "-t", "alder")
    assert code == 0 and OF_BERT[2] in str(said)
    assert rig.cli("conversations", "replay", kiosk, "-t", "alder")[1]["matches"]

    # A restart of everything, and a takeover.
    for e in (first, second):
        e.terminate()
    rig.nats.terminate()
    rig.nats.start()
    first.start().wait_ready()
    second.start().wait_ready()
    first.kill()
    eventually("the second owns all", lambda: len(rig.owned().get(second.node, ())) == 16, 40)
    gone(rig)
    assert set(holds(rig, OF_BERT)) == set(OF_BERT)
    code, said = verify(rig)
    assert code == 0, said
    code, all_ = rig.cli("tenant", "forgotten")
    assert code == 0 and all_["receipts"][0]["receipt"] == done["receipt"]["receipt"]


STEPS = {"forget_told": 1, "forget_settled": 1, "forget_erasing": 7, "forget_erased": 1, "forget_cleaned": 1}


@pytest.mark.parametrize("step", STEPS)
def test_who_dies_in_the_middle_of_it(rig, step):
    """Under load; the engine that comes back, on the same folder, goes on with the order."""
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    rig.seed()
    run(plant(rig.url, "anna", OF_ANNA, "mia"))
    engine.terminate()
    with Load(rig.url, conversations=6, pause=0.05) as load:
        engine.start({"CRASH_AT": f"{step}:{STEPS[step]}"}).wait_ready()
        code, said = rig.cli("tenant", "forget", "anna", "-t", "alder")
        assert code == 0, said
        assert engine.wait(40) == -signal.SIGKILL, engine.log()[-2000:]
        engine.start().wait_ready()

        def done():
            code, said = rig.cli("tenant", "forgotten", said_receipt)
            return code == 0 and said["receipt"]["state"] == "done"
        said_receipt = said["receipt"]["receipt"]
        eventually("it is done", done, 60)
        count = load.count()
        eventually("accepted goes on", lambda: load.count() > count + 50)
    gone(rig)
    assert_sound(rig, load)
