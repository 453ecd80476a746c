// What operators ask and engines answer. Three kinds of subject (messages/subjects): `ops.all.<verb>` is answered by
// every node (the asker collects), `ops.one.<verb>` by any one node, `engine.<p>.<verb>` by the partition's owner,
// `node.<node>.<verb>` by that node. Every answer may carry `error`.
#pragma once
#include "messages/knowledge.hpp"
#include "messages/record.hpp"

#include <map>

namespace steward {

/// Body of every request that needs no more than these.
struct ops_request {
  tenant_id tenant;
  entity_id entity;
  std::string name; // of an actor, an article, a dead letter
  std::string text; // of a reply, a search
  std::string language;
  uint64_t number = 0; // a turn, a version, a sequence
  uint32_t limit = 100;
  std::string filter; // conversations: "waiting", "open", "closed" or empty
  std::string by;     // who asks, for the record
  template <class F>
  void fields(F& f) {
    f("tenant", tenant), f("entity", entity), f("name", name), f("text", text), f("language", language),
        f("number", number), f("limit", limit), f("filter", filter), f("by", by);
  }
};

/// Answer of requests that only succeed or fail: reply, close, drain, restart, retry, drop.
struct ops_ack {
  bool ok = false;
  std::string text; // what was done, a sentence
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("ok", ok), f("text", text), f("error", error);
  }
};

// ops.all.status -> node_status; engine.<p>.floors -> partition_status
struct partition_status {
  uint8_t partition = 0;
  std::string state; // none, taking, mine, releasing
  uint64_t epoch = 0;
  uint64_t last_seq = 0; // of TURN
  uint64_t in_floor = 0;
  uint64_t in_last = 0; // newest known of IN: lag is in_last - in_floor
  uint64_t undecided = 0, undelivered = 0;
  uint64_t awake = 0;       // entities with an actor
  uint64_t replayed_to = 0; // background replay into the store
  uint64_t out_floor = 0;   // every reply of TURN at or below is delivered or parked
  template <class F>
  void fields(F& f) {
    f.required("partition", partition), f("state", state), f("epoch", epoch), f("last_seq", last_seq),
        f("in_floor", in_floor), f("in_last", in_last), f("undecided", undecided), f("undelivered", undelivered),
        f("awake", awake), f("replayed_to", replayed_to), f("out_floor", out_floor);
  }
};

/// A tenant's intents in one language, as a node knows them.
struct intent_status {
  std::string language;
  std::string stage; // waiting, embedding, learning, live, failed (the log says why)
  uint64_t done = 0; // texts embedded of those that were new
  uint64_t all = 0;  // texts that were new
  double left_s = 0; // about how long until it is live
  std::string model; // that answers now; empty: none yet
  uint64_t intents = 0, texts = 0;
  uint64_t version = 0; // of the tenant that `model` has learnt
  template <class F>
  void fields(F& f) {
    f.required("language", language), f.required("stage", stage), f("done", done), f("all", all), f("left_s", left_s),
        f("model", model), f("intents", intents), f("texts", texts), f("version", version);
  }
};

struct tenant_status {
  tenant_id tenant;
  std::string name;
  uint64_t version = 0;
  std::map<std::string, uint64_t> passages; // by language
  uint64_t articles = 0;
  std::string encoder;                // what embeds, or why nothing does
  std::vector<intent_status> intents; // a row per language that has some
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f("name", name), f("version", version), f("passages", passages),
        f("articles", articles), f("encoder", encoder), f("intents", intents);
  }
};

struct node_status {
  node_id node;
  std::string version;
  std::string http;
  std::string nats; // url and server version
  int64_t up_s = 0;
  bool draining = false;
  bool ready = false;
  std::vector<std::string> notes; // what an operator should know: old server, missing model, disk nearly full
  std::vector<partition_status> partitions;
  std::vector<tenant_status> tenants;
  std::map<std::string, double> counters; // as on /metrics
  std::vector<node_id> peers;             // see actor_list
  template <class F>
  void fields(F& f) {
    f.required("node", node), f("version", version), f("http", http), f("nats", nats), f("up_s", up_s),
        f("draining", draining), f("ready", ready), f("notes", notes), f("partitions", partitions),
        f("tenants", tenants), f("counters", counters), f("peers", peers);
  }
};

// ops.all.actors (limit; name: only paths that contain it) -> actor_list
struct actor_info {
  std::string path; // "node/partition-3/c4f…"
  std::string kind;
  std::string state;
  uint64_t mailbox = 0; // messages waiting for it
  uint64_t restarts = 0;
  int64_t age_s = 0;
  bool alone = false; // a door, the store, …: what waits for it is not told
  template <class F>
  void fields(F& f) {
    f.required("path", path), f("kind", kind), f("state", state), f("mailbox", mailbox), f("restarts", restarts),
        f("age_s", age_s), f("alone", alone);
  }
};
struct actor_list {
  node_id node;
  std::vector<actor_info> actors;
  uint64_t left_out = 0; // conversations beyond the limit
  /// In answers to ops.all.*: the nodes that this one knows to be alive, itself among them. The asker waits for them;
  /// where nobody says it, for a pause in the answers.
  std::vector<node_id> peers;
  template <class F>
  void fields(F& f) {
    f.required("node", node), f.required("actors", actors), f("left_out", left_out), f("peers", peers);
  }
};

// ops.all.conversations (tenant, filter, limit; entity: only ids that begin with it) -> conversation_list (each node
// lists the partitions it owns; newest first, those that wait longest first with filter "waiting")
struct conversation_row {
  tenant_id tenant;
  entity_id conversation;
  std::string channel, peer;
  std::string mode; // ai, waiting, person, closed
  uint64_t turns = 0;
  int64_t last_ms = 0;    // of the last turn
  int64_t waiting_ms = 0; // since when it waits for a person; 0: does not
  std::string language;
  std::string last_text;
  std::string seat, name; // who has it, and how the customer knows them
  std::string queue;      // where it waits or waited
  uint32_t place = 0;     // in the queue, from 1; 0: not known
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("conversation", conversation), f("channel", channel), f("peer", peer),
        f("mode", mode), f("turns", turns), f("last_ms", last_ms), f("waiting_ms", waiting_ms), f("language", language),
        f("last_text", last_text), f("seat", seat), f("name", name), f("queue", queue), f("place", place);
  }
};
struct conversation_list {
  std::vector<conversation_row> rows;
  problem error;
  node_id node;
  uint64_t left_out = 0;      // beyond the limit
  std::vector<node_id> peers; // see actor_list
  template <class F>
  void fields(F& f) {
    f.required("rows", rows), f("error", error), f("node", node), f("left_out", left_out), f("peers", peers);
  }
};

// engine.<p>.show (items from `number` on), engine.<p>.replay (to turn `number`) -> conversation_view
struct conversation_view {
  conversation_row row;
  std::string state; // of the model, as JSON
  std::vector<feed_item> items;
  std::vector<timer> timers;
  bool matches = true; // replay: the stored decision and the one made again are the same
  std::string difference;
  uint64_t cut_to = 0; // replay: what came before the whole state at this turn was cut; 0: nothing
  problem error;
  template <class F>
  void fields(F& f) {
    f("row", row), f("state", state), f("items", items), f("timers", timers), f.required("matches", matches),
        f("difference", difference), f("error", error), f("cut_to", cut_to);
  }
};

// engine.<p>.verify -> verify_report: replays the partition's log and compares with the store
struct verify_report {
  uint8_t partition = 0;
  uint64_t records = 0, entities = 0, different = 0, missing = 0, stale = 0;
  uint64_t cut_before = 0;           // the tail cleaner has cut the records before this sequence; 0: none
  std::vector<std::string> findings; // at most 20
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("partition", partition), f("records", records), f("entities", entities), f("different", different),
        f("missing", missing), f("stale", stale), f("findings", findings), f("error", error),
        f("cut_before", cut_before);
  }
};

// ops.one.kb_import -> kb_import_result. Files above the limit of a payload come in parts: lines of JSONL and CSV are
// cut at line ends, and `first_line` counts on.
struct kb_import_request {
  tenant_id tenant;
  std::string path;     // for messages and as source
  std::string format;   // md, html, jsonl, csv
  std::string language; // default for articles that do not say
  uint32_t first_line = 1;
  bytes content;
  bool dry_run = false;
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("path", path), f.required("format", format), f("language", language),
        f("first_line", first_line), f.required("content", content), f("dry_run", dry_run);
  }
};
struct kb_import_result {
  std::vector<std::string> added, changed, same; // article ids
  std::vector<std::string> broken;               // "file:line: what"
  uint64_t version = 0;                          // of KB after this
  problem error;
  template <class F>
  void fields(F& f) {
    f("added", added), f("changed", changed), f("same", same), f("broken", broken), f("version", version),
        f("error", error);
  }
};

// ops.one.kb_list (tenant, language or all, name: the article to go on behind, limit) -> kb_page. In order of ids, as
// many as fit one message.
struct kb_page {
  std::vector<article> articles;
  std::string next; // `name` of the next request; empty: that was all
  problem error;
  template <class F>
  void fields(F& f) {
    f("articles", articles), f("next", next), f("error", error);
  }
};

// ops.one.kb_search (tenant, text, language, limit) -> kb_search_result
struct kb_hit {
  candidate found;
  double lexical = 0, fixed = 0, dense = 0; // the parts of the score: lexical, static table, encoder
  std::vector<std::string> words;           // that matched
  template <class F>
  void fields(F& f) {
    f.required("found", found), f("lexical", lexical), f("static", fixed), f("dense", dense), f("words", words);
  }
};
struct kb_search_result {
  std::string language, step;
  verdict outcome = verdict::unknown;
  double confidence = 0;
  std::string why; // a sentence
  std::vector<kb_hit> hits;
  problem error;
  template <class F>
  void fields(F& f) {
    f("language", language), f("step", step), f("outcome", outcome), f("confidence", confidence), f("why", why),
        f("hits", hits), f("error", error);
  }
};

// ops.one.nlu_explain (tenant, text, language) -> nlu_explanation: how a message would be understood now, and why
struct nlu_step {
  std::string name; // language, built_in, intents (words), articles, encoder (vector), intents (all voices)
  std::string said; // what came out, in words
  double us = 0;    // what it cost
  template <class F>
  void fields(F& f) {
    f.required("name", name), f("said", said), f("us", us);
  }
};
struct nlu_explanation {
  understood_message understood;
  std::vector<nlu_step> steps;        // in order
  std::string why;                    // a sentence: which step decided, and why
  verdict outcome = verdict::unknown; // of the articles
  double confidence = 0;
  std::string article;  // the first that was found
  std::string meant;    // the article that the likeliest intent answers with
  double answer_at = 0; // the tenant's: from here on one is sure enough
  problem error;
  template <class F>
  void fields(F& f) {
    f("understood", understood), f("steps", steps), f("why", why), f("outcome", outcome), f("confidence", confidence),
        f("article", article), f("meant", meant), f("answer_at", answer_at), f("error", error);
  }
};

// ops.one.tenant_push -> ops_ack; tenant_check is the same without effect. Also the message in stream TENANT.
struct tenant_version {
  tenant_id tenant;
  uint64_t version = 0; // set by the engine
  int64_t time_ms = 0;
  std::string by;
  std::map<std::string, bytes> files; // relative path -> content
  bool check_only = false;
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f("version", version), f("time_ms", time_ms), f("by", by), f.required("files", files),
        f("check_only", check_only);
  }
};
// ops.one.tenant_list (tenant may be empty) -> tenant_list; ops.one.tenant_rollback (tenant, number) -> ops_ack
struct tenant_row {
  tenant_id tenant;
  uint64_t version = 0;
  int64_t time_ms = 0;
  std::string by;
  bool current = false;
  uint32_t files = 0;
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("version", version), f("time_ms", time_ms), f("by", by),
        f("current", current), f("files", files);
  }
};
struct tenant_list {
  std::vector<tenant_row> rows;
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("rows", rows), f("error", error);
  }
};

// ops.one.dead_letters (limit), dead_letter_show|retry|drop (number) -> dead_letter_list or ops_ack
struct dead_letter_row {
  uint64_t number = 0; // sequence in DLQ
  dead_letter letter;
  std::string text; // the message for people, when it is one
  template <class F>
  void fields(F& f) {
    f.required("number", number), f.required("letter", letter), f("text", text);
  }
};
struct dead_letter_list {
  std::vector<dead_letter_row> rows;
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("rows", rows), f("error", error);
  }
};

// `tail` (plain subject): a line per committed record, sent while somebody asked for it with ops.all.tail in the last
// 15 s.
struct tail_line {
  int64_t time_ms = 0;
  tenant_id tenant;
  entity_id entity;
  uint8_t partition = 0;
  uint64_t seq = 0, turn = 0;
  std::string what; // in_kind of the input, or the record's kind
  std::vector<std::string> events;
  uint32_t replies = 0;
  std::string trace;
  template <class F>
  void fields(F& f) {
    f("time_ms", time_ms), f("tenant", tenant), f("entity", entity), f.required("partition", partition),
        f.required("seq", seq), f("turn", turn), f("what", what), f("events", events), f("replies", replies),
        f("trace", trace);
  }
};

} // namespace steward
