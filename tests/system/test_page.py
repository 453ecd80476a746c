"""The chat page in a real Chromium: a lost network, a killed server, two tabs, long and evil texts, accessibility.

What the browser does stands in page/scenarios.mjs; here are the servers, which a scenario kills and starts by a line."""
import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rig.load import request, run
from rig.processes import CACHE, HERE, eventually, free_port
from rig.seats import WISH, Seat, write

MODULES = CACHE / "npm/node_modules"
CHROMIUM = os.environ.get("STEWARD_CHROMIUM") or shutil.which("chromium") or ""


def without():
    if not CHROMIUM:
        return "no chromium (scripts/setup test)"
    if not shutil.which("node"):
        return "no node (scripts/setup test)"
    if not (MODULES / "playwright-core").is_dir() or not (MODULES / "axe-core").is_dir():
        return "no playwright-core or axe-core (scripts/setup test)"
    return ""


pytestmark = pytest.mark.skipif(bool(without()), reason="SKIP: the chat page in a browser: " + without())


def browse(scenario, url, folder, on_line=None, within=150):
    env = {**os.environ, "NODE_MODULES": str(MODULES), "CHROMIUM": CHROMIUM, "PROFILE": str(folder)}
    child = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", "timeout", str(within), "node", HERE / "page/scenarios.mjs", scenario, url],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    said = []
    try:
        for line in child.stdout:
            said.append(line)
            if on_line and line.strip() in on_line:
                on_line[line.strip()]()
                child.stdin.write("done\n")
                child.stdin.flush()
        child.wait(20)
    finally:
        child.kill()
        child.wait()
    assert said and said[-1].strip() == "ok" and child.returncode == 0, "".join(said)[-3000:]


@pytest.mark.parametrize("scenario", ["answer", "network", "tabs", "texts", "access", "plain", "rtl", "typing", "words"])
def test_page(shared, tmp_path, scenario):
    browse(scenario, shared.all[1].http + "/t/alder", tmp_path)


def test_page_outlives_the_server(rig, tmp_path):
    rig.start_nats()
    first = rig.engine()
    first.port = free_port()
    engines = [first.start().wait_ready()]

    def kill():
        engines[-1].kill()

    def start():
        e = rig.engine()
        e.data, e.port = first.data, first.port
        engines.append(e.start().wait_ready())

    browse("restart", first.http + "/t/alder", tmp_path, {"kill": kill, "start": start})


def test_the_place_and_the_wait_are_shown_and_renewed(shared, tmp_path):
    code, said = shared.cli("tenant", "push", shared.tenant_folder("queue"), "-t", "queue")
    assert code == 0, said

    async def zoe(what):
        async with Seat(shared.url, "zoe", "queue") as seat:
            return await what(seat)

    async def learn(seat):
        await seat.ask("join", without_beat=True, name="Zoe", capacity=20)
        await seat.on_duty()
        for i in range(20):
            c = await write(seat.nc, f"learnt-{i}", WISH, "queue")
            await seat.queued(c)
            await seat.settled(await seat.ask("take", conversation=c))
            await seat.settled(await seat.ask("close", conversation=c))

    async def first(seat):
        await seat.queued(await write(seat.nc, "first", WISH, "queue"))

    async def take(seat):
        row = (await seat.ask("queue"))["rows"][0]
        assert (await seat.settled(await seat.ask("take", conversation=row["conversation"])))["kind"] == "began"

    run(zoe(learn))
    browse("queue", shared.all[1].http + "/t/queue", tmp_path, {"first": lambda: run(zoe(first)), "take": lambda: run(zoe(take))})


DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def test_out_of_hours_an_address_is_left(shared, tmp_path):
    folder = shared.tenant_folder("away")
    with open(folder / "tenant.yaml", "a") as f:
        f.write(f"hours: {{{DAYS[(time.localtime().tm_wday + 3) % 7]}: '9:00-9:01'}}\n")
    code, said = shared.cli("tenant", "push", folder, "-t", "away")
    assert code == 0, said

    async def answer():
        async with Seat(shared.url, "lea", "away") as lea:
            await lea.ask("join", without_beat=True)
            await lea.on_duty()
            c = (await lea.ask("queue"))["rows"][0]["conversation"]
            await lea.settled(await lea.ask("take", conversation=c))
            read = await lea.ask("read", conversation=c)
            assert any("eve@example.org" in i.get("text", "") for i in read["items"])
            await lea.settled(await lea.ask("say", conversation=c, text="Your umbrella is here"))

    browse("away", shared.all[1].http + "/t/away", tmp_path, {"answer": lambda: run(answer())})


# Whatever a site may say of its own elements, on purpose or not.
HOSTILE = """<style>
* { color: red !important; transition: none !important }
:root { --accent: red; --on-accent: red }
div, button, iframe, span { display: none !important; position: static !important; opacity: 0 !important; visibility: hidden !important;
  pointer-events: none !important; transform: scale(0.1) !important; width: 3px !important; clip-path: inset(50%) !important; filter: blur(9px) !important }
</style>"""


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        body = (f"<!doctype html><title>A shop</title>{HOSTILE}<p>Boots</p>"
                f'<script async src="{self.server.chat}/embed.js" data-tenant="embed"></script>').encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_page_on_other_sites(shared, tmp_path):
    """The site that the tenant names may frame the chat, another may not."""
    sites = [ThreadingHTTPServer(("127.0.0.1", 0), Site) for _ in range(2)]
    try:
        for s in sites:
            s.chat = shared.all[1].http
            threading.Thread(target=s.serve_forever, daemon=True).start()
        named, stranger = (f"http://127.0.0.1:{s.server_port}/" for s in sites)
        folder = shared.tenant_folder("embed")
        with open(folder / "tenant.yaml", "a") as f:
            f.write(f'page:\n  embed_on: ["{named[:-1]}"]\n')
        code, said = shared.cli("tenant", "push", folder, "-t", "embed")
        assert code == 0, said
        browse("embed", named, tmp_path / "named")
        browse("embed", stranger + "?stranger", tmp_path / "stranger")
    finally:
        for s in sites:
            s.shutdown()


class SiteWithCustomers(Site):
    """A shop that knows its customer: at /token its server signs who he is."""
    secret = "a secret of thirty-two bytes, at least"

    def do_GET(self):
        token = jwt({"sub": "4711", "name": "Ana", "aud": "signin", "exp": int(time.time()) + 600}, self.secret)
        if self.path == "/token":
            body, kind = token.encode(), "text/plain"
        else:
            known = f' data-token="{token}"' if self.path.endswith("?token") else ""
            body, kind = f'<!doctype html><title>A shop</title><script async src="{self.server.chat}/embed.js" data-tenant="signin"{known}></script>'.encode(), "text/html"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)


def jwt(claims, secret):
    def part(x):
        return base64.urlsafe_b64encode(x).rstrip(b"=")
    text = part(json.dumps({"alg": "HS256", "kid": "web"}).encode()) + b"." + part(json.dumps(claims).encode())
    return (text + b"." + part(hmac.new(secret.encode(), text, hashlib.sha256).digest())).decode()


def test_a_customer_signs_in(shared, tmp_path):
    """During a chat, on a second device, and out again on the first: docs in clients/web/README.md."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), SiteWithCustomers)
    try:
        site.chat = shared.all[1].http
        threading.Thread(target=site.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{site.server_port}/"
        folder = shared.tenant_folder("signin")
        with open(folder / "tenant.yaml", "a") as f:
            f.write(f'page:\n  embed_on: ["{url[:-1]}"]\n  identity: {{keys: {{web: {{algorithm: HS256, secret: "{SiteWithCustomers.secret}"}}}}}}\n')
        code, said = shared.cli("tenant", "push", folder, "-t", "signin")
        assert code == 0, said
        browse("signin", url, tmp_path)
    finally:
        site.shutdown()


def test_ratings_land_on_the_timeline(shared, tmp_path):
    """On the customer's, where people on duty see them."""
    before = set(rated(shared))
    browse("answer", shared.all[1].http + "/t/alder", tmp_path)
    conversation = eventually("the rating is an event", lambda: set(rated(shared)) - before).pop()

    def lines():
        items = request(shared.url, "seat.alder.olga.timeline", {"conversation": conversation})["items"]
        return [json.loads(i["text"]) for i in items if i["kind"] == "answer_rated"]
    line = eventually("it stands on the timeline", lines)
    assert [x["right"] for x in line] == [True] and line[0]["reply"]


def rated(rig):
    """The conversations of which an answer was rated."""
    from rig.invariants import Streams, unpack
    events = [unpack(m["body"]) for p in Streams(rig.url).inbox.values() for _, m in p if m["kind"] == "event"]
    return [e["data"]["conversation"] for e in events if "right" in e.get("data", {})]
