"""A company's first steps: a tenant from the demo's folder, its page, and the line for its site."""
import re
import subprocess
import urllib.request

import pytest
from rig.processes import BIN, eventually


def new(rig, folder, *args):
    return subprocess.run([BIN / "steward", "--nats", rig.url, "tenant", "new", *args], cwd=folder, capture_output=True, text=True, timeout=60)


def read(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status, dict(answer.headers), answer.read().decode()


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    from rig.processes import Rig
    with Rig(tmp_path_factory.mktemp("new")) as r:
        r.start_nats()
        r.start_engine().wait_ready()
        r.work = tmp_path_factory.mktemp("work")
        r.said = new(r, r.work, "peak", "--from", "demo")
        yield r


def test_its_page_works_and_the_snippet_is_printed(shop):
    assert shop.said.returncode == 0, shop.said.stdout + shop.said.stderr
    said, http = shop.said.stdout, shop.all[-1].http
    assert f'<script async src="{http}/embed.js" data-tenant="peak"></script>' in said
    assert f"{http}/t/peak" in said and (shop.work / "peak/tenant.yaml").is_file()
    status, headers, page = eventually("its page", lambda: page_of(http + "/t/peak"))
    assert status == 200 and "script-src" in headers["Content-Security-Policy"] and "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert re.search(r"<title>[^<]*Larch", page), page[:400]
    status, headers, script = read(http + "/embed.js")
    assert status == 200 and "javascript" in headers["Content-Type"] and "attachShadow" in script
    # A customer of the new tenant is heard, and is none of the other's.
    text = shop.cli("ask", "hello", "-t", "peak", "--as", "first")[1]
    assert text and "Larch" not in str(shop.cli("conversations", "list", "-t", "alder")[1])
    rows = shop.cli("conversations", "list", "-t", "peak")[1]["conversations"]
    assert len(rows) == 1


def page_of(url):
    try:
        return read(url)
    except OSError:  # not taken up yet
        return None


def test_what_is_there_already_stays(shop):
    (shop.work / "peak/tenant.yaml").write_text("mine")
    again = new(shop, shop.work, "peak", "--from", "demo")
    assert again.returncode == 2 and "already" in again.stderr
    assert (shop.work / "peak/tenant.yaml").read_text() == "mine"


@pytest.mark.parametrize("args", [("A B", "--from", "demo"), ("x", "--from", "/nonexistent"), ("../x", "--from", "demo")])
def test_wrong_words(shop, args):
    got = new(shop, shop.work, *args)
    assert got.returncode == 2 and got.stderr and len(list(shop.work.iterdir())) == 1
