"""People on duty: who wins, who is told what, and what becomes of those who vanish."""
import asyncio
import time

import pytest
from rig.invariants import verify
from rig.load import run
from rig.processes import SLOW, eventually
from rig.seats import Seat, write

WISH = "let me talk to a librarian"


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """An engine for the tests that leave it alive; seats and peers have names of their own per test."""
    from rig.processes import Rig
    with Rig(tmp_path_factory.mktemp("seats")) as r:
        r.start_nats()
        r.start_engine({"STEWARD_SEAT_SILENCE_MS": "1500"}).wait_ready()
        for name in ("away", "offer", "line"):
            folder = r.tenant_folder(name)
            if name == "offer":
                (folder / "tenant.yaml").open("a").write("queues:\n  main: {mode: offer, offer_seconds: 5, misses: 2}\n")
            code, said = r.cli("tenant", "push", folder, "-t", name)
            assert code == 0, said
        yield r


def test_two_reach_for_each_while_the_engine_is_killed(rig):
    """Exactly one winner each, told to both; nobody is lost."""
    rig.start_nats()
    first, second = rig.start_engine().wait_ready(), rig.start_engine().wait_ready()
    count, kills = (200, 12) if SLOW else (40, 4)

    async def customers(nc):
        return [await write(nc, f"k{i}", WISH) for i in range(count)]

    async def reach(seat, conversations):
        await seat.ask("join", capacity=20, without_beat=True, name=seat.name.title())
        await seat.on_duty()
        for c in conversations:
            got = await seat.settled(await seat.ask("take", conversation=c))
            if got["kind"] == "began":
                said = await seat.ask("say", conversation=c, text=f"Hello from {seat.name}")
                assert (await seat.settled(said))["kind"] == "said"
                assert (await seat.settled(await seat.ask("close", conversation=c, code="done")))["kind"] == "ended"
            else:
                assert got["kind"] == "lost", got

    async def killer(done):
        for i in range(kills):
            await asyncio.sleep(0.7)
            if done.is_set():
                return i
            victim = (first, second)[i % 2]
            victim.kill()
            await asyncio.sleep(0.3)
            victim.start()
        return kills

    async def go():
        async with Seat(rig.url, "anna") as anna, Seat(rig.url, "ben") as ben:
            conversations = await customers(anna.nc)
            eventually_all = asyncio.get_running_loop().time() + 20
            while (await anna.ask("queue"))["waiting"] < count:
                assert asyncio.get_running_loop().time() < eventually_all
                await asyncio.sleep(0.05)
            done = asyncio.Event()
            killing = asyncio.ensure_future(killer(done))
            await asyncio.gather(reach(anna, conversations), reach(ben, conversations))
            done.set()
            killed = await killing
            await asyncio.sleep(0.2)
            for s in (anna, ben):
                await s.follow()
            won = {s.name: [i["conversation"] for i in s.items if i["kind"] == "began"] for s in (anna, ben)}
            assert sorted(won["anna"] + won["ben"]) == sorted(conversations), {n: len(w) for n, w in won.items()}
            left = await anna.ask("queue")
            assert left["waiting"] == 0
            print(f"{count} conversations, {killed} kills: anna won {len(won['anna'])}, ben {len(won['ben'])}")
    run(go())
    for e in (first, second):
        e.wait_ready()
    code, said = verify(rig)
    assert code == 0, said


def test_a_conversation_from_wish_to_end(one):
    async def go():
        async with Seat(one.url, "cora") as cora, Seat(one.url, "dan") as dan:
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
            code, shown = one.cli("conversations", "show", c, "-t", "alder")
            assert code == 0 and shown["row"]["mode"] == "ai"
            for s in (cora, dan):
                await s.ask("home")
            assert (await cora.ask("me"))["is"] == "home"
    run(go())


def test_a_seat_vanishes_while_typing(one):
    """Its heartbeats stop: it gets nothing more, and comes back to what it holds."""
    async def go():
        async with Seat(one.url, "fred") as fred:
            await fred.ask("join")
            await fred.on_duty()
            c = await write(fred.nc, "gus", WISH)
            await fred.queued(c)
            await fred.settled(await fred.ask("take", conversation=c))
            await fred.ask("draft", conversation=c, text="I am just looking for")
            typing = await fred.nc.subscribe(f"typing.alder.{c}")
            await fred.ask("typing", conversation=c)
            await typing.next_msg(timeout=5)
        async with Seat(one.url, "fred") as fred:  # the same person, elsewhere, later
            lost = await fred.until("a word that it was lost", lambda i: i["text"] == "away: lost", 20)
            held = (await fred.ask("me"))["held"]
            assert [h["draft"] for h in held if h["conversation"] == c] == ["I am just looking for"]
            assert (await fred.settled(await fred.ask("available")))["text"] == "available"
            await fred.ask("close", conversation=c)
            await fred.ask("home")
            # Neither heartbeats nor typing stand in the log.
            assert [i["kind"] for i in fred.items if i["seq"] <= lost["seq"]] == ["signed", "began", "signed"]
    run(go())


def test_who_comes_and_reaches_at_once_is_not_refused(one):
    """The queue hears of a seat a moment after the seat itself: it asks before it refuses."""
    async def go():
        async with Seat(one.url, "tess", "away") as tess:
            for n in range(5):
                c = await write(tess.nc, f"ulf{n}", WISH, "away")
                await tess.queued(c)
                await tess.ask("join", without_beat=True)
                assert (await tess.settled(await tess.ask("take", conversation=c)))["kind"] == "began"
                await tess.settled(await tess.ask("close", conversation=c))
                await tess.settled(await tess.ask("home"))
    run(go())


def test_a_customer_who_ends_the_chat_ends_it_for_the_seat_too(one):
    import msgpack

    async def go():
        async with Seat(one.url, "vera") as vera:
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
            assert one.cli("conversations", "show", c, "-t", "alder")[1]["row"]["mode"] == "closed"
            await vera.ask("home")
    run(go())


def test_the_place_is_renewed_while_one_waits_and_the_wait_is_learnt(one):
    """The page's feed reads where one stands; what the wait will be is told once twenty have been seen."""
    import json
    import urllib.request

    import msgpack

    def page(who):
        with urllib.request.urlopen(f"{one.all[-1].http}/v1/line/conversations/{who}/feed?from=1", timeout=10) as answer:
            return json.load(answer)

    async def go():
        async with Seat(one.url, "zoe", "line") as zoe:
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
            said = []
            c = await write(zoe.nc, "told", WISH, "line")
            while not any("The wait is usually up to 1 minute." in s["text"] for s in said if s["peer"] == "told"):
                said.append(msgpack.unpackb((await replies.next_msg(timeout=10)).data, raw=False))
            assert not any("usually" in s["text"] for s in said if s["peer"] == "learnt-0")
            await zoe.queued(c)
    run(go())


def test_undo_snooze_and_block(one):
    import msgpack

    async def go():
        async with Seat(one.url, "ute") as ute:
            await ute.ask("join", without_beat=True, capacity=1)
            await ute.on_duty()
            replies = await ute.nc.subscribe("reply.alder.kiosk.vic")
            c = await write(ute.nc, "vic", WISH)
            await ute.queued(c)
            await ute.settled(await ute.ask("take", conversation=c))
            held = await ute.settled(await ute.ask("say", conversation=c, text="oops", for_ms=20_000))
            assert held["kind"] == "held" and held["until_ms"] > held["time_ms"]
            undone = await ute.settled(await ute.ask("undo", conversation=c, of=held["in_reply_to"]))
            assert (undone["kind"], undone["text"]) == ("undone", "oops")
            held = await ute.settled(await ute.ask("say", conversation=c, text="Which book?", for_ms=300))
            await ute.until("its going out", lambda i: i["kind"] == "said" and i["in_reply_to"] == held["in_reply_to"])
            assert (await ute.settled(await ute.ask("undo", conversation=c)))["kind"] == "refused"
            # Asleep it takes no room; its customer's word wakes it.
            slept = await ute.settled(await ute.ask("snooze", conversation=c, for_ms=3_600_000, reason="looks for it"))
            assert slept["kind"] == "snoozed" and (await ute.ask("me"))["held"][0]["until_ms"] == slept["until_ms"]
            await write(ute.nc, "vic", "the red one")
            await ute.until("it woke", lambda i: i["kind"] == "woke" and i["seq"] > slept["seq"])
            slept = await ute.settled(await ute.ask("snooze", conversation=c, for_ms=200))
            await ute.until("it woke by itself", lambda i: i["kind"] == "woke" and i["seq"] > slept["seq"])
            blocked = await ute.settled(await ute.ask("block", conversation=c, reason="insults"))
            assert (blocked["kind"], blocked["text"]) == ("ended", "blocked")
            await write(ute.nc, "vic", WISH, message_id="after")
            assert (await ute.settled(await ute.ask("unblock", conversation=c)))["kind"] == "unblocked"
            await write(ute.nc, "vic", WISH)
            await ute.queued(c)
            read = await ute.ask("read", conversation=c)
            assert "after" in [i["id"] for i in read["items"]] and "insults" in read["notes"][-1]["text"]
            said = []
            while not said or said[-1]["kind"] != "handover" or len(said) < 4:
                said.append(msgpack.unpackb((await replies.next_msg(timeout=10)).data, raw=False))
            assert "oops" not in str(said) and "after" not in [s.get("in_reply_to") for s in said]
            assert [s["text"] for s in said if s["by"] == "person"] == ["Which book?"]
            assert [s["text"] for s in said if s["text"].startswith("Our team has ended")], said
            await ute.ask("home", reason="now")
    run(go())


def test_a_supervisor_looks_on_joins_and_takes_over(one):
    async def go():
        async with Seat(one.url, "wes") as wes, Seat(one.url, "xena") as xena:
            await wes.ask("join", without_beat=True, name="Wes")
            await xena.ask("join", without_beat=True, name="Xena", queues=["main"])
            await wes.on_duty()
            c = await write(wes.nc, "yan", WISH)
            await wes.queued(c)
            await wes.settled(await wes.ask("take", conversation=c))
            before = await xena.ask("read", conversation=c)
            await xena.follow()
            quiet = xena.next
            await wes.settled(await wes.ask("say", conversation=c, text="Hello"))
            seen = await xena.ask("read", conversation=c, **{"from": before["items"][-1]["seq"] + 1})
            assert [i["text"] for i in seen["items"]] == ["Hello"]  # only what is new, and nobody learns of it
            await xena.follow()
            assert xena.next == quiet
            joined = await xena.settled(await xena.ask("join_in", conversation=c, name="Xena"))
            assert joined["kind"] == "joined" and WISH in joined["text"]
            await wes.until("she came", lambda i: i["kind"] == "joined" and i["name"] == "Xena")
            await write(wes.nc, "yan", "anybody?")
            for s in (wes, xena):
                await s.until("the word", lambda i: i["kind"] == "message" and i["text"] == "anybody?")
            assert (await xena.settled(await xena.ask("say", conversation=c, text="Two of us")))["kind"] == "said"
            await wes.until("hers", lambda i: i["kind"] == "said" and i["text"] == "Two of us" and i["name"] == "Xena")
            assert (await xena.settled(await xena.ask("close", conversation=c)))["kind"] == "refused"
            assert (await xena.settled(await xena.ask("leave", conversation=c)))["kind"] == "left"
            assert (await xena.settled(await xena.ask("take_over", conversation=c, name="Xena")))["kind"] == "began"
            await wes.until("its end", lambda i: i["kind"] == "ended" and i["text"] == "taken_over")
            assert not (await wes.ask("me")).get("held")
            assert (await wes.settled(await wes.ask("say", conversation=c, text="me too")))["kind"] == "refused"
            assert (await xena.settled(await xena.ask("close", conversation=c)))["kind"] == "ended"
            for s in (wes, xena):
                await s.ask("home")
    run(go())


def test_two_devices_of_one_person(one):
    """Both follow one feed; what one takes the other sees, and reaching twice loses nothing."""
    async def go():
        async with Seat(one.url, "hana") as desk, Seat(one.url, "hana") as phone:
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


def test_offers_are_missed_and_the_only_seat_goes_home(one):
    async def go():
        async with Seat(one.url, "jo", "offer") as jo:
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
        async with Seat(one.url, "lea", "offer") as lea:
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


def test_a_feed_after_many_changes_is_gapless(one):
    changes = 2000 if SLOW else 300

    async def go():
        async with Seat(one.url, "mia", "away") as mia:
            await mia.ask("join", without_beat=True)
            await mia.on_duty()
            c = await write(mia.nc, "nora", WISH, "away")
            await mia.queued(c)
            await mia.settled(await mia.ask("take", conversation=c))
            seen = mia.next
            for i in range(0, changes, 20):  # twenty at a time
                await asyncio.gather(*(mia.ask("say", conversation=c, text=f"n{i + k}", id=f"n{i + k}") for k in range(20)))
            await mia.until("the last", lambda i: i.get("in_reply_to") == f"n{changes - 1}")
        async with Seat(one.url, "mia", "away") as mia:  # reconnects where it was
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
def test_what_is_not_right_is_refused(one, what, payload, code):
    from rig.load import request
    got = request(one.url, "seat.alder.olga.say", payload)
    assert not got["ok"] and got["error"]["code"] == code, (what, got)
    got = request(one.url, "seat.nobody.olga.say", {"id": "1"})
    assert got["error"]["code"] == "unknown_tenant"
    got = request(one.url, "seat.alder.olga.fly", {"id": "1"})
    assert got["error"]["code"] == "unsupported"
    got = request(one.url, "seat.alder.olga.join", {"id": "1", "queues": ["attic"]})
    assert got["error"]["code"] == "not_found" and "attic" in got["error"]["message"]


def test_articles_and_the_customers_timeline(one):
    from rig.load import request
    def ask(verb, **fields):
        return request(one.url, f"seat.alder.olga.{verb}", fields)
    assert one.answers("alder") or eventually("the articles are read", lambda: one.answers("alder"))
    hits = ask("suggest", text="What does an overdue book cost?", languages=["en"], limit=2)["hits"]
    assert 1 <= len(hits) <= 2 and hits[0]["found"]["article"] == "fines" and hits[0]["found"]["text"]
    assert ask("suggest")["error"]["code"] == "bad_request"
    assert ask("suggest", text="x" * 4001)["error"]["code"] == "too_large"
    for n in (1, 2):
        assert request(one.url, "event.alder.book_lent", {"id": f"b{n}", "customer": "C-77", "data": {"title": f"book {n}"}})["ok"]
    say = {"id": "m1", "text": "How do I renew a borrowed book?"}
    named = request(one.url, "say.alder.kiosk.named", {**say, "customer": "C-77"})["conversation"]
    nobody = request(one.url, "say.alder.kiosk.nobody", say)["conversation"]
    lent = lambda: [i["text"] for i in ask("timeline", conversation=named)["items"] if i["kind"] == "book_lent"]
    eventually("the events stand there", lambda: lent() == ['{"title":"book 1"}', '{"title":"book 2"}'])
    seqs = [i["seq"] for i in ask("timeline", conversation=named)["items"]]
    assert seqs == list(range(1, len(seqs) + 1))
    assert ask("timeline", conversation=nobody)["items"] == []
    assert ask("timeline", conversation="c" + "a" * 26)["error"]["code"] == "not_found"


def test_the_terminal(one):
    """What the README of the CLI shows, with its exit codes."""
    async def wish(peer):
        from rig.load import connect
        nc = await connect(one.url)
        c = await write(nc, peer, WISH)
        await nc.close()
        return c
    c = run(wish("paul"))
    seat = ("-t", "alder", "--as", "quinn")
    eventually("it waits", lambda: c in [r["conversation"] for r in one.cli("seat", "list", *seat)[1]["rows"]])
    assert one.cli("seat", "take", c, *seat)[0] == 4  # not on duty
    code, said = one.cli("seat", "join", "--detach", "--name", "Quinn", *seat)
    assert code == 0 and said["text"] == "available", said
    code, said = one.cli("seat", "list", *seat)
    assert code == 0 and c in [r["conversation"] for r in said["rows"]] and "quinn" in [s["seat"] for s in said["seats"]]
    code, said = one.cli("seat", "take", c[:9], *seat)
    assert code == 0 and said["kind"] == "began", said
    code, said = one.cli("seat", "take", c, "-t", "alder", "--as", "rosa")
    assert code == 4 and said["kind"] == "lost" and said["name"] == "quinn", said
    assert one.cli("seat", "say", c, "Hello", *seat)[1]["kind"] == "said"
    assert one.cli("seat", "note", c, "quiet", *seat)[1]["kind"] == "noted"
    code, said = one.cli("seat", "read", c, *seat)
    assert code == 0 and said["notes"][0]["by"] == "quinn"
    code, said = one.cli("seat", "close", c, "--code", "solved", *seat)
    assert code == 0 and said["kind"] == "ended", said
    assert one.cli("seat", "reopen", c, *seat)[1]["kind"] == "began"
    assert one.cli("seat", "say", c, "oops", "--undo", "30", *seat)[1]["kind"] == "held"
    assert one.cli("seat", "undo", c, *seat)[1]["text"] == "oops"
    assert one.cli("seat", "snooze", c, "--minutes", "60", *seat)[1]["kind"] == "snoozed"
    assert one.cli("seat", "snooze", c, *seat)[1]["kind"] == "woke"
    assert one.cli("seat", "block", c, "--reason", "insults", *seat)[1]["text"] == "blocked"
    assert one.cli("seat", "unblock", c, *seat)[1]["kind"] == "unblocked"
    assert one.cli("seat", "reopen", c, *seat)[1]["kind"] == "began"
    rosa = ("-t", "alder", "--as", "rosa")
    assert one.cli("seat", "join", "--detach", *rosa)[0] == 0
    assert one.cli("seat", "join-in", c, *rosa)[1]["kind"] == "joined"
    assert one.cli("seat", "leave", c, *rosa)[1]["kind"] == "left"
    assert one.cli("seat", "take-over", c, *rosa)[1]["kind"] == "began"
    assert one.cli("seat", "take-over", c, *seat)[1]["kind"] == "began"
    assert one.cli("seat", "home", *rosa)[1]["text"] == "home"
    assert one.cli("seat", "pass", c, "--reason", "lunch", *seat)[1]["kind"] == "ended"
    assert one.cli("seat", "away", "--reason", "lunch", *seat)[1]["text"] == "away: lunch"
    assert one.cli("seat", "home", *seat)[1]["text"] == "home"
    assert one.cli("seat", "me", *seat)[1]["is"] == "home"
    # The operators' way is as it was, and the queue hears of it.
    code, said = one.cli("conversations", "list", "--waiting", "-t", "alder")
    assert c in [r["conversation"] for r in said["conversations"]]
    assert one.cli("conversations", "reply", c, "Here I am", "-t", "alder")[0] == 0
    eventually("it left the queue", lambda: c not in [r["conversation"] for r in one.cli("seat", "list", *seat)[1]["rows"]])
    assert one.cli("conversations", "close", c, "-t", "alder")[0] == 0
