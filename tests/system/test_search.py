"""Past conversations are found by people on duty: soon, by the right tenant, and still after an engine's death."""
from rig.load import run
from rig.processes import eventually
from rig.seats import WISH, Seat, write


def test_words_are_found_everywhere_and_after_a_takeover(rig):
    rig.start_nats()
    first, second = rig.start_engine().wait_ready(), rig.start_engine().wait_ready()
    rig.push_tenant("birch")
    count = 40  # over all partitions

    async def talk():
        async with Seat(rig.url, "anna") as anna:
            await anna.ask("join", without_beat=True)
            await anna.on_duty()
            for i in range(count):
                await write(anna.nc, f"s{i}", f"the parrot number x{i}z is missing")
            await write(anna.nc, "elsewhere", "a parrot of another house", tenant="birch")
            await write(anna.nc, "talker", " ".join(f"w{i}" for i in range(780)) + " lastword")
            c = await write(anna.nc, "wisher", WISH)
            await anna.queued(c)
            await anna.settled(await anna.ask("take", conversation=c))
            await anna.settled(await anna.ask("say", conversation=c, text="Your umbrella is at the desk"))
            return c
    c = run(talk())

    def find(*words, tenant="alder", limit=100):
        code, found = rig.cli("seat", "search", *words, "-t", tenant, "-n", limit)
        return [f["row"]["conversation"] for f in found["found"]] if code == 0 else None

    eventually("all are found", lambda: len(find("parrots") or []) == count)
    eventually("another tenant's, too", lambda: len(find("parrot", tenant="birch") or []) == 1)
    eventually("the last word of a long message, too", lambda: len(find("lastword") or []) == 1)
    eventually("what a person said is found", lambda: find("umbrella") == [c])
    assert find("librarian", "umbrella") == [c]
    assert find("umbrella", "parrot") == []
    code, found = rig.cli("seat", "search", "x7z", "-t", "alder")
    assert code == 0 and found["found"][0]["snippet"] == "the parrot number x7z is missing" and found["found"][0]["row"]["peer"] == "s7"
    code, found = rig.cli("seat", "search", "parrot", "-t", "alder", "-n", "3")
    times = [f["time_ms"] for f in found["found"]]
    assert len(times) == 3 and found["more"] and times == sorted(times, reverse=True)
    for bad in ("x" * 300, " "):
        assert rig.cli("seat", "search", bad, "-t", "alder")[0] == 4
    # The other engine takes over what the first had: its archive comes from its store, and that from the log.
    first.kill()
    eventually("the other one finds them", lambda: len(find("parrot") or []) == count, 40)
    third = rig.start_engine().wait_ready()  # an engine without a store
    second.kill()
    eventually("so does one whose store is new", lambda: len(find("parrot") or []) == count and find("umbrella") == [c], 40)
    third.kill()
    third.start().wait_ready()
    eventually("and after its own death", lambda: len(find("parrot") or []) == count, 40)
