"""What is understood of a message reaches the turn: mood brings comfort and a person, a foreign language is told, and all of it
stands in the record, so that the store still agrees with the log."""
import json


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
