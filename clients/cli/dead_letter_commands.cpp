// dead-letters list, show, retry, drop.
#include "clients/cli/commands.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

namespace steward::cli {
namespace {

struct options {
  std::string tenant;
  uint32_t limit = 50;
  uint64_t number = 0;
};

int list(context& c, const options& o) {
  auto l = call<dead_letter_list>(c, subjects::ops("one.dead_letters"),
                                  ops_request{.tenant = tenant_id(o.tenant), .limit = o.limit});
  if (!l) return fail(c, l.error());
  if (c.json) return print_json(json_object()("dead_letters", l->rows)), exit_ok;
  if (l->rows.empty()) return put("No dead letters: nothing was given up.\n"), exit_ok;
  table t({{"NUMBER", table::align::right},
           {"WHEN"},
           {"TENANT"},
           {"CONVERSATION"},
           {"WHAT"},
           {"TRIES", table::align::right},
           {"REASON"}});
  auto now = now_ms();
  for (auto& r : l->rows)
    t.row({std::to_string(r.number), ago(r.letter.time_ms, now), r.letter.tenant.value,
           r.letter.entity.value.substr(0, short_id), r.letter.what, std::to_string(r.letter.attempts),
           r.letter.reason});
  print_table(t);
  return exit_ok;
}

int show(context& c, const options& o) {
  auto l = call<dead_letter_list>(c, subjects::ops("one.dead_letter_show"), ops_request{.number = o.number});
  if (!l) return fail(c, l.error());
  if (l->rows.empty()) return fail(c, failure{errc::not_found, "there is no dead letter " + std::to_string(o.number)});
  auto& r = l->rows.front();
  if (c.json) return put(full_json(r) + "\n"), exit_ok;
  auto line = [](const char* name, const std::string& text) {
    if (!text.empty())
      put(std::string(name) + std::string(14 - std::string_view(name).size(), ' ') + safe_text(text) + "\n");
  };
  line("number", std::to_string(r.number));
  line("what", r.letter.what);
  line("reason", r.letter.reason);
  line("tries", std::to_string(r.letter.attempts));
  line("time", clock_time(r.letter.time_ms));
  line("tenant", r.letter.tenant.value);
  line("conversation", r.letter.entity.value);
  line("text", r.text);
  line("message", json_bytes(r.letter.message));
  return exit_ok;
}

int act(context& c, const options& o, const char* verb) {
  auto ack = call<ops_ack>(c, subjects::ops(verb), ops_request{.number = o.number, .by = user_name()}, 15);
  if (!ack) return fail(c, ack.error());
  return print_ack(c, *ack);
}

} // namespace

void add_dead_letter_commands(command root, context& c) {
  auto group = root.group("dead-letters", "Messages and replies that were given up, and what to do with them",
                          "  steward dead-letters list\n"
                          "  steward dead-letters show 12\n"
                          "  steward dead-letters retry 12      after the cause is gone: it goes its way again\n"
                          "  steward dead-letters drop 12       never mind");
  auto l = std::make_shared<options>();
  auto listing = group.add("list", "What was given up, with the reason",
                           "  steward dead-letters list\n"
                           "  steward dead-letters list --tenant demo --json | jq '.dead_letters[].letter.reason'");
  listing.option("--limit,-n", l->limit, "N", "At most so many (50)", 1, 10000).any_tenant(l->tenant);
  listing.run(c, [l](context& x) { return list(x, *l); });

  auto add = [&](const char* name, const char* what, auto run) {
    auto o = std::make_shared<options>();
    auto cmd = group.add(name, what, std::string("  steward dead-letters ") + name + " 12");
    cmd.argument("NUMBER", o->number, "As `steward dead-letters list` shows it");
    cmd.run(c, [o, run](context& x) { return run(x, *o); });
  };
  add("show", "One of them, whole", show);
  add("retry", "Send it on its way again",
      [](context& x, const options& o) { return act(x, o, "one.dead_letter_retry"); });
  add("drop", "Remove it for good", [](context& x, const options& o) { return act(x, o, "one.dead_letter_drop"); });
}

} // namespace steward::cli
