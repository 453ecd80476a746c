"""What a person on duty may do with a conversation, beside answering it: over NATS, and the same in the terminal."""
from rig.load import run
from rig.processes import eventually
from rig.seats import WISH, Seat, write


def test_undo_snooze_and_block(staffed):
    import msgpack

    async def go():
        async with Seat(staffed.url, "ute") as ute:
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


def test_a_supervisor_looks_on_joins_and_takes_over(staffed):
    async def go():
        async with Seat(staffed.url, "wes") as wes, Seat(staffed.url, "xena") as xena:
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


def test_the_terminal(staffed):
    """What the README of the CLI shows, with its exit codes."""
    async def wish(peer):
        from rig.load import connect
        nc = await connect(staffed.url)
        c = await write(nc, peer, WISH)
        await nc.close()
        return c
    c = run(wish("paul"))
    seat = ("-t", "alder", "--as", "quinn")
    eventually("it waits", lambda: c in [r["conversation"] for r in staffed.cli("seat", "list", *seat)[1]["rows"]])
    assert staffed.cli("seat", "take", c, *seat)[0] == 4  # not on duty
    code, said = staffed.cli("seat", "join", "--detach", "--name", "Quinn", *seat)
    assert code == 0 and said["text"] == "available", said
    code, said = staffed.cli("seat", "list", *seat)
    assert code == 0 and c in [r["conversation"] for r in said["rows"]] and "quinn" in [s["seat"] for s in said["seats"]]
    code, said = staffed.cli("seat", "take", c[:9], *seat)
    assert code == 0 and said["kind"] == "began", said
    code, said = staffed.cli("seat", "take", c, "-t", "alder", "--as", "rosa")
    assert code == 4 and said["kind"] == "lost" and said["name"] == "quinn", said
    assert staffed.cli("seat", "say", c, "Hello", *seat)[1]["kind"] == "said"
    assert staffed.cli("seat", "note", c, "quiet", *seat)[1]["kind"] == "noted"
    code, said = staffed.cli("seat", "read", c, *seat)
    assert code == 0 and said["notes"][0]["by"] == "quinn"
    code, said = staffed.cli("seat", "close", c, "--code", "solved", *seat)
    assert code == 0 and said["kind"] == "ended", said
    assert staffed.cli("seat", "reopen", c, *seat)[1]["kind"] == "began"
    assert staffed.cli("seat", "say", c, "oops", "--undo", "30", *seat)[1]["kind"] == "held"
    assert staffed.cli("seat", "undo", c, *seat)[1]["text"] == "oops"
    assert staffed.cli("seat", "snooze", c, "--minutes", "60", *seat)[1]["kind"] == "snoozed"
    assert staffed.cli("seat", "snooze", c, *seat)[1]["kind"] == "woke"
    assert staffed.cli("seat", "block", c, "--reason", "insults", *seat)[1]["text"] == "blocked"
    assert staffed.cli("seat", "unblock", c, *seat)[1]["kind"] == "unblocked"
    assert staffed.cli("seat", "reopen", c, *seat)[1]["kind"] == "began"
    rosa = ("-t", "alder", "--as", "rosa")
    assert staffed.cli("seat", "join", "--detach", *rosa)[0] == 0
    assert staffed.cli("seat", "join-in", c, *rosa)[1]["kind"] == "joined"
    assert staffed.cli("seat", "leave", c, *rosa)[1]["kind"] == "left"
    assert staffed.cli("seat", "take-over", c, *rosa)[1]["kind"] == "began"
    assert staffed.cli("seat", "take-over", c, *seat)[1]["kind"] == "began"
    assert staffed.cli("seat", "home", *rosa)[1]["text"] == "home"
    assert staffed.cli("seat", "pass", c, "--reason", "lunch", *seat)[1]["kind"] == "ended"
    assert staffed.cli("seat", "away", "--reason", "lunch", *seat)[1]["text"] == "away: lunch"
    assert staffed.cli("seat", "home", *seat)[1]["text"] == "home"
    assert staffed.cli("seat", "me", *seat)[1]["is"] == "home"
    # The operators' way is as it was, and the queue hears of it.
    code, said = staffed.cli("conversations", "list", "--waiting", "-t", "alder")
    assert c in [r["conversation"] for r in said["conversations"]]
    assert staffed.cli("conversations", "reply", c, "Here I am", "-t", "alder")[0] == 0
    eventually("it left the queue", lambda: c not in [r["conversation"] for r in staffed.cli("seat", "list", *seat)[1]["rows"]])
    assert staffed.cli("conversations", "close", c, "-t", "alder")[0] == 0
