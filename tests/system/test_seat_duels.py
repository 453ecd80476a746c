"""Two people reach for each conversation while engines are killed: exactly one of them gets it, both are told, nobody is lost."""
import asyncio
import os
import time
from collections import Counter

from rig.invariants import verify
from rig.kills import keep_killing
from rig.load import run
from rig.processes import SLOW
from rig.seats import WISH, Seat, write

# Conversations, kills, pairs of people. STEWARD_DUELS=10000 is the whole of what is promised; it takes some five minutes.
MANY = int(os.environ.get("STEWARD_DUELS", "0"))
COUNT, KILLS, PAIRS = (MANY, 50, 6) if MANY else (200, 12, 1) if SLOW else (40, 4, 1)
AT_ONCE = 8  # of a pair; what all pairs reach for at a time fits the queue's head


def test_two_reach_for_each_while_engines_are_killed(rig):
    rig.start_nats()
    engines = [rig.start_engine().wait_ready(), rig.start_engine().wait_ready()]
    decided, won = [], Counter()

    async def reach(seat, conversations):
        """For all in one breath; then what came of each."""
        for ack in [await seat.ask("take", conversation=c) for c in conversations]:
            got = await seat.settled(ack)
            c = got["conversation"]
            if got["kind"] == "lost":
                continue
            assert got["kind"] == "began", got
            assert (await seat.settled(await seat.ask("say", conversation=c, text=f"Hello from {seat.name}")))["kind"] == "said"
            assert (await seat.settled(await seat.ask("close", conversation=c, code="done")))["kind"] == "ended"
            decided.append(c)

    async def pair(n):
        async with Seat(rig.url, f"anna{n}", patience=90) as anna, Seat(rig.url, f"ben{n}", patience=90) as ben:
            for s in (anna, ben):
                await s.ask("join", capacity=20, without_beat=True, name=s.name.title())
                await s.on_duty(60)
            mine = range(n, COUNT, PAIRS)
            for first in range(0, len(mine), AT_ONCE):
                some = [await write(anna.nc, f"k{i}", WISH) for i in mine[first:first + AT_ONCE]]
                for c in some:
                    await anna.queued(c, 60)
                await asyncio.gather(reach(anna, some), reach(ben, some[::-1]))
            for s in (anna, ben):
                await s.follow()
                won.update(i["conversation"] for i in s.items if i["kind"] == "began")
                assert not (await s.ask("me")).get("held")
            assert (await anna.ask("queue"))["waiting"] <= (PAIRS - 1) * AT_ONCE

    async def go():
        done = asyncio.Event()
        killing = asyncio.ensure_future(keep_killing(engines, KILLS, done, lambda n: len(decided) * KILLS >= n * COUNT, 3 if MANY else 0.7))
        await asyncio.gather(*(pair(n) for n in range(PAIRS)))
        done.set()
        return await killing

    began = time.monotonic()
    killed = run(go())
    print(f"{COUNT} conversations, {killed} kills, {time.monotonic() - began:.0f} s: {len(won)} won, winners each {set(won.values())}")
    assert len(won) == len(set(decided)) == COUNT and set(won.values()) == {1}
    for e in engines:
        e.wait_ready()
    code, said = verify(rig)
    assert code == 0, said
