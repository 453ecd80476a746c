"""What is understood of a message reaches the turn: mood brings comfort and a person, a foreign language is told, and all of it
stands in the record, so that the store still agrees with the log."""
import json

import pytest


def ask(rig, peer, text):
    code, answer = rig.cli("ask", "-t", "alder", "--as", peer, text)
    assert code == 0, answer
    return answer


def test_moods_and_languages(shared):
    calm = ask(shared, "calm", "How do I reserve a study room?")
    assert calm["kind"] == "answer" and "sorry" not in calm["reply"], calm

    sad = ask(shared, "sad", "This is far too slow, I am very disappointed")
    assert sad["kind"] == "handover" and sad["reply"].startswith("I'm sorry about this."), sad

    german = ask(shared, "german", "Wie kann ich einen Arbeitsraum reservieren, und was kostet mich das?")
    assert german["reply"].startswith("Leider kann ich hier nur auf English antworten."), german

    hello = ask(shared, "hello", "Hello!")
    assert hello["kind"] == "notice" and hello["reply"] == "Hello, this is the library.", hello

    complaint = ask(shared, "complaint", "I want to make a complaint")
    assert complaint["kind"] == "handover", complaint

    code, waiting = shared.cli("conversations", "list", "--waiting", "-t", "alder")
    assert code == 0 and "sad" in json.dumps(waiting), waiting
    code, verified = shared.cli("verify", timeout=60)
    assert code == 0, verified


INTENTS = """
flood:
  person: true
  examples: [there is water on the floor, the roof leaks on the books, water drips from the ceiling, the toilet is flooded,
    a pipe burst in the reading room, the basement is under water]
donate:
  description: Only noted
  examples: [I want to give you my old books, can I donate books, do you take books as a gift, my grandmother left us books for you,
    where do I bring books that I no longer need, are you interested in a box of novels]
"""


def test_intents_of_the_tenant(shared):
    """Learnt in the background when the folder comes, used in the turn, gone with the file, and back with a roll-back."""
    folder = shared.tenant_folder("cedar")
    (folder / "intents.yaml").write_text(INTENTS)
    code, checked = shared.cli("tenant", "check", folder, "-t", "cedar")
    assert code == 0 and checked["warnings"] == [], checked
    code, pushed = shared.cli("tenant", "push", folder, "-t", "cedar")
    assert code == 0, pushed
    code, learnt = shared.cli("nlu", "train", "-t", "cedar")
    assert code == 0 and learnt["intents"][0]["stage"] == "live" and learnt["intents"][0]["texts"] == 12, learnt

    def kind(peer, text):
        code, answer = shared.cli("ask", "-t", "cedar", "--as", peer, text)
        assert code == 0, answer
        return answer["kind"]

    assert kind("wet", "water drips on the floor of the reading room") == "handover"
    code, told = shared.cli("nlu", "explain", "-t", "cedar", "the roof leaks")
    assert code == 0 and told["understood"]["intents"][0]["name"] == "flood" and told["steps"], told
    assert kind("giver", "do you take old books as a gift") != "handover"

    (folder / "intents.yaml").unlink()
    code, pushed = shared.cli("tenant", "push", folder, "-t", "cedar")
    assert code == 0, pushed
    code, nothing = shared.cli("nlu", "train", "-t", "cedar")
    assert code == 4, nothing
    assert kind("wet2", "water drips on the floor of the reading room") != "handover"

    code, versions = shared.cli("tenant", "list", "-t", "cedar")
    oldest = min(v["version"] for v in versions["versions"])
    assert shared.cli("tenant", "rollback", "cedar", oldest)[0] == 0
    code, again = shared.cli("nlu", "train", "-t", "cedar")
    assert code == 0 and again["intents"][0]["model"] == learnt["intents"][0]["model"], again
    assert kind("wet3", "water drips on the floor of the reading room") == "handover"
    code, verified = shared.cli("verify", timeout=60)
    assert code == 0, verified


ENTITIES = """
card_number: {patterns: ['RW-[0-9]{4}']}
room: {values: {north: [north room, reading room], south: [south room]}}
"""


def test_what_the_tenant_wants_found_and_words_of_little_meaning(shared):
    """What was found stands in the record; a word or two is dealt with in its place, and a replay says the same."""
    folder = shared.folder / "tenant-birch"
    (folder / "entities.yaml").write_text(ENTITIES)
    code, pushed = shared.cli("tenant", "push", folder, "-t", "birch")
    assert code == 0, pushed
    code, told = shared.cli("nlu", "explain", "-t", "birch", "is the raeding room free for RW-2041?")
    found = {e["kind"]: e["value"] for e in told["understood"]["entities"]}
    assert code == 0 and found["room"] == "north" and found["card_number"] == "RW-2041", told

    def say(text):
        code, answer = shared.cli("ask", "-t", "birch", "--as", "brief", text)
        assert code == 0, answer
        return answer

    first = say("How do I reserve a study room?")
    assert first["kind"] == "answer", first
    again = say("say that again")
    assert again["kind"] == "answer" and again["citations"] == first["citations"], again
    for text in ("ok", "👍", "nope", "never mind"):
        assert say(text)["kind"] == "notice", text
    code, verified = shared.cli("verify", timeout=60)
    assert code == 0, verified


@pytest.mark.parametrize(
    "text",
    ["\u200b\u200b", "\u0007 where is it \u0001", "😡😡😡", "where is 我的 Paket где", "?" * 4000, "é" * 4000, "1 2 3 and " * 400, "<b>&\\\"'{}[]"],
    ids=["zero-width", "control", "emoji", "scripts", "marks", "long", "numbers", "markup"],
)
def test_strange_texts_get_a_reply(shared, text):
    code, answer = shared.cli("ask", "-t", "alder", "--as", f"strange-{abs(hash(text))}", text)
    assert code == 0 and answer["reply"], answer
