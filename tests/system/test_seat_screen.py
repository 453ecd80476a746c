"""The full screen of a person on duty, in a real terminal of 80x24, against a real engine. Each task has a budget of keys (what is
typed as text counts for nothing) and is timed until the engine says that it is done."""
import os
import time

import pytest
from rig.load import request
from rig.processes import BIN, Rig, eventually
from rig.seats import WISH

pytest.importorskip("pyte", reason="SKIP: pyte is not there: scripts/setup test")
from rig.terminal import Terminal  # noqa: E402

TEXTS = """texts:
  hello: {en: "Hello, this is {seat} of {company}."}
  sorry: {en: "I am sorry about that."}
"""
SECONDS = 60.0  # of a task: the keys are the promise; the time is printed as measured, and only a hang is too long


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    with Rig(tmp_path_factory.mktemp("screen")) as r:
        r.start_nats()
        r.start_engine().wait_ready()
        r.seed()
        yield r


class Desk:
    """A tenant of its own, with a customer's and a colleague's side of what happens at the screen."""

    def __init__(self, rig, tenant):
        self.rig, self.tenant, self.number, self.said = rig, tenant, 0, {}
        folder = rig.tenant_folder(tenant)
        (folder / "tenant.yaml").open("a").write(TEXTS)
        code, said = rig.cli("tenant", "push", folder, "-t", tenant)
        assert code == 0, said
        code, said = rig.cli("kb", "import", rig.folder / "articles-birch", "-t", tenant)
        assert code == 0, said
        eventually("the tenant answers with its article", lambda: rig.answers(tenant))
        self.screens = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for s in self.screens:
            s.__exit__()

    def screen(self, seat="anna", *options, **size):
        t = Terminal([BIN / "steward", "--nats", self.rig.url, "seat", "--tenant", self.tenant, "--as", seat, "--name", seat.title(), *options], **size)
        self.screens.append(t)
        return t

    def on_duty(self, seat="anna", *options, **size):
        t = self.screen(seat, *options, **size).sees("off duty")
        t.press("enter").sees("available")
        self.seat("queue", seat, lambda v: any(s["seat"] == seat for s in v.get("seats", [])))
        return t

    def writes(self, peer, text, **fields):
        self.number += 1
        return request(self.rig.url, f"say.{self.tenant}.kiosk.{peer}", {"id": f"m{self.number}", "text": text, **fields})["conversation"]

    def ask(self, verb, seat="anna", **fields):
        return request(self.rig.url, f"seat.{self.tenant}.{seat}.{verb}", fields)

    def seat(self, verb, seat, check, **fields):
        """Asks until the answer fits."""
        return eventually(lambda: f"{verb} is {self.ask(verb, seat, **fields)}", lambda: (v := self.ask(verb, seat, **fields)) and check(v) and v)

    def lines(self, conversation, by="person"):
        return [i["text"] for i in self.ask("read", conversation=conversation)["items"] if i.get("by") == by]

    def waits(self, conversation):
        return self.seat("queue", "anna", lambda v: conversation in [r["conversation"] for r in v["rows"]])


class Task:
    """`with Task(screen, budget)`: counts keys and time of what is done inside."""
    done = []

    def __init__(self, screen, name, budget):
        self.screen, self.name, self.budget = screen, name, budget

    def __enter__(self):
        self.keys, self.began = self.screen.keys, time.monotonic()

    def __exit__(self, kind, *_):
        if kind:
            return
        used, took = self.screen.keys - self.keys, time.monotonic() - self.began
        Task.done.append((self.name, used, self.budget, took))
        print(f"{self.name}: {used} keys of {self.budget}, {took:.2f} s")
        assert used <= self.budget, (self.name, used, self.budget)
        assert took < SECONDS, (self.name, took)


def test_ten_tasks(one):
    with Desk(one, "tasks") as d:
        anna = d.on_duty("anna", "--undo", "4")  # time enough to take it back on a busy machine
        d.on_duty("ben")
        c = d.writes("eve", WISH, customer="C-7")
        d.waits(c)
        anna.sees(WISH[:12])

        with Task(anna, "take the one who waits longest, and answer", 3):
            anna.press("enter").type("Which book is it?").press("enter")
            eventually("the answer is said", lambda: "Which book is it?" in d.lines(c), 45)
        with Task(anna, "answer again", 1):
            anna.type("Take your time.").press("enter")
            eventually("it is said", lambda: "Take your time." in d.lines(c), 45)
        d.writes("eve", "How do I renew a borrowed book?")
        anna.sees("│Tab Renewing")
        with Task(anna, "answer with what the articles say", 2):
            anna.press("tab", "enter")
            eventually(lambda: "an article is said: " + anna.text(), lambda: any("renew" in x.lower() for x in d.lines(c)), 45)
        with Task(anna, "say a canned text", 3):
            anna.press("^t").sees("sorry").type("sor").press("enter", "enter")
            eventually("it is said", lambda: "I am sorry about that." in d.lines(c), 45)
        with Task(anna, "leave a private note", 2):
            anna.press("^n").type("has called before").press("enter")
            eventually("it is noted", lambda: d.ask("read", conversation=c).get("notes"), 45)
        assert "has called before" not in str(d.ask("read", conversation=c)["items"])
        with Task(anna, "take back what was sent", 2):
            anna.type("Oops, wrong window").press("enter").sees("takes it back").press("^u").sees("Taken back")
        assert "Oops, wrong window" not in d.lines(c)
        for _ in range(3):
            anna.press("^w")
        with Task(anna, "put it aside for an hour", 3):
            anna.press("^z", "down", "enter")
            d.seat("me", "anna", lambda v: v["held"][0].get("until_ms", 0) > time.time() * 1000 + 3000_000)
        other = d.writes("joe", WISH)
        d.waits(other)
        anna.sees("1 wait").press("enter").sees("yours for")
        d.writes("eve", "one more thing")  # which wakes it
        anna.sees("● eve")
        with Task(anna, "to the next who waits for an answer", 1):
            anna.press("back-tab").sees("eve kiosk")
        with Task(anna, "pass it on to a colleague", 2):
            anna.press("^p").sees("ben").press("enter")
            d.seat("queue", "ben", lambda v: c in [r["conversation"] for r in v["rows"]])
        anna.sees("Passed on")
        anna.sees("joe kiosk")
        with Task(anna, "end it with a code", 2):
            anna.press("^e").sees("solved").press("enter")
            d.seat("me", "anna", lambda v: not v.get("held"))
        assert len(Task.done) == 10


def test_what_else_there_is(one):
    """Hand back, away and there again, block, an offer of nothing, the customer's timeline, help, leaving."""
    with Desk(one, "else") as d:
        request(one.url, "event.else.order_shipped", {"id": "s-1", "customer": "C-9", "data": {"order": "LT-1"}})
        c = d.writes("kim", WISH, customer="C-9")
        d.waits(c)
        anna = d.on_duty()
        anna.sees(WISH[:12]).press("enter").sees("yours for")
        anna.press("^l").sees("order_shipped").sees("LT-1").press("esc").sees("Answer")
        anna.press("^b").sees("Hand it back").press("enter")
        d.seat("read", "anna", lambda v: v["row"]["mode"] == "ai", conversation=c)
        anna.sees("Handed back")
        anna.press("a").sees("lunch").type("lun").press("enter").sees("away: lunch")
        anna.press("a").sees("available")
        anna.press("?").sees("Shift-Tab").press("esc")
        e = d.writes("kim", WISH)
        anna.sees("1 wait").press("enter").sees("yours for").press("^x").sees("End it, and block").press("enter")
        d.seat("read", "anna", lambda v: v["row"]["mode"] == "closed", conversation=e)
        anna.sees("Blocked")
        anna.press("g").sees("off duty").press("enter")
        d.seat("me", "anna", lambda v: v["is"] == "home")
        anna.press("q").sees("Leave?").press("enter")
        assert anna.ends() == 0
        assert b"\033[?2004l" in anna.raw


def test_conversations_of_others(one):
    """Found by words and opened again; looked at while a colleague has it; joined; taken over."""
    with Desk(one, "others") as d:
        old = d.writes("eve", WISH)
        d.waits(old)
        anna, ben = d.on_duty("anna", "--undo", "0"), d.on_duty("ben", "--undo", "0")
        anna.sees(WISH[:12]).press("enter").sees("yours for").type("Your umbrella is at the desk").press("enter")
        eventually("it is said", lambda: d.lines(old), 20)
        anna.press("^e").sees("solved").press("enter")
        d.seat("read", "anna", lambda v: v["row"]["mode"] == "closed", conversation=old)
        eventually("it is found", lambda: d.ask("search", text="umbrella").get("found"))
        ben.sees("Nobody").press("f").sees("Search in all").type("umbrella").press("enter").sees("closed, eve").press("enter")
        ben.sees("Your umbrella is at the desk").sees("o: open it again").press("o").sees("yours for")
        anna.press("f").sees("Search in all").type("umbrella").press("enter").sees("with ben").press("enter")
        ben.type("Still there").press("enter")
        anna.sees("Still there").sees("Looking on").press("j").sees("you are in it")  # what he says shows by itself
        anna.type("Two of us").press("enter")
        eventually("hers is said", lambda: "Two of us" in d.lines(old), 20)
        anna.press("esc", "j").sees("You have left it").press("v").sees("Take it over?").press("enter").sees("yours for")
        ben.sees("Somebody has taken it over")


def test_another_is_faster(one):
    with Desk(one, "faster") as d:
        anna, ben = d.on_duty("anna"), d.on_duty("ben")
        c = d.writes("eve", WISH)
        anna.sees(WISH[:12]), ben.sees(WISH[:12])
        os.kill(anna.pid, 19)  # she has not heard yet that he took it
        ben.press("enter").sees("yours for")
        anna.type("\r")
        anna.type("Hello there\r")
        os.kill(anna.pid, 18)
        anna.sees("ben was faster").sees("Hello there")
        assert d.lines(c) == []


def test_chinese_sizes_and_pastes(one):
    with Desk(one, "wide") as d:
        c = d.writes("李雷", "我想转人工 " + WISH)
        d.waits(c)
        anna = d.on_duty("anna", "--undo", "0")
        anna.sees("我想转人工").press("enter").sees("yours for").sees("李雷")
        # A long answer in Chinese: each row of it ends where the pane does, the cursor stands behind it.
        text = "您好，我看到您的问题了，请稍等一下，我马上为您处理。👍 谢谢您的耐心等待！"
        anna.type(text).sees(lambda s: "耐心等待" in s.replace("\n", ""))
        for columns, lines in ((60, 20), (80, 24), (132, 40), (80, 24)):
            anna.resize(columns, lines).sees("李雷").sees(lambda s: "等待！" in s)
            rows = anna.rows()
            assert len(rows) == lines
            y, x = anna.cursor()
            assert "等待！" in rows[y] and x < columns
        anna.press("enter")
        eventually("it is said", lambda: text in d.lines(c))
        # 3,000 characters with line ends: none of them sends, and all arrive when Enter does.
        long = "\n".join(f"line {i:03} of what was pasted, 客户" for i in range(100))
        long = long[:2992] + "\nTHE END"
        assert len(long) == 3000
        anna.paste(long).sees("THE END")
        time.sleep(0.5)  # what must not happen
        assert d.lines(c) == [text]
        anna.press("enter")
        eventually("all of it is said", lambda: d.lines(c) == [text, long])
        # A terminal that does not mark what is pasted.
        anna.paste("first\nsecond\nthird", marked=False).sees("third")
        time.sleep(0.5)
        assert len(d.lines(c)) == 2


def test_the_engine_dies_while_an_answer_is_written(rig):
    rig.start_nats()
    engine = rig.start_engine().wait_ready()
    rig.seed()
    with Desk(rig, "dies") as d:
        c = d.writes("eve", WISH)
        d.waits(c)
        anna = d.on_duty("anna", "--undo", "0")
        anna.sees(WISH[:12]).press("enter").sees("yours for").type("I am looking")
        engine.kill()
        anna.type(" for it").sees("NO CONNECTION", 20).sees("I am looking for it")
        anna.press("enter").sees("on its way")
        engine.start().wait_ready()
        anna.sees(lambda s: "NO CONNECTION" not in s, 30)
        eventually("it is said, once", lambda: d.lines(c) == ["I am looking for it"], 30)


def test_without_a_terminal(one):
    code, said = one.cli("seat")
    assert code == 2 and "--help" in str(said)
