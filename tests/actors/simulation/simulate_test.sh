#!/bin/sh
# steward-simulate end to end: output, exit codes and messages without an encoder, then the demo with it.
set -u
simulate=$1 root=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "simulate: $*" >&2; tail -n 40 "$dir/out" "$dir/err" >&2; exit 1; }
run() { code=0; "$simulate" "$@" > "$dir/out" 2> "$dir/err" || code=$?; }

mkdir "$dir/shop"
cat > "$dir/shop/tenant.yaml" << 'T'
name: Shop
languages: [en]
T
cat > "$dir/shop/questions.jsonl" << 'T'
{"question": "how do I send it back", "expected": ["returns"]}
{"question": "how long does the parcel take", "expected": ["delivery"]}
{"question": "capital of france", "expected": []}
T
cat > "$dir/a.jsonl" << 'T'
{"id":"returns","title":"Returns","text":"Send it back within 30 days."}
{"id":"delivery","title":"Delivery","text":"A parcel takes two days."}
T
cat > "$dir/c.jsonl" << 'T'
{"says": ["send it back"], "expected": ["returns"]}
{"says": ["I want a real person please"], "person": true}
T
STEWARD_CACHE_BEFORE=${STEWARD_CACHE:-}
export STEWARD_CACHE=$dir/cache
run "$dir/shop" --articles "$dir/a.jsonl" --customers "$dir/c.jsonl" --json --transcripts "$dir/t" --seed 3
[ $code = 0 ] || fail "exit code $code"
python3 - "$dir/out" << 'P' || fail "wrong JSON"
import json, sys
o = json.load(open(sys.argv[1]))
assert o["by_kind"]["labelled"]["customers"] == 3 and o["by_kind"]["written"]["customers"] == 4, o
assert o["answered_right"] + o["answered_wrong"] + o["handed_over"] + o["left"] == o["customers"], o
assert o["seed"] == 3 and o["turns"] >= 1
P
cp "$dir/out" "$dir/first"
ls "$dir/t" | grep -q '\.txt$' || fail "no transcripts"
run "$dir/shop" --articles "$dir/a.jsonl" --customers "$dir/c.jsonl" --json --seed 3
python3 -c 'import json,sys; a,b=(json.load(open(f)) for f in sys.argv[1:]); a.pop("seconds"); b.pop("seconds"); sys.exit(a!=b)' "$dir/first" "$dir/out" || fail "the same seed, another outcome"
run --help; [ $code = 0 ] && grep -q "Example:" "$dir/out" || fail "help"
run; [ $code = 2 ] || fail "no arguments: $code"
run "$dir/none" --articles "$dir/a.jsonl"; [ $code = 2 ] && grep -q "no such folder" "$dir/err" || fail "missing tenant: $code"
run "$dir/shop" --articles "$dir/none"; [ $code = 2 ] && grep -q "no articles" "$dir/err" || fail "missing articles: $code"
echo '{"expected": []}' > "$dir/bad.jsonl"
run "$dir/shop" --articles "$dir/a.jsonl" --customers "$dir/bad.jsonl"
[ $code = 2 ] && grep -q "bad.jsonl:1: no 'says'" "$dir/err" || fail "a broken customer: $code"
echo "ok without an encoder"

unset STEWARD_CACHE

[ -z "${STEWARD_CACHE_BEFORE:-}" ] || export STEWARD_CACHE=$STEWARD_CACHE_BEFORE
if [ ! -f "${STEWARD_CACHE:-$HOME/.cache/steward}/models/bge-small-en-v15/model.onnx" ]; then
  echo "SKIP: the encoders are not here (scripts/setup models)"
  exit 0
fi
run "$root/scripts/demo/tenant" --articles "$root/scripts/demo/kb" --customers "$root/scripts/demo/customers.jsonl" --most-wrong 0.02 --show wrong
[ $code = 0 ] || fail "the demo: exit code $code"
tail -n 8 "$dir/out"
echo ok
