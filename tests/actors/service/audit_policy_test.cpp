#define BOOST_TEST_MODULE service
#include "actors/service/audit_policy.hpp"
#include "messages/ops.hpp"
#include "messages/subjects.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(audit)

BOOST_AUTO_TEST_CASE(an_action_is_told_by_its_subject_and_what_it_is_about) {
  ops_request q;
  q.tenant = tenant_id{"shop"}, q.by = "somebody else", q.text = "said to a customer";
  q.entity = entity_id{"c1"}, q.number = 7;
  auto a = read_action("by.anna.engine.3.reply", encode(q), true);
  BOOST_TEST_REQUIRE(a.ok());
  BOOST_TEST(a->subject == "engine.3.reply");
  auto passed = decode<ops_request>(a->payload);
  BOOST_TEST(passed->by == "anna"); // proved, not claimed
  BOOST_TEST(passed->text == "said to a customer");
  BOOST_TEST(passed->number == 7u);
  auto& l = a->line;
  BOOST_TEST(l.user == "anna");
  BOOST_TEST(l.proved);
  BOOST_TEST(l.action == "reply");
  BOOST_TEST(l.tenant.value == "shop");
  BOOST_TEST(l.entity.value == "c1");
  BOOST_TEST(encode(l).find("said to") == std::string::npos); // what customers are told can be forgotten

  tenant_version v;
  v.tenant = tenant_id{"shop"}, v.by = "mallory", v.files["tenant.yaml"] = {"name: S"};
  auto push = read_action("by.anna.ops.one.tenant_push", encode(v), false);
  BOOST_TEST_REQUIRE(push.ok());
  BOOST_TEST(decode<tenant_version>(push->payload)->by == "anna");
  BOOST_TEST(decode<tenant_version>(push->payload)->files["tenant.yaml"].data == "name: S");
  BOOST_TEST(push->line.tenant.value == "shop");
  BOOST_TEST(!push->line.proved);

  kb_import_request k;
  k.tenant = tenant_id{"shop"}, k.path = "help/returns.md", k.format = "md", k.content = {"# Returns"};
  BOOST_TEST(read_action("by.anna.ops.one.kb_import", encode(k), true)->line.on == "help/returns.md");
  ops_request r;
  r.name = "n1/partition-3";
  BOOST_TEST(read_action("by.anna.node.n1.restart", encode(r), true)->line.on == "n1/n1/partition-3");
  BOOST_TEST(read_action("by.anna.node.n1.drain", {}, true)->line.on == "n1");
  ops_request f;
  f.name = "C-1042", f.tenant = tenant_id{"shop"};
  auto forget = read_action("by.anna.ops.one.forget", encode(f), true);
  BOOST_TEST_REQUIRE(forget.ok());
  BOOST_TEST(decode<ops_request>(forget->payload)->name == "C-1042");
  BOOST_TEST(encode(forget->line).find("C-1042") == std::string::npos);
  ops_request d;
  d.number = 12;
  BOOST_TEST(read_action("by.anna.ops.one.dead_letter_drop", encode(d), true)->line.on == "12");
  BOOST_TEST(read_action("by.anna.ops.one.dead_letter_drop", R"({"number":12})", true)->line.on == "12"); // by hand
}

BOOST_AUTO_TEST_CASE(what_is_no_action_is_refused) {
  for (auto bad :
       {"by.anna.ops.one.tenant_list", "by.anna.engine.3.show", "by.anna.turn.3.__own", "by.anna.in.3.shop",
        "by.anna.engine.>.close", "by.anna.engine.*.close", "by.anna.by.bob.node.n.drain", "by.anna.seat.a.b.take",
        "by.anna", "by.anna.", "by..node.n.drain", "by.Anna.node.n.drain", "node.n.drain", ""})
    BOOST_TEST(!read_action(bad, {}, true).ok(), bad);
  BOOST_TEST(!read_action("by.anna.node.n.drain", "\xc1", true).ok());
  BOOST_TEST(!read_action("by.anna.ops.one.tenant_push", "{}", true).ok());
}

BOOST_AUTO_TEST_CASE(outcomes_of_any_type_are_read) {
  auto outcome = [](const std::string& answer) {
    audit_line l;
    read_outcome(answer, l);
    return l.outcome + ": " + l.text;
  };
  BOOST_TEST(outcome(encode(ops_ack{true, "version 3", {}})) == "ok: version 3");
  BOOST_TEST(outcome(encode(ops_ack{false, {}, {"not_found", "no such letter"}})) == "not_found: no such letter");
  kb_import_result k;
  k.added = {"a"};
  BOOST_TEST(outcome(encode(k)) == "ok: ");
  k.error = {"unknown_tenant", "none"};
  BOOST_TEST(outcome(encode(k)) == "unknown_tenant: none");
  BOOST_TEST(outcome("\xc1") == "internal: the answer cannot be read");
  BOOST_TEST(outcome(encode(ops_ack{true, std::string(1000, 'x'), {}})).size() == 204u);
}

BOOST_AUTO_TEST_CASE(actions_are_listed_with_their_outcome) {
  auto line = [](const std::string& id, int64_t ms, const std::string& user, bool ended, const std::string& outcome) {
    audit_line l;
    l.id = id, l.time_ms = ms, l.user = user, l.action = "close", l.ended = ended, l.outcome = outcome;
    return l;
  };
  constexpr int64_t hour = 3'600'000;
  auto list = [&](audit_collector c) {
    // Newest first; the outcome of 1 was never written, 4 has its own.
    for (auto& l : {line("4", 90 * hour, "sue", false, "ok"), line("3", 81 * hour, "bob", true, "not_found"),
                    line("2", 80 * hour, "anna", true, "ok"), line("3", 80 * hour, "bob", false, ""),
                    line("2", 79 * hour, "anna", false, ""), line("1", 50 * hour, "anna", false, "")})
      c.take(l);
    std::string out;
    for (auto& l : c.page().lines) out += l.id + l.user + "=" + l.outcome + " ";
    return out + (c.page().more ? "more" : "");
  };
  BOOST_TEST(list(audit_collector("", 0, 9)) == "4sue=ok 3bob=not_found 2anna=ok 1anna= ");
  BOOST_TEST(list(audit_collector("anna", 0, 9)) == "2anna=ok 1anna= ");
  BOOST_TEST(list(audit_collector("", 79 * hour, 9)) == "4sue=ok 3bob=not_found 2anna=ok ");
  BOOST_TEST(list(audit_collector("", 0, 2)) == "4sue=ok 3bob=not_found more");
}

BOOST_AUTO_TEST_SUITE_END()
