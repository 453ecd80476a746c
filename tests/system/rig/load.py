"""Customers who write and never give up: numbered messages, sent again under the same id until the log has them."""
import asyncio
import json
import os
import threading
import time
from pathlib import Path

import msgpack
import nats
from nats.errors import Error as NatsError

QUESTIONS = ("How do I renew a borrowed book?", "What does an overdue book cost?", "I lost my library card, what now?",
             "What are your opening hours?", "How do I reserve a study room?")
AGAIN = {"overloaded", "unavailable", "stopping", "timeout"}


def known_creds(url, file="engine.creds"):
    """Of a server that stewardd started on this machine: everything is allowed to the engine's user."""
    cache = Path(os.environ.get("STEWARD_CACHE", Path.home() / ".cache/steward"))
    creds = cache / "run" / f"nats-{url.rsplit(':', 1)[1]}" / file
    return creds if creds.exists() else None


async def connect(url, **options):
    if "user_credentials" not in options and (creds := known_creds(url)):
        options["user_credentials"] = str(creds)
    return await nats.connect(url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, connect_timeout=2,
                              allow_reconnect=True, error_cb=_quiet, **options)


async def _quiet(_):
    pass


def run(coroutine):
    return asyncio.run(coroutine)


def request(url, subject, payload, timeout=5.0, headers=None):
    """One request on a connection of its own. dict: msgpack; bytes: as they are."""
    async def go():
        nc = await connect(url)
        try:
            data = payload if isinstance(payload, bytes) else msgpack.packb(payload)
            m = await nc.request(subject, data, timeout=timeout, headers=headers)
            return json.loads(m.data) if m.data[:1] == b"{" else msgpack.unpackb(m.data, raw=False)
        finally:
            await nc.close()
    return run(go())


class Load:
    """`conversations` customers per tenant, each with a message every `pause` seconds. Peers have the same names and
    their messages the same ids in every tenant, on purpose."""

    def __init__(self, url, tenants=("alder", "birch"), conversations=10, pause=0.1, name="p", channel="kiosk", stop_after=None,
                 text=lambda n: QUESTIONS[n % len(QUESTIONS)], request_timeout=2.0):
        self.url, self.pause, self.channel, self.text = url, pause, channel, text
        self.request_timeout, self.stop_after = request_timeout, stop_after
        self.peers = [(t, f"{name}{i}") for t in tenants for i in range(conversations)]
        self.accepted = {}        # (tenant, channel, peer, id) -> (number, conversation)
        self.sent_at = {}         # first sending
        self.replied_at = {}      # first reply, by in_reply_to
        self.refused = []         # final errors: there should be none
        self.retries = 0
        self.last_accept = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._go()), daemon=True)

    def start(self):
        self._thread.start()
        return self

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_):
        if kind is None:
            self.stop()
        else:
            self._stopping.set()

    def stop(self, within=60.0):
        """No new messages; those under way are sent until the log has them."""
        self._stopping.set()
        self._thread.join(within)
        assert not self._thread.is_alive(), "messages under way were not accepted in time"

    def join(self, within=60.0):
        """For a load with `stop_after`."""
        self._thread.join(within)
        assert not self._thread.is_alive(), "the load does not end"

    def count(self):
        return len(self.accepted)

    def latencies(self):
        """Seconds from first sending to reply, of those that have one."""
        return sorted(self.replied_at[k] - t for k, t in self.sent_at.copy().items() if k in self.replied_at)

    def stall(self, since=0.0):
        """The longest that a customer waited for a word, of the messages whose wait ended after `since` (or has not)."""
        now = time.monotonic()
        waits = ((t, self.replied_at.get(k, now)) for k, t in self.sent_at.copy().items())  # copy: in one step, others write
        return max((end - t for t, end in waits if end >= since), default=0.0)

    async def _go(self):
        nc = await connect(self.url)
        await nc.subscribe("reply.*.*.*", cb=self._on_reply)
        try:
            await asyncio.gather(*(self._customer(nc, t, p, i) for i, (t, p) in enumerate(self.peers)))
            deadline = time.monotonic() + 3
            while time.monotonic() < deadline and any(k not in self.replied_at for k in self.accepted):
                await asyncio.sleep(0.05)
        finally:
            await nc.close()

    async def _on_reply(self, m):
        _, tenant, channel, peer = m.subject.split(".")
        r = msgpack.unpackb(m.data, raw=False)
        self.replied_at.setdefault((tenant, channel, peer, r.get("in_reply_to")), time.monotonic())

    async def _customer(self, nc, tenant, peer, place):
        await asyncio.sleep(self.pause * place / max(1, len(self.peers)))
        n = 0
        while not self._stopping.is_set() and (self.stop_after is None or n < self.stop_after):
            n += 1
            if not await self._send(nc, tenant, peer, n):
                return
            if self.pause:
                await asyncio.sleep(self.pause)

    async def _send(self, nc, tenant, peer, n):
        key = (tenant, self.channel, peer, f"m{n}")
        data = msgpack.packb({"id": key[3], "text": self.text(n)})
        self.sent_at[key] = time.monotonic()
        while True:
            try:
                m = await nc.request(f"say.{tenant}.{self.channel}.{peer}", data, timeout=self.request_timeout)
            except (NatsError, asyncio.TimeoutError, OSError):
                self.retries += 1
                await asyncio.sleep(0.1)
                continue
            ack = msgpack.unpackb(m.data, raw=False)
            if ack["ok"]:
                self.accepted[key] = (n, ack["conversation"])
                self.last_accept = time.monotonic()
                return True
            code = ack["error"]["code"]
            if code in AGAIN:
                self.retries += 1
                await asyncio.sleep(min(1.0, max(0.1, ack.get("retry_after_ms", 0) / 1000)))
                continue
            self.refused.append((key, ack["error"]))
            return False
