"""One customer who floods is told to slow down, and costs the others little."""
import asyncio
import time

import msgpack
from rig.invariants import assert_sound
from rig.load import Load, connect, run


async def flood(url, seconds, peer):
    nc = await connect(url)
    acks, until, n = [], time.monotonic() + seconds, 0
    try:
        while time.monotonic() < until:
            batch = [nc.request(f"say.strict.kiosk.{peer}", msgpack.packb({"id": f"m{n + i}", "text": "How do I renew a book?"}),
                                timeout=5) for i in range(10)]
            n += len(batch)
            acks += [msgpack.unpackb(m.data, raw=False) for m in await asyncio.gather(*batch)]
            await asyncio.sleep(0.02)
    finally:
        await nc.close()
    return acks


def median(values):
    return sorted(values)[len(values) // 2]


def test_flood(shared):
    """Windows with and without a flood in turn, each compared with the one before: what else the machine does falls on both.
    The figure with its goal of 1.10 is `scripts/bench flood`; here the flooder is a Python program on the same cores."""
    rig = shared
    rig.push_tenant("strict", messages_per_minute=60)
    ratios, acks = [], []
    for n in range(3):
        p50 = {}
        for name in ("calm", "flooded"):
            load = Load(rig.url, conversations=10, pause=0.1, name=f"{name}{n}")
            with load:
                if name == "flooded":
                    acks += run(flood(rig.url, 2, f"flooder{n}"))
                else:
                    time.sleep(2)
            assert_sound(rig, load)
            p50[name] = median(load.latencies()) * 1000
        ratios.append(p50["flooded"] / p50["calm"])
    refused = [a for a in acks if not a["ok"]]
    assert {a["error"]["code"] for a in refused} == {"overloaded"} and all(a["retry_after_ms"] > 0 for a in refused)
    assert len(refused) > len(acks) * 0.8 and len(acks) - len(refused) >= 30, (len(acks), len(refused))
    print(f"neighbours' p50 with a flood of {len(acks) / 6:.0f}/s: {', '.join(f'{r:.2f}' for r in ratios)} of the calm before it (goal 1.10)")
    assert median(ratios) < 1.6, ratios
