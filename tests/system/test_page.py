"""The chat page in a real Chromium: a lost network, a killed server, two tabs, long and evil texts, accessibility.

What the browser does stands in page/scenarios.mjs; here are the servers, which a scenario kills and starts by a line."""
import os
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rig.processes import CACHE, HERE, eventually, free_port

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


@pytest.mark.parametrize("scenario", ["answer", "network", "tabs", "texts", "access", "plain"])
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


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        body = (f"<!doctype html><title>A shop</title><style>* {{ color: red !important }}</style><p>Boots</p>"
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


def test_ratings_land_on_the_timeline(shared, tmp_path):
    before = len(events(shared))
    browse("answer", shared.all[1].http + "/t/alder", tmp_path)
    eventually("the rating is an event", lambda: len(events(shared)) > before)


def events(rig):
    from rig.invariants import Streams, unpack
    return [m for p in Streams(rig.url).inbox.values() for _, m in p if m["kind"] == "event" and "right" in str(unpack(m["body"]))]
