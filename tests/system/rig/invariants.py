"""What must be true afterwards, counted from the client's log and the streams IN, TURN, REPLY and DLQ."""
import asyncio
import time
from collections import defaultdict

import msgpack
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from rig.load import connect, run

PARTITIONS = range(16)
FIGURES = ("lost", "doubled", "reordered", "stale_writes", "cross_tenant")


def unpack(data):
    return msgpack.unpackb(data, raw=False, strict_map_key=False)


async def _read(js, stream, first=1):
    """[(seq, subject, data)] of all that the stream holds now."""
    try:
        state = (await js.stream_info(stream)).state
    except NotFoundError:
        return []
    if state.messages == 0 or state.last_seq < first:
        return []
    config = ConsumerConfig(ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=max(1, first))
    sub = await js.pull_subscribe("", stream=stream, config=config)
    out = []
    try:
        while not out or out[-1][0] < state.last_seq:
            for m in await sub.fetch(500, timeout=5):
                out.append((m.metadata.sequence.stream, m.subject, m.data))
                if m.metadata.num_pending == 0:
                    return out
    except asyncio.TimeoutError:
        pass
    finally:
        await sub.unsubscribe()
    return out


class Streams:
    """All streams at one moment."""
    turn = "TURN"  # a test whose log is cut reads a copy of it

    def __init__(self, url):
        run(self._load(url))

    async def _load(self, url):
        nc = await connect(url)
        try:
            js = nc.jetstream(timeout=10)
            self.inbox = {p: [(s, unpack(d)) for s, _, d in await _read(js, f"IN_{p}")] for p in PARTITIONS}
            self.turns = {p: [(s, unpack(d)) for s, _, d in await _read(js, f"{self.turn}_{p}")] for p in PARTITIONS}
            self.replies = [(s, subject, unpack(d)) for s, subject, d in await _read(js, "REPLY")]
            self.dead = [(s, unpack(d)) for s, _, d in await _read(js, "DLQ")]
        finally:
            await nc.close()

    def records(self):
        for p in PARTITIONS:
            for seq, r in self.turns[p]:
                yield p, seq, r


def key_of(message):
    """(tenant, channel, peer, sender's id) of an in_message that a customer wrote; also of one that was given up."""
    if message["kind"] == "give_up":
        message = unpack(message["body"])
    if message["kind"] != "say":
        return None
    a = message["from"]
    return message["tenant"], a["channel"], a["peer"], unpack(message["body"])["id"]


def message_of(record):
    return unpack(record["input"])["message"] if record["kind"] == "turn" and record.get("input") else None


def reply_target(subject):
    _, tenant, channel, peer = subject.split(".")
    return tenant, channel, peer


class Verdict:
    """Counts of what went wrong, all zero when nothing did, with the first few of each."""

    def __init__(self, accepted, s):
        self.found = {f: [] for f in FIGURES}
        self.copies = 0  # the same reply, under the same id, once more: allowed, and counted apart
        # Turns of a load's questions that got no answer of the knowledge: a node that knew nothing yet has spoken.
        self.unanswered = []
        self._decided(accepted, s)
        self._replied(accepted, s)
        self._ordered(s)
        self._fenced(s)
        self._apart(accepted, s)

    @property
    def counts(self):
        return {f: len(x) for f, x in self.found.items()}

    def bad(self):
        return {f: (len(x), x[:5]) for f, x in self.found.items() if x}

    def _decided(self, accepted, s):
        """I1 and the first half of I2: each message one turn, or a dead letter."""
        turns, dead = defaultdict(list), set()
        for p, seq, r in s.records():
            m = message_of(r)
            if m and (k := key_of(m)):
                turns[k].append((p, seq))
        for _, letter in s.dead:
            if letter["what"] == "message" and letter.get("message"):
                dead.add(key_of(unpack(letter["message"])))
        logged = {k for p in PARTITIONS for _, m in s.inbox[p] if (k := key_of(m))}
        for k in set(accepted) | logged:
            if k not in turns and k not in dead:
                self.found["lost"].append(("no turn", k, "in the log" if k in logged else "not even in the log"))
            if len(turns.get(k, ())) > 1:
                self.found["doubled"].append(("turns", k, turns[k]))

    def _replied(self, accepted, s):
        """The second half of I2: what the turns say is what the channel carries, each id once."""
        there, said = defaultdict(int), {}
        for _, subject, r in s.replies:
            there[r["id"]] += 1
        parked = [unpack(d["message"]) for _, d in s.dead if d["what"] == "reply"]
        parked = {unpack(o["body"])["id"] for o in parked}
        sets = defaultdict(set)
        for p, seq, r in s.records():
            m = message_of(r)
            if m and m["kind"] == "say" and key_of(m) in accepted and not any(
                    unpack(o["body"])["kind"] == "answer" for o in r.get("replies") or () if o["kind"] == "peer"):
                self.unanswered.append((p, seq, key_of(m)))
            for k, o in enumerate(r.get("replies") or []):
                if o["kind"] != "peer":
                    continue
                body = unpack(o["body"])
                said[body["id"]] = (p, seq)
                if body["id"] != f'{r["entity"]}:{r["turn"]}:{k}':
                    self.found["doubled"].append(("id of another turn", body["id"], (p, seq)))
                if o["to"]["channel"] not in ("web",) and body["id"] not in there and body["id"] not in parked:
                    self.found["lost"].append(("reply not delivered", body["id"], (p, seq)))
        for _, subject, r in s.replies:
            if r["id"] not in said:
                self.found["doubled"].append(("reply of no turn", r["id"], subject))
            if r.get("by") != "person" and r.get("in_reply_to"):  # a notice answers nothing
                sets[(subject, r.get("in_reply_to"))].add(r["id"].rsplit(":", 1)[0])
        self.copies = sum(n - 1 for n in there.values())
        for key, of in sets.items():
            if len(of) > 1:
                self.found["doubled"].append(("two reply sets", key, sorted(of)))

    def _ordered(self, s):
        """I3: turns follow IN; replies follow the customer's numbers."""
        for p in PARTITIONS:
            last = {}
            for seq, r in s.turns[p]:
                at = r.get("in") or {}
                if r["kind"] != "turn" or not r.get("entity") or not at.get("seq"):
                    continue
                here = (at["incarnation"], at["seq"])
                if here <= last.get(r["entity"], (0, 0)):
                    self.found["reordered"].append(("turn", p, seq, r["entity"]))
                last[r["entity"]] = here
        last, seen = {}, set()
        for seq, subject, r in s.replies:
            if r["id"] in seen:
                continue
            seen.add(r["id"])
            turn, k = map(int, r["id"].split(":")[1:])
            if (turn, k) <= last.get(r["conversation"], (0, -1)):
                self.found["reordered"].append(("reply", seq, subject, r["id"]))
            last[r["conversation"]] = turn, k
        self._numbers(s)

    def _numbers(self, s):
        last = {}
        for seq, subject, r in s.replies:
            number = r.get("in_reply_to", "")
            if not number.startswith("m") or not number[1:].isdigit() or r["kind"] == "trouble":
                continue
            if int(number[1:]) < last.get(subject, 0) and (subject, r["id"]) not in last:
                self.found["reordered"].append(("numbers", seq, subject, number, last[subject]))
            last[subject] = max(last.get(subject, 0), int(number[1:]))
            last[(subject, r["id"])] = 1

    def _fenced(self, s):
        """I4: epochs never fall, and an epoch is one node's, whose counter only grows."""
        for p in PARTITIONS:
            epoch, node, n = 0, None, 0
            for seq, r in s.turns[p]:
                if r["epoch"] > epoch:
                    if r["kind"] != "own":
                        self.found["stale_writes"].append(("epoch without its ownership record", p, seq))
                    epoch, node, n = r["epoch"], r["node"], r["n"]
                elif r["epoch"] < epoch or r["node"] != node or r["n"] <= n:
                    self.found["stale_writes"].append(("stale", p, seq, r["node"], r["epoch"], r["n"], "after", node, epoch, n))
                else:
                    n = r["n"]

    def _apart(self, accepted, s):
        """I6: replies go to whom the conversation belongs, with articles of that tenant."""
        owner = {}
        for (tenant, channel, peer, _), (_, conversation) in accepted.items():
            if owner.setdefault(conversation, (tenant, channel, peer)) != (tenant, channel, peer):
                self.found["cross_tenant"].append(("one conversation of two", conversation))
        for seq, subject, r in s.replies:
            target = reply_target(subject)
            if owner.get(r["conversation"], target) != target:
                self.found["cross_tenant"].append(("reply", seq, subject, r["conversation"]))
            for c in r.get("citations") or []:
                if target[0] in ("alder", "birch") and c["article"].startswith("birch-") != (target[0] == "birch"):
                    self.found["cross_tenant"].append(("article", seq, subject, c["article"]))


def settle(url, accepted, within=40.0):
    """Waits until every accepted message has its turn and every reply of a turn is out; the verdict then, or at the end."""
    deadline = time.monotonic() + within
    while True:
        v = Verdict(accepted, Streams(url))
        if not v.found["lost"] or time.monotonic() > deadline:
            return v
        time.sleep(0.3)


def assert_sound(rig, *loads, within=40.0):
    """All invariants, I5 by the engine's own check."""
    accepted = {}
    for load in loads:
        assert not load.refused, load.refused[:3]
        accepted.update(load.accepted)
    assert accepted, "nothing was accepted"
    v = settle(rig.url, accepted, within)
    assert not v.bad(), v.bad()
    assert not v.unanswered, (len(v.unanswered), v.unanswered[:5])
    code, said = verify(rig)
    assert code == 0, said
    return v


def verify(rig, within=20.0):
    """`steward verify`, again while a partition has no owner yet."""
    deadline = time.monotonic() + within
    while True:
        code, said = rig.cli("verify")
        if code == 0 or time.monotonic() > deadline:
            if isinstance(said, dict):
                said = {"problems": said.get("problems"), "partitions": [p for p in said.get("partitions", ()) if
                        p["different"] or p["missing"] or p["stale"] or p["error"]["code"]]}
            return code, said
        time.sleep(0.5)
