"""People on duty: who is told what, and what becomes of those who vanish."""
import asyncio
import time

import pytest
from rig.invariants import verify
from rig.load import run
from rig.processes import SLOW, eventually
from rig.seats import WISH, Seat, write


def test_a_conversation_from_wish_to_end(staffed):
    async def go():
        async with Seat(staffed.url, "cora") as cora, Seat(staffed.url, "dan") as dan:
            assert (await cora.settled(await cora.ask("join", name="Cora", without_beat=True)))["text"] == "available"
            await cora.on_duty()
            replies = await cora.nc.subscribe("reply.alder.kiosk.eve")
            c = await write(cora.nc, "eve", WISH)
            async def reply():
                import msgpack
                return msgpack.unpackb((await replies.next_msg(timeout=10)).data, raw=False)
            assert (await reply())["kind"] == "handover"
            assert (await reply())["text"] == "You are number 1 in line."
            view = await cora.queued(c)
            assert [r["conversation"] for r in view["rows"]] == [c] and view["rows"][0]["text"] == WISH
            began = await cora.settled(await cora.ask("take", conversation=c))
            assert began["kind"] == "began" and WISH in began["text"]
            joined = await reply()
            assert joined["by"] == "system" and joined["name"] == "Cora"
            # Only she may speak, and only who has seen the last word where that is asked for.
            assert (await dan.settled(await dan.ask("say", conversation=c, text="me too")))["kind"] == "refused"
            await cora.ask("say", conversation=c, text="Which book?")
            said = await reply()
            assert (said["by"], said["text"], said["name"]) == ("person", "Which book?", "Cora")
            await write(cora.nc, "eve", "the red one")
            assert (await cora.until("the customer's word", lambda i: i["kind"] == "message"))["text"] == "the red one"
            await cora.ask("note", conversation=c, text="probably the atlas")
            read = await cora.ask("read", conversation=c)
            await cora.until("the note", lambda i: i["kind"] == "noted")
            read = await cora.ask("read", conversation=c)
            assert read["notes"][0]["text"] == "probably the atlas" and "atlas" not in str(read["items"])
            assert read["row"]["seat"] == "cora"
            # Passed on to one person, who is asked first; and handed back to the machine.
            await dan.ask("join", name="Dan", without_beat=True)
            await dan.on_duty()
            assert (await cora.settled(await cora.ask("pass", conversation=c, seat="dan")))["kind"] == "ended"
            await dan.queued(c)
            assert (await dan.settled(await dan.ask("take", conversation=c)))["kind"] == "began"
            assert (await dan.settled(await dan.ask("back", conversation=c)))["kind"] == "ended"
            code, shown = staffed.cli("conversations", "show", c, "-t", "alder")
            assert code == 0 and shown["row"]["mode"] == "ai"
            for s in (cora, dan):
                await s.ask("home")
            assert (await cora.ask("me"))["is"] == "home"
    run(go())


def test_a_seat_vanishes_while_typing(staffed):
    """Its heartbeats stop: it gets nothing more, and comes back to what it holds."""
    async def go():
        async with Seat(staffed.url, "fred") as fred:
            await fred.ask("join")
            await fred.on_duty()
            c = await write(fred.nc, "gus", WISH)
            await fred.queued(c)
            await fred.settled(await fred.ask("take", conversation=c))
            await fred.ask("draft", conversation=c, text="I am just looking for")
            typing = await fred.nc.subscribe(f"typing.alder.{c}")
            await fred.ask("typing", conversation=c)
            await typing.next_msg(timeout=5)
        async with Seat(staffed.url, "fred") as fred:  # the same person, elsewhere, later
            lost = await fred.until("a word that it was lost", lambda i: i["text"] == "away: lost", 20)
            held = (await fred.ask("me"))["held"]
            assert [h["draft"] for h in held if h["conversation"] == c] == ["I am just looking for"]
            assert (await fred.settled(await fred.ask("available")))["text"] == "available"
            await fred.ask("close", conversation=c)
            await fred.ask("home")
            # Neither heartbeats nor typing stand in the log.
            assert [i["kind"] for i in fred.items if i["seq"] <= lost["seq"]] == ["signed", "began", "signed"]
    run(go())


def test_who_comes_and_reaches_at_once_is_not_refused(staffed):
    """The queue hears of a seat a moment after the seat itself: it asks before it refuses."""
    async def go():
        async with Seat(staffed.url, "tess", "away") as tess:
            for n in range(5):
                c = await write(tess.nc, f"ulf{n}", WISH, "away")
                await tess.queued(c)
                await tess.ask("join", without_beat=True)
                assert (await tess.settled(await tess.ask("take", conversation=c)))["kind"] == "began"
                await tess.settled(await tess.ask("close", conversation=c))
                await tess.settled(await tess.ask("home"))
    run(go())


def test_a_customer_who_ends_the_chat_ends_it_for_the_seat_too(staffed):
    import msgpack

    async def go():
        async with Seat(staffed.url, "vera") as vera:
            await vera.ask("join", without_beat=True)
            data = msgpack.packb({"id": "1", "text": WISH, "customer": "wim"})
            said = msgpack.unpackb((await vera.nc.request("say.alder.kiosk.wim", data, timeout=5)).data)
            c = said["conversation"]
            await vera.queued(c)
            await vera.settled(await vera.ask("take", conversation=c))

            async def ends(customer):
                event = {"id": "ended", "customer": customer, "data": {"conversation": c, "stars": 5}}
                assert msgpack.unpackb((await vera.nc.request("event.alder.chat_ended", msgpack.packb(event), timeout=5)).data)["ok"]
            await ends("somebody-else")
            await ends("wim")
            ended = await vera.until("its end", lambda i: i["kind"] == "ended")
            assert ended["conversation"] == c and ended["text"] == "customer_ended"
            assert staffed.cli("conversations", "show", c, "-t", "alder")[1]["row"]["mode"] == "closed"
            await vera.ask("home")
    run(go())


def test_the_place_is_renewed_while_one_waits_and_the_wait_is_learnt(staffed):
    """The page's feed reads where one stands; what the wait will be is told once twenty have been seen."""
    import json
    import urllib.request

    import msgpack

    def page(who):
        with urllib.request.urlopen(f"{staffed.all[-1].http}/v1/line/conversations/{who}/feed?from=1", timeout=10) as answer:
            return json.load(answer)

    async def go():
        async with Seat(staffed.url, "zoe", "line") as zoe:
            await zoe.ask("join", without_beat=True, capacity=20)
            await zoe.on_duty()
            waiting = []
            for i in range(3):
                waiting.append(await write(zoe.nc, f"line-{i}", WISH, "line", "web"))
                await zoe.queued(waiting[-1])
            eventually("the third's place", lambda: page("line-2").get("place") == 3)
            for c in waiting[:2]:
                await zoe.settled(await zoe.ask("take", conversation=c))
            eventually("two have gone", lambda: page("line-2").get("place") == 1)
            assert page("line-2")["mode"] == "waiting"
            await zoe.settled(await zoe.ask("take", conversation=waiting[2]))
            eventually("its turn", lambda: page("line-2")["mode"] == "person")
            replies = await zoe.nc.subscribe("reply.line.kiosk.*")
            for i in range(20):
                c = await write(zoe.nc, f"learnt-{i}", WISH, "line")
                await zoe.queued(c)
                await zoe.settled(await zoe.ask("take", conversation=c))
                await zoe.settled(await zoe.ask("close", conversation=c))
            view = await zoe.ask("queue")
            assert (view.get("from_s", 0), view["to_s"]) == (0, 60), view
            c = await write(zoe.nc, "line-9", WISH, "line", "web")
            eventually("place and wait on the page", lambda: (page("line-9").get("place"), page("line-9").get("to_s")) == (1, 60))
            await zoe.settled(await zoe.ask("take", conversation=c))
            await zoe.settled(await zoe.ask("close", conversation=c))
            said = []
            c = await write(zoe.nc, "told", WISH, "line")
            while not any("The wait is usually up to 1 minute." in s["text"] for s in said if s["peer"] == "told"):
                said.append(msgpack.unpackb((await replies.next_msg(timeout=10)).data, raw=False))
            assert not any("usually" in s["text"] for s in said if s["peer"] == "learnt-0")
            await zoe.queued(c)
    run(go())


DAY = 24 * 3600 * 1000


@pytest.mark.parametrize("off", [DAY, -DAY], ids=["ahead", "behind"])
def test_a_clock_off_by_a_day(rig, off):
    """An engine whose clock is wrong takes over: who waits can be taken, what was held back is said once, and it goes on with a
    right clock afterwards."""
    import msgpack
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    peers = iter("abcdef")

    async def waiting(seat):
        c = await write(seat.nc, f"off-{next(peers)}", WISH)
        await seat.queued(c)
        return c

    async def take(seat, c):
        assert (await seat.settled(await seat.ask("take", conversation=c)))["kind"] == "began"
        assert (await seat.settled(await seat.ask("say", conversation=c, text=f"Hello {c}")))["kind"] == "said"

    def again(**env):
        engine.terminate()
        engine.start(env).wait_ready()

    async def go():
        async with Seat(rig.url, "otto") as otto:
            replies = await otto.nc.subscribe("reply.alder.kiosk.off-a")
            await otto.ask("join", without_beat=True, capacity=20)
            await otto.on_duty()
            first, second = await waiting(otto), await waiting(otto)
            await take(otto, first)
            await otto.settled(await otto.ask("say", conversation=first, text="held back", for_ms=3_600_000))
            again(STEWARD_CLOCK_AHEAD_MS=str(off))
            await take(otto, second)
            third = await waiting(otto)
            await take(otto, third)
            assert (await otto.settled(await otto.ask("close", conversation=first)))["kind"] == "ended"
            again()
            await take(otto, await waiting(otto))
            assert len((await otto.ask("me"))["held"]) == 3
            said = []
            while "closed" not in (said and said[-1]["text"]):
                said.append(msgpack.unpackb((await replies.next_msg(timeout=10)).data, raw=False))
            assert len({s["id"] for s in said if s["text"] == "held back"}) == 1, said
    run(go())
    code, said = verify(rig)
    assert code == 0, said


def test_two_devices_of_one_person(staffed):
    """Both follow one feed; what one takes the other sees, and reaching twice loses nothing."""
    async def go():
        async with Seat(staffed.url, "hana") as desk, Seat(staffed.url, "hana") as phone:
            await desk.ask("join", without_beat=True)
            await desk.on_duty()
            c = await write(desk.nc, "ivo", WISH)
            await desk.queued(c)
            a, b = await asyncio.gather(desk.ask("take", conversation=c), phone.ask("take", conversation=c))
            began = await phone.until("it", lambda i: i["kind"] == "began")
            assert began["in_reply_to"] in (a["id"], b["id"])
            await phone.ask("say", conversation=c, text="from the phone")
            await desk.until("what the phone said", lambda i: i["kind"] == "said" and i["text"] == "from the phone")
            again = await desk.ask("say", conversation=c, text="once", id="same")
            again = await phone.ask("say", conversation=c, text="once", id="same")
            await desk.settled(again)
            await desk.settled(await desk.ask("close", conversation=c))
            await phone.follow()
            assert [i["text"] for i in phone.items if i["kind"] == "said"] == ["from the phone", "once"]
            assert not [i for i in phone.items if i["kind"] in ("lost", "refused")]
            await desk.ask("home")
    run(go())


def test_offers_are_missed_and_the_only_seat_goes_home(staffed):
    async def go():
        async with Seat(staffed.url, "jo", "offer") as jo:
            await jo.ask("join", without_beat=True, capacity=1)
            await jo.on_duty()
            c = await write(jo.nc, "kim", WISH, "offer")
            offer = await jo.until("an offer", lambda i: i["kind"] == "offer")
            assert offer["conversation"] == c and offer["until_ms"] > time.time() * 1000 and "room for 1" in offer["text"]
            away = await jo.until("two missed", lambda i: i["text"] == "away: missed", 25)
            assert [i["kind"] for i in jo.items if i["seq"] < away["seq"]].count("missed") == 2
            await jo.ask("available")
            await jo.until("another offer", lambda i: i["kind"] == "offer" and i["seq"] > away["seq"])
            await jo.settled(await jo.ask("home"))
            await jo.until("it is taken back", lambda i: i["kind"] == "withdrawn")
            view = await jo.ask("queue")
            assert view["waiting"] == 1 and not view.get("seats")
        async with Seat(staffed.url, "lea", "offer") as lea:
            await lea.ask("join", without_beat=True)
            await lea.on_duty()
            await lea.until("the one who waits", lambda i: i["kind"] == "offer")
            assert (await lea.settled(await lea.ask("accept", conversation=c)))["kind"] == "began"
            await lea.ask("home", reason="now")
            await lea.until("handed back", lambda i: i["kind"] == "ended")
            async def waits():
                return (await lea.ask("queue"))["waiting"]
            assert await waits() == 1
    run(go())


def test_a_feed_after_many_changes_is_gapless(staffed):
    changes = 2000 if SLOW else 300

    async def go():
        async with Seat(staffed.url, "mia", "away") as mia:
            await mia.ask("join", without_beat=True)
            await mia.on_duty()
            c = await write(mia.nc, "nora", WISH, "away")
            await mia.queued(c)
            await mia.settled(await mia.ask("take", conversation=c))
            seen = mia.next
            for i in range(0, changes, 20):  # twenty at a time
                await asyncio.gather(*(mia.ask("say", conversation=c, text=f"n{i + k}", id=f"n{i + k}") for k in range(20)))
            await mia.until("the last", lambda i: i.get("in_reply_to") == f"n{changes - 1}")
        async with Seat(staffed.url, "mia", "away") as mia:  # reconnects where it was
            began = time.monotonic()
            mia.next = seen
            while await mia.follow():
                pass
            took = time.monotonic() - began
            said = [i["in_reply_to"] for i in mia.items if i["kind"] == "said"]
            assert sorted(said) == sorted(f"n{i}" for i in range(changes))
            print(f"{changes} changes came in {took:.2f} s")
            assert took < 5
    run(go())


BAD = [
    ("not msgpack", b"\xc1", "bad_request"), ("an id is needed", {"conversation": "c" * 27}, "bad_request"),
    ("no conversation", {"id": "1"}, "bad_request"), ("not a conversation's id", {"id": "1", "conversation": "u" + "a" * 26}, "bad_request"),
    ("no text", {"id": "1", "conversation": "c" * 27}, "bad_request"), ("too long", {"id": "1", "conversation": "c" * 27, "text": "x" * 4001}, "too_large"),
    ("far too long", {"id": "1", "conversation": "c" * 27, "text": "x" * 100_000}, "too_large"),
]


@pytest.mark.parametrize("what, payload, code", BAD, ids=[b[0].replace(" ", "_") for b in BAD])
def test_what_is_not_right_is_refused(staffed, what, payload, code):
    from rig.load import request
    got = request(staffed.url, "seat.alder.olga.say", payload)
    assert not got["ok"] and got["error"]["code"] == code, (what, got)
    got = request(staffed.url, "seat.nobody.olga.say", {"id": "1"})
    assert got["error"]["code"] == "unknown_tenant"
    got = request(staffed.url, "seat.alder.olga.fly", {"id": "1"})
    assert got["error"]["code"] == "unsupported"
    got = request(staffed.url, "seat.alder.olga.join", {"id": "1", "queues": ["attic"]})
    assert got["error"]["code"] == "not_found" and "attic" in got["error"]["message"]


def test_articles_and_the_customers_timeline(staffed):
    from rig.load import request
    def ask(verb, **fields):
        return request(staffed.url, f"seat.alder.olga.{verb}", fields)
    assert staffed.answers("alder") or eventually("the articles are read", lambda: staffed.answers("alder"))
    hits = ask("suggest", text="What does an overdue book cost?", languages=["en"], limit=2)["hits"]
    assert 1 <= len(hits) <= 2 and hits[0]["found"]["article"] == "fines" and hits[0]["found"]["text"]
    assert ask("suggest")["error"]["code"] == "bad_request"
    assert ask("suggest", text="x" * 4001)["error"]["code"] == "too_large"
    for n in (1, 2):
        assert request(staffed.url, "event.alder.book_lent", {"id": f"b{n}", "customer": "C-77", "data": {"title": f"book {n}"}})["ok"]
    say = {"id": "m1", "text": "How do I renew a borrowed book?"}
    named = request(staffed.url, "say.alder.kiosk.named", {**say, "customer": "C-77"})["conversation"]
    nobody = request(staffed.url, "say.alder.kiosk.nobody", say)["conversation"]
    lent = lambda: [i["text"] for i in ask("timeline", conversation=named)["items"] if i["kind"] == "book_lent"]
    eventually("the events stand there", lambda: lent() == ['{"title":"book 1"}', '{"title":"book 2"}'])
    seqs = [i["seq"] for i in ask("timeline", conversation=named)["items"]]
    assert seqs == list(range(1, len(seqs) + 1))
    assert ask("timeline", conversation=nobody)["items"] == []
    assert ask("timeline", conversation="c" + "a" * 26)["error"]["code"] == "not_found"
