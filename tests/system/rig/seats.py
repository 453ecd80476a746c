"""People on duty: a seat's requests, sent again under the same id until the log has them, and its feed."""
import asyncio
import os

import msgpack
from nats.errors import Error as NatsError

from rig.load import AGAIN, connect

WISH = "let me talk to a librarian"  # the test tenant's words for a person


class Seat:
    """Use inside a coroutine: `async with Seat(url, "anna") as anna`."""

    def __init__(self, url, name, tenant="alder", patience=40.0):
        self.url, self.name, self.tenant, self.patience = url, name, tenant, patience
        self.items, self.next = [], 1

    async def __aenter__(self):
        self.nc = await connect(self.url)
        return self

    async def __aexit__(self, *_):
        await self.nc.close()

    def subject(self, verb):
        return f"seat.{self.tenant}.{self.name}.{verb}"

    async def once(self, verb, timeout=2.0, **fields):
        m = await self.nc.request(self.subject(verb), msgpack.packb(fields), timeout=timeout)
        return msgpack.unpackb(m.data, raw=False)

    async def ask(self, verb, **fields):
        """Until it is answered without a word to try again. A change gets an id, the same each time."""
        if verb not in ("me", "feed", "queue", "read", "texts", "suggest", "timeline"):
            fields.setdefault("id", os.urandom(8).hex())
        end = asyncio.get_running_loop().time() + self.patience
        while True:
            try:
                got = await self.once(verb, **fields)
                if (got.get("error") or {}).get("code") not in AGAIN:
                    return {**got, "id": fields.get("id")}
            except (NatsError, asyncio.TimeoutError, OSError) as e:
                got = repr(e)
            assert asyncio.get_running_loop().time() < end, (verb, got)
            await asyncio.sleep(0.1)

    async def beat(self):
        await self.nc.publish(self.subject("beat"), b"")

    async def follow(self):
        """What is new in the feed; checks that its numbers have no gap."""
        page = await self.ask("feed", **{"from": self.next, "limit": 500})
        new = page["items"]
        for i in new:
            assert i["seq"] == self.next, (i["seq"], self.next)
            self.next += 1
        self.items += new
        return new

    async def until(self, what, check, within=20.0):
        """The first item (also among those seen) that fits."""
        end = asyncio.get_running_loop().time() + within
        while True:
            await self.follow()
            for i in self.items:
                if check(i):
                    return i
            assert asyncio.get_running_loop().time() < end, f"{self.name} does not get {what}: {self.items[-5:]}"
            await asyncio.sleep(0.03)

    async def on_duty(self, within=20.0):
        """Once the queue knows of the seat: it hears of it a moment after the seat itself, and refuses it until then."""
        end = asyncio.get_running_loop().time() + within
        while True:
            view = await self.ask("queue")
            if any(s["seat"] == self.name and s.get("is") == "available" for s in view.get("seats", [])):
                return view
            assert asyncio.get_running_loop().time() < end, f"{self.name} is not on duty: {view}"
            await asyncio.sleep(0.05)

    async def queued(self, conversation, within=10.0):
        """The queue, once this conversation stands in it."""
        end = asyncio.get_running_loop().time() + within
        while True:
            view = await self.ask("queue")
            if conversation in [r["conversation"] for r in view["rows"]]:
                return view
            assert asyncio.get_running_loop().time() < end, f"{conversation} does not wait: {view}"
            await asyncio.sleep(0.05)

    async def settled(self, answer):
        """The item that says what came of a request."""
        assert answer["ok"], answer
        return await self.until(f"an answer to {answer}", lambda i: i.get("in_reply_to") == answer["id"])


async def write(nc, peer, text, tenant="alder", channel="kiosk", message_id=None):
    """A customer's message, until the log has it; the conversation."""
    data = msgpack.packb({"id": message_id or os.urandom(8).hex(), "text": text})
    while True:
        try:
            ack = msgpack.unpackb((await nc.request(f"say.{tenant}.{channel}.{peer}", data, timeout=2)).data, raw=False)
            if ack["ok"]:
                return ack["conversation"]
            assert ack["error"]["code"] in AGAIN, ack
        except (NatsError, asyncio.TimeoutError, OSError):
            pass
        await asyncio.sleep(0.1)
