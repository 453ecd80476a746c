#!/bin/sh
# steward-kb-eval end to end, without an encoder: output, exit codes, messages.
set -u
eval=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "kb_eval: $*" >&2; cat "$dir/out" "$dir/err" >&2; exit 1; }
run() { code=0; "$eval" "$@" > "$dir/out" 2> "$dir/err" || code=$?; }

cat > "$dir/a.jsonl" << 'T'
{"id":"returns","title":"Returns","text":"Send it back within 30 days."}
{"id":"delivery","question":"Delivery","answer":"A parcel takes two days."}
broken
T
cat > "$dir/q.jsonl" << 'T'
{"question":"how do I send it back","expected":["returns"]}
{"question":"how long does the parcel take","expected":["delivery"]}
{"question":"what of this","expected":["missing"]}
{"question":"three"}
{"question":"capital of france","expected":[]}
T
run "$dir/q.jsonl" --articles "$dir/a.jsonl" --json --models "$dir/none"
[ $code = 0 ] || fail "exit code $code"
grep -q "a.jsonl:3: not JSON" "$dir/err" || fail "no message on the broken article"
grep -q "q.jsonl:4: 'expected'" "$dir/err" || fail "no message on the broken question"
grep -q "no article 'missing'" "$dir/err" || fail "no message on the missing article"
python3 - "$dir/out" << 'P' || fail "wrong JSON"
import json, sys
o = json.load(open(sys.argv[1]))
for way in ("lexical", "dense", "fused", "gated"):
    assert set(o[way]) == {"recall_at_1", "recall_at_5", "mrr"}, way
assert abs(o["lexical"]["recall_at_1"] - 2 / 3) < 1e-3
assert o["encoder_share"] == 0
assert o["questions"] == 3 and o["answerable"]["questions"] == 3
assert o["unanswerable"]["questions"] == 1
assert abs(sum(o["unanswerable"][k] for k in ("answered", "asked_which", "unknown")) - 1) < 1e-6
P
run "$dir/q.jsonl" --articles "$dir/a.jsonl" --untaught --models "$dir/none"; [ $code = 0 ] || fail "untaught: $code"
grep -q "1 questions that nothing answers" "$dir/out" || fail "nothing on unanswerable questions"
run --help; [ $code = 0 ] && grep -q "Example:" "$dir/out" || fail "help"
run; [ $code = 2 ] || fail "no arguments: $code"
run "$dir/q.jsonl"; [ $code = 2 ] || fail "no articles: $code"
run "$dir/q.jsonl" --articles "$dir/a.jsonl" --frob; [ $code = 2 ] || fail "unknown option: $code"
run "$dir/none" --articles "$dir/a.jsonl" --models "$dir/none" --json; [ $code = 2 ] || fail "no questions: $code"
python3 -c 'import json, sys; e = json.load(open(sys.argv[1]))["error"]; assert e["code"] == "bad_request" and "cannot be read" in e["message"], e' "$dir/out" ||
  fail "with --json a failure is JSON"
run "$dir/q.jsonl" --articles "$dir/none"; [ $code = 2 ] || fail "missing articles: $code"
echo ok
