#include "access/key_folder.hpp"
#include "messages/forget.hpp"
#include "messages/tally.hpp"
#include "tests/clients/cli/fake_engine.hpp"

#include <fstream>

using namespace steward;
using namespace steward::test;

namespace {

node_status healthy(const std::string& name) {
  node_status n{.node = node_id(name), .version = "0.1.0", .http = "http://127.0.0.1:8080", .up_s = 200, .ready = true};
  for (uint8_t p = 0; p < partition_count; ++p)
    n.partitions.push_back({.partition = p, .state = "mine", .in_floor = 5, .in_last = 7, .awake = 1});
  n.tenants.push_back(
      {.tenant = tenant_id("demo"), .name = "Larch & Tarn", .version = 3, .passages = {{"en", 180}}, .articles = 61});
  n.peers = {node_id(name)};
  return n;
}

conversation_row row(const std::string& id, const std::string& mode) {
  return {.tenant = tenant_id("demo"),
          .conversation = entity_id(id),
          .channel = "web",
          .peer = "maria",
          .mode = mode,
          .turns = 3,
          .last_ms = 1000,
          .waiting_ms = mode == "waiting" ? 1000 : 0,
          .last_text = "第一\n行"};
}
const std::string id = "cabcdefghijklmnopqrstuvwxyz";

std::string engine_subject(std::string_view verb) {
  return subjects::engine(partition_of(tenant_id("demo"), entity_id(id)), verb);
}

} // namespace

BOOST_AUTO_TEST_SUITE(program_suite)

BOOST_AUTO_TEST_CASE(no_server_says_what_to_do) {
  // Port 1 is nobody's.
  auto r = run_command({STEWARD_PROGRAM, "status", "--nats", "nats://user:secret@127.0.0.1:1"});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(has(r.errors, "no NATS server answers at nats://127.0.0.1:1"));
  BOOST_TEST(has(r.errors, "scripts/run"));
  BOOST_TEST(!has(r.errors, "secret"));
  r = run_command({STEWARD_PROGRAM, "status", "--json"}, "", {{"NATS_URL", "nats://127.0.0.1:1"}});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(
      has(r.output, R"({"error":{"code":"unavailable","message":"no NATS server answers at nats://127.0.0.1:1)"));
  BOOST_TEST(r.errors == "");
}

BOOST_AUTO_TEST_CASE(wrong_command_lines_are_2) {
  std::vector<std::vector<std::string>> wrong{{},
                                              {"stauts"},
                                              {"conversations"},
                                              {"conversations", "show"},
                                              {"status", "--timeout", "0"},
                                              {"kb", "search", "x", "--tenant", "A B"},
                                              {"conversations", "list", "--open", "--closed"},
                                              {"kb", "eval"},
                                              {"drain", "a.b"},
                                              {"tenant", "check", "/nonexistent"},
                                              {"tenant", "forget"},
                                              {"tenant", "forget", "x", "--conversation", "cy"}};
  for (auto args : wrong) {
    args.insert(args.begin(), STEWARD_PROGRAM);
    auto r = run_command(args);
    BOOST_TEST(r.code == 2, args.back());
    BOOST_TEST(!r.errors.empty());
  }
  BOOST_TEST(has(run_command({STEWARD_PROGRAM, "stauts"}).errors,
                 "no command 'stauts' here. There are:\n  status nodes ask "));
  BOOST_TEST(has(run_command({STEWARD_PROGRAM, "kb"}).errors, "Bring in articles"));
  BOOST_TEST(run_command({STEWARD_PROGRAM, "--version"}).output == "0.1.0\n");
}

ENGINE_TEST(a_server_without_engine) {
  for (auto args : {std::vector<std::string>{"status"},
                    {"ask", "hi"},
                    {"kb", "search", "hi"},
                    {"events", "tail"},
                    {"dead-letters", "list"}}) {
    auto r = e.run(args);
    BOOST_TEST(r.code == 3, args[0]);
    BOOST_TEST(has(r.errors, "no engine answers"), r.errors);
  }
  auto r = e.run({"conversations", "show", id});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(has(r.errors, "no engine owns partition"), r.errors);
  // Any engine takes actions, whatever node they are for: which nodes are there, only an engine knows.
  r = e.run({"drain", "n9"});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(has(r.errors, "no engine answers"), r.errors);
  r = e.run({"verify"});
  BOOST_TEST(r.code == 3);
}

ENGINE_TEST(status_of_a_healthy_engine) {
  e.says("ops.all.status", healthy("n1"));
  auto r = e.run({"status"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(has(r.output, "n1    ready  3 min          16     16      32"), r.output);
  BOOST_TEST(has(r.output, "demo    Larch & Tarn        3        61  en 180"), r.output);
  BOOST_TEST(!has(r.output, "\033"));
  r = e.run({"--json", "status"});
  BOOST_TEST(has(r.output, R"({"ok":true,"problems":[],"nodes":[{"node":"n1")"), r.output);
  BOOST_TEST(e.run({"nodes", "--partitions"}).code == 0);
}

// The server sends nothing to sign, and the program died of it before it had said a word.
ENGINE_TEST(someone_with_keys_asks_a_server_without) {
  e.says("ops.all.status", healthy("n1"));
  auto keys = key_folder::make(e.folder() / "keys", 1000);
  BOOST_TEST_REQUIRE(keys.ok());
  auto r = e.run({"--creds", keys->creds("admin").string(), "status"});
  BOOST_TEST(r.code == 0, r.errors);
  BOOST_TEST(has(r.output, "n1    ready"), r.output);
}

ENGINE_TEST(status_names_what_is_not_in_order) {
  auto a = healthy("n1"), b = healthy("n2");
  a.peers = {node_id("n1"), node_id("n2"), node_id("n3")};
  a.partitions[4].state = "none", b.partitions.clear();
  a.partitions[5].state = "taking";
  b.notes = {"NATS 2.9.10: a power cut may lose a second"};
  e.says("ops.all.status", a);
  e.says("ops.all.status", b);
  auto r = e.run({"status"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(has(r.output, "no node owns partition 4"), r.output);
  BOOST_TEST(has(r.output, "partition 5 is being taken over by n1"));
  BOOST_TEST(has(r.output, "node n3 does not answer"));
  BOOST_TEST(has(r.output, "n2: NATS 2.9.10"));
}

ENGINE_TEST(a_silent_engine_is_a_timeout) {
  e.on("ops.one.kb_search", [](const std::string&) { return ""; });
  auto r = e.run({"kb", "search", "x", "--timeout", "0.2"});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(has(r.errors, "no answer in time"), r.errors);
}

ENGINE_TEST(an_answer_that_is_no_answer) {
  e.on("ops.one.kb_search", [](const std::string&) { return "\xc1nonsense"; });
  auto r = e.run({"kb", "search", "x"});
  BOOST_TEST(r.code == 4);
  BOOST_TEST(has(r.errors, "cannot be read"), r.errors);
}

ENGINE_TEST(a_customer_is_forgotten_with_a_receipt) {
  forget_receipt r{.receipt = "r1", .tenant = tenant_id("demo"), .state = "ordered", .conversations = 2};
  forget_list known;
  e.on("ops.one.forget", [&](const std::string&) { return encode(r); });
  e.on("ops.one.forgotten", [&](const std::string&) { return encode(known); });
  auto ordered = e.run({"tenant", "forget", "C-1042"});
  BOOST_TEST(ordered.code == 0);
  BOOST_TEST(has(ordered.output, "Not done yet: steward tenant forgotten r1"), ordered.output);
  auto asked = e.seen<ops_request>("ops.one.forget");
  BOOST_TEST(asked.name == "C-1042");
  BOOST_TEST(asked.filter == "");
  r.state = "done", r.erased_ms = 1, r.erased = {{"dead_letters", 1}, {"records", 40}}, r.cleaned = {{"n1", 7}};
  known.rows = {r};
  auto done = e.run({"tenant", "forget", "--conversation", "cabc", "--wait"});
  BOOST_TEST(done.code == 0);
  BOOST_TEST(has(done.output, "1 dead letters, 40 records"), done.output);
  BOOST_TEST(has(done.output, "Erased from the store of n1: 7 rows"), done.output);
  BOOST_TEST(e.seen<ops_request>("ops.one.forget").entity.value == "cabc");
  BOOST_TEST(has(e.run({"tenant", "forgotten", "--json"}).output, R"("erased":{"dead_letters":1,"records":40})"));
  known.rows.clear();
  BOOST_TEST(has(e.run({"tenant", "forgotten"}).output, "Nobody was forgotten yet"));
  BOOST_TEST(e.run({"tenant", "forgotten", "r2"}).code == 4);
  r = {.state = "dry_run", .conversations = 1};
  BOOST_TEST(has(e.run({"tenant", "forget", "x", "--dry-run"}).output, "1 conversation; nothing. Nothing was done."));
}

ENGINE_TEST(a_refusal_is_4) {
  kb_search_result refused;
  refused.error = {"unknown_tenant", "no tenant 'acme' here"};
  e.says("ops.one.kb_search", refused);
  auto r = e.run({"kb", "search", "x", "-t", "acme"});
  BOOST_TEST(r.code == 4);
  BOOST_TEST(has(r.errors, "no tenant 'acme' here"));
  r = e.run({"kb", "search", "x", "--json"});
  BOOST_TEST(r.output == R"({"error":{"code":"unknown_tenant","message":"no tenant 'acme' here"}})"
                         "\n");
}

ENGINE_TEST(a_refusal_may_be_no_more_than_an_error) {
  e.says("ops.one.dead_letter_show", ops_ack{.error = {"not_found", "there is no dead letter 5"}});
  auto r = e.run({"dead-letters", "show", "5"});
  BOOST_TEST(r.code == 4);
  BOOST_TEST(has(r.errors, "there is no dead letter 5"), r.errors);
}

ENGINE_TEST(conversations_are_listed) {
  e.says("ops.all.conversations", conversation_list{.rows = {row(id, "waiting"), row("cb", "waiting")},
                                                    .node = node_id("n1"),
                                                    .peers = {node_id("n1")}});
  auto r = e.run({"conversations", "list", "--waiting"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(has(r.output, "cabcdefgh  demo    "), r.output);
  BOOST_TEST(has(r.output, "第一 行\n"));
  BOOST_TEST(e.seen<ops_request>("ops.all.conversations").filter == "waiting");
  auto newer = row(id, "person");
  newer.turns = 9;
  e.says("ops.all.conversations",
         conversation_list{.rows = {newer}, .node = node_id("n2")}); // takes the partition over
  r = e.run({"conversations", "list"});
  BOOST_TEST(std::count(r.output.begin(), r.output.end(), '\n') == 3); // title and two conversations
  BOOST_TEST(has(r.output, "person"), r.output);
  r = e.run({"conversations", "list", "--json"});
  BOOST_TEST(has(r.output, R"({"conversations":[{"tenant":"demo","conversation":")" + id), r.output);
}

ENGINE_TEST(empty_lists_say_so) {
  e.says("ops.all.conversations", conversation_list{.node = node_id("n1"), .peers = {node_id("n1")}});
  e.says("ops.one.dead_letters", dead_letter_list{});
  e.says("ops.one.tenant_list", tenant_list{});
  BOOST_TEST(e.run({"conversations", "list", "--waiting"}).output == "No conversations wait for a person.\n");
  BOOST_TEST(has(e.run({"conversations", "list"}).output, "No conversations yet"));
  BOOST_TEST(has(e.run({"dead-letters", "list"}).output, "nothing was given up"));
  BOOST_TEST(has(e.run({"tenant", "list"}).output, "No tenant yet"));
}

ENGINE_TEST(a_conversation_by_the_beginning_of_its_id) {
  e.says(
      "ops.all.conversations",
      conversation_list{.rows = {row(id, "ai"), row("czzz", "ai")}, .node = node_id("n1"), .peers = {node_id("n1")}});
  conversation_view v;
  v.row = row(id, "ai");
  v.items.push_back({.seq = 1, .time_ms = 1000, .by = speaker::customer, .text = "where is \x1b[2Jmy parcel"});
  e.says(engine_subject("show"), v);
  auto r = e.run({"conversations", "show", "cabc"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(has(r.output, id));
  BOOST_TEST(has(r.output, "where is  [2Jmy parcel"), r.output); // no escape sequence comes through
  BOOST_TEST(e.seen<ops_request>(engine_subject("show")).entity.value == id);
  BOOST_TEST(e.run({"conversations", "show", "cqqq"}).code == 4);
  r = e.run({"conversations", "show", "c"});
  BOOST_TEST(r.code == 4);
  BOOST_TEST(has(r.errors, "more than one"), r.errors);
  BOOST_TEST(e.run({"conversations", "show", "Maria!"}).code == 4);
}

ENGINE_TEST(reply_close_and_replay) {
  e.says(engine_subject("reply"), ops_ack{.ok = true, .text = "Sent."});
  auto r = e.run({"conversations", "reply", id, "A new one left today."});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(r.output == "Sent.\n");
  auto request = e.seen<ops_request>(engine_subject("reply"));
  BOOST_TEST(request.text == "A new one left today.");
  BOOST_TEST(!request.by.empty());
  e.says(engine_subject("close"), ops_ack{.ok = false, .error = {"conflict", "it is closed already"}});
  BOOST_TEST(e.run({"conversations", "close", id}).code == 4);
  conversation_view v;
  v.row = row(id, "ai"), v.matches = false, v.difference = "turn 3: other reply";
  e.says(engine_subject("replay"), v);
  r = e.run({"conversations", "replay", id, "--turn", "3"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(has(r.output, "turn 3: other reply"));
  BOOST_TEST(e.seen<ops_request>(engine_subject("replay")).number == 3u);
}

ENGINE_TEST(a_conversation_is_followed_by_every_engines_log) {
  conversation_list a{.node = node_id("n1"), .peers = {node_id("n1"), node_id("n2")}}, b = a;
  b.node = node_id("n2");
  e.says("ops.all.trace", a);
  e.says("ops.all.trace", b);
  auto r = e.run({"conversations", "trace", id, "--minutes", "5"});
  BOOST_TEST(r.code == 0, r.errors);
  BOOST_TEST(has(r.output, "For 5 minutes the log of n1, n2 has a line for each step of " + id), r.output);
  BOOST_TEST(e.seen<ops_request>("ops.all.trace").number == 300u);
}

ENGINE_TEST(a_report_is_put_together_from_the_nodes) {
  report_part first{.node = node_id("n1"), .peers = {node_id("n1"), node_id("n2")}}, second{.node = node_id("n2")};
  for (uint8_t p = 0; p < partition_count; ++p) (p < 8 ? first : second).partitions.push_back({p});
  tally_data d;
  d.add(
      tally_note{"2026-11-28", {{"outcome", "", "ai", 3}, {"transfer", "main", "mood", 1}, {"wait", "main", "", 75}}});
  first.days = {d}, second.days = {d};
  second.peers = first.peers;
  e.says("ops.all.report", first), e.says("ops.all.report", second);
  auto r = e.run({"report", "--from", "2026-11-20", "--to", "2026-11-28"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(has(r.output, "2026-11-28      6"), r.output);
  BOOST_TEST(e.seen<report_request>("ops.all.report").from == "2026-11-20");
  r = e.run({"report", "--by", "reason", "--csv"});
  BOOST_TEST(has(r.output, "mood,main,2\r\n"), r.output);
  r = e.run({"report", "--json"});
  BOOST_TEST(has(r.output, "\"reasons\":[{\"reason\":\"mood\",\"queue\":\"main\",\"transfers\":2}]"), r.output);
  BOOST_TEST(e.run({"report", "--from", "2026-11-31"}).code == 2);
  BOOST_TEST(e.run({"report", "--from", "2026-11-30", "--to", "2026-11-29"}).code == 2);
  BOOST_TEST(e.run({"report", "--by", "moon"}).code == 2);
}

ENGINE_TEST(a_report_with_a_partition_missing_says_so) {
  report_part one{.node = node_id("n1"), .peers = {node_id("n1")}, .partitions = {{1}, {2}}};
  e.says("ops.all.report", one);
  auto r = e.run({"report", "--from", "2026-11-20", "--to", "2026-11-28", "--timeout", "1"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(has(r.errors + r.output, "partitions change hands"), r.output + r.errors);
}

ENGINE_TEST(verify_asks_every_partition) {
  for (uint8_t p = 0; p < partition_count; ++p) {
    verify_report report{.partition = p, .records = 10, .entities = 2};
    if (p == 7) report.different = 1, report.findings = {"cabc: turn 3 in the store, 4 in the log"};
    if (p != 9) e.says(subjects::engine({p}, "verify"), report);
  }
  auto r = e.run({"verify"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(has(r.output, "partition 7: cabc: turn 3 in the store"), r.output);
  BOOST_TEST(has(r.output, "partition 9: no engine owns partition 9"));
  e.says(subjects::engine({7}, "verify"), verify_report{.partition = 7});
  r = e.run({"verify", "--json"});
  BOOST_TEST(has(r.output, R"("records":150,"entities":30,)"), r.output);
}

ENGINE_TEST(actors_and_restart) {
  actor_list list{.node = node_id("n1"), .peers = {node_id("n1")}};
  list.actors = {{.path = "n1/partition-3", .kind = "partition", .state = "running", .restarts = 2, .age_s = 60},
                 {.path = "n1/partition-3/cabc", .kind = "conversation", .state = "asleep"}};
  e.says("ops.all.actors", list);
  e.says("node.n1.restart", ops_ack{.ok = true});
  auto r = e.run({"actors"});
  BOOST_TEST(has(r.output, "└─ partition-3  running        0         2  1 min  partition"), r.output);
  BOOST_TEST(!has(e.run({"actors", "cabc", "--json"}).output, "\"kind\":\"partition\""));
  BOOST_TEST(e.run({"restart", "partition-3"}).output == "Done.\n");
  BOOST_TEST(e.seen<ops_request>("node.n1.restart").name == "n1/partition-3");
  BOOST_TEST(e.run({"restart", "partition-4"}).code == 4);
}

ENGINE_TEST(dead_letters) {
  dead_letter_row d{.number = 12, .text = "hello?"};
  d.letter = {.what = "message",
              .reason = "broke it three times",
              .attempts = 3,
              .message = {encode(say_request{.id = "1", .text = "hello?"})}};
  e.says("ops.one.dead_letters", dead_letter_list{.rows = {d}});
  e.says("ops.one.dead_letter_show", dead_letter_list{.rows = {d}});
  e.says("ops.one.dead_letter_retry", ops_ack{.ok = true, .text = "It goes its way again."});
  BOOST_TEST(has(e.run({"dead-letters", "list"}).output, "broke it three times"));
  BOOST_TEST(has(e.run({"dead-letters", "show", "12", "--json"}).output, R"("message":{"id":"1","text":"hello?"})"));
  e.says("ops.one.dead_letter_drop", ops_ack{.error = {"not_found", "there is no dead letter 5"}});
  BOOST_TEST(has(e.run({"dead-letters", "drop", "5"}).errors, "there is no dead letter 5"));
  BOOST_TEST(e.run({"dead-letters", "retry", "12"}).code == 0);
  BOOST_TEST(e.seen<ops_request>("ops.one.dead_letter_retry").number == 12u);
}

ENGINE_TEST(tenants_are_checked_pushed_and_rolled_back) {
  auto folder = std::filesystem::temp_directory_path() / ("steward-tenant-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "sub" / ".git");
  std::ofstream(folder / "tenant.yaml") << "name: X\n";
  std::ofstream(folder / "sub/questions.jsonl") << "{}\n";
  std::ofstream(folder / "sub/.git/config") << "x";
  e.says("ops.one.tenant_check",
         ops_ack{.ok = false, .error = {"bad_request", "tenant.yaml:1: no languages\nother: no such file"}});
  auto r = e.run({"tenant", "check", folder.string(), "-t", "shop"});
  BOOST_TEST(r.code == 1);
  BOOST_TEST(has(r.output, folder.string() + "/tenant.yaml:1: no languages\nother: no such file\n2 problems.\n"),
             r.output);
  auto sent = e.seen<tenant_version>("ops.one.tenant_check");
  BOOST_TEST(sent.check_only);
  BOOST_TEST(sent.tenant.value == "shop");
  BOOST_TEST(sent.files.size() == 2u);
  BOOST_TEST(sent.files["sub/questions.jsonl"].data == "{}\n");
  ops_ack pushed{.ok = true, .text = "tenant shop is at version 2\ntenant.yaml:2: warning: few"};
  e.on("ops.one.tenant_push", [&](const std::string&) { return encode(pushed); });
  r = e.run({"tenant", "push", folder.string()});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(r.output == folder.string() + "/tenant.yaml:2: warning: few\ntenant shop is at version 2\n");
  pushed.text.clear();
  BOOST_TEST(e.run({"tenant", "push", folder.string()}).output == "2 files pushed.\n");
  BOOST_TEST(!e.seen<tenant_version>("ops.one.tenant_push").check_only);
  e.says("ops.one.tenant_rollback", ops_ack{.ok = true, .text = "demo is at version 3 again."});
  BOOST_TEST(e.run({"tenant", "roll-back", "demo", "3"}).code == 0);
  BOOST_TEST(e.seen<ops_request>("ops.one.tenant_rollback").number == 3u);
  std::filesystem::remove_all(folder);
}

ENGINE_TEST(nlu_train_waits_until_it_is_learnt) {
  node_status n;
  n.node = node_id{"n1"}, n.ready = true, n.peers = {n.node};
  tenant_status t;
  t.tenant = tenant_id{"demo"}, t.version = 7;
  n.tenants = {t};
  e.on("ops.all.status", [&](const std::string&) { return encode(n); });
  auto r = e.run({"nlu", "train"});
  BOOST_TEST(r.code == 4);
  BOOST_TEST(has(r.errors, "has no intents: put an intents.yaml"), r.errors);
  BOOST_TEST(e.run({"nlu", "train", "-t", "other"}).code == 4);

  intent_status i{.language = "en", .stage = "embedding", .done = 40, .all = 120, .left_s = 20};
  n.tenants[0].intents = {i};
  r = e.run({"nlu", "train", "--patience", "0.1"});
  BOOST_TEST(r.code == 3);
  BOOST_TEST(has(r.errors, "learning 40 of 120 texts, about 20 s"), r.errors);
  auto status = e.run({"status"}).output;
  BOOST_TEST(has(status, "tenant demo: learning 40 of 120 texts, about 20 s"), status);

  i.stage = "live", i.model = "intents-1", i.intents = 3, i.texts = 120, i.version = 7;
  n.tenants[0].intents = {i};
  r = e.run({"nlu", "train"});
  BOOST_TEST(r.code == 0);
  BOOST_TEST(has(r.output, "intents-1"), r.output);
  n.tenants[0].intents[0].stage = "failed";
  BOOST_TEST(e.run({"nlu", "train", "--json"}).code == 1);
}

ENGINE_TEST(nlu_explain_tells_what_decided) {
  nlu_explanation x;
  x.understood.language = "en", x.understood.model = "intents-1",
  x.understood.intents = {{"late", 0.81}, {"lost", 0.05}};
  x.steps = {{"intents by words", "late 0.81", 42}, {"encoder", "bge", 8300}};
  x.why = "words decided", x.article = "parcel-late", x.confidence = 0.4, x.meant = "late-article";
  e.says("ops.one.nlu_explain", x);
  auto r = e.run({"nlu", "explain", "where is it?", "-t", "shop"});
  BOOST_TEST(r.code == 0);
  for (auto part : {"late, 81 % sure", "lost, 5 % sure", "parcel-late, 40 % sure", "late-article", "words decided",
                    "42 µs", "8.3 ms"})
    BOOST_TEST(has(r.output, part), r.output);
  auto q = e.seen<ops_request>("ops.one.nlu_explain");
  BOOST_TEST(q.text == "where is it?");
  BOOST_TEST(q.tenant.value == "shop");
  BOOST_TEST(has(e.run({"nlu", "explain", "x", "--json"}).output, "\"intent_step\""));
}

// Options that this program does not know reach the one that it becomes, in their order (they were refused once).
BOOST_AUTO_TEST_CASE(nlu_passes_its_words_on) {
  const auto r = run_command({STEWARD_PROGRAM, "nlu", "analyze", "/nonexistent/messages.jsonl"});
  BOOST_TEST(r.code == 2);
  BOOST_TEST(has(r.errors, "cannot read /nonexistent/messages.jsonl"));
}

// A failure of the program that it becomes was told as text whatever was asked for.
BOOST_AUTO_TEST_CASE(nlu_tells_programs_of_failures_in_json) {
  const std::string none = "/nonexistent/messages.jsonl";
  for (const auto& what : std::vector<std::vector<std::string>>{
           {"analyze", none}, {"suggest", none}, {"test", none}, {"evaluate", "--train", none}}) {
    std::vector<std::string> words{STEWARD_PROGRAM, "nlu"};
    words.insert(words.end(), what.begin(), what.end());
    words.push_back("--json");
    const auto r = run_command(words);
    BOOST_TEST_CONTEXT(what.front()) {
      BOOST_TEST(r.code == 2);
      BOOST_TEST(has(r.output, R"({"error":{"code":"not_found","message":")"), r.output);
      BOOST_TEST(r.errors.empty(), r.errors);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
