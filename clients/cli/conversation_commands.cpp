// conversations list, show, reply, close, trace, replay. tail is in tail_command.cpp.
#include "clients/cli/commands.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/conversation_reads.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <tuple>

namespace steward::cli {
namespace {

struct list_options {
  std::string tenant;
  bool waiting = false, open = false, closed = false;
  uint32_t limit = 50;
};

int list(context& c, const list_options& o) {
  auto filter = o.waiting ? "waiting" : o.open ? "open" : o.closed ? "closed" : "";
  auto all = call_all<conversation_list>(c, "conversations",
                                         {.tenant = tenant_id(o.tenant), .limit = o.limit, .filter = filter});
  if (!all) return fail(c, all.error());
  std::vector<conversation_row> rows;
  uint64_t left_out = 0;
  for (auto& part : all->found) {
    if (!part.error.empty()) return fail(c, part.error);
    left_out += part.left_out;
    rows.insert(rows.end(), part.rows.begin(), part.rows.end());
  }
  // While a partition changes hands, both nodes may list it: the one that has seen more turns is right.
  std::sort(rows.begin(), rows.end(), [](auto& a, auto& b) {
    return std::tie(a.tenant, a.conversation, b.turns) < std::tie(b.tenant, b.conversation, a.turns);
  });
  auto same = [](auto& a, auto& b) { return a.tenant == b.tenant && a.conversation == b.conversation; };
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [&](auto& a, auto& b) { return o.waiting ? a.waiting_ms < b.waiting_ms : a.last_ms > b.last_ms; });
  if (rows.size() > o.limit) left_out += rows.size() - o.limit, rows.resize(o.limit);
  auto code = all->silent.empty() ? exit_ok : exit_problems;
  if (c.json) {
    print_json(json_object()("conversations", rows)("left_out", left_out)("silent", all->silent));
    return code;
  }
  if (rows.empty())
    put(o.waiting  ? "No conversations wait for a person.\n"
        : o.open   ? "No conversation is open.\n"
        : o.closed ? "No conversation is closed.\n"
                   : "No conversations yet. Begin one: steward ask \"do you ship to Norway?\"\n");
  else
    print_table(rows_table(rows, o.waiting, o.tenant.empty(), now_ms()));
  if (left_out > 0) put("… and " + std::to_string(left_out) + " more: --limit N shows them\n");
  for (auto& node : all->silent) print_note("node " + node + " does not answer: its conversations are missing here");
  return code;
}

// What names one conversation.
struct one {
  std::string tenant, id, text;
  uint64_t turn = 0;
};

int show(context& c, const one& o) {
  auto tenant = tenant_id(o.tenant);
  auto id = find_conversation(c, tenant, o.id);
  auto v = id ? whole_view(c, tenant, *id) : result<conversation_view>(id.error());
  if (!v) return fail(c, v.error());
  if (c.json) return put(full_json(*v) + "\n"), exit_ok;
  put(row_header(v->row, now_ms(), out_colours()) + "\n");
  for (auto& item : v->items) put(item_text(item, terminal_width(), out_colours()));
  for (auto& t : v->timers) put("timer " + one_line(t.name) + " is due " + clock_time(t.due_ms) + "\n");
  return exit_ok;
}

int replay(context& c, const one& o) {
  auto tenant = tenant_id(o.tenant);
  auto id = find_conversation(c, tenant, o.id);
  if (!id) return fail(c, id.error());
  auto v = call<conversation_view>(c, subjects::engine(partition_of(tenant, *id), "replay"),
                                   ops_request{.tenant = tenant, .entity = *id, .number = o.turn, .limit = 1000}, 30);
  if (!v) return fail(c, v.error());
  auto code = v->matches ? exit_ok : exit_problems;
  if (c.json) return put(full_json(*v) + "\n"), code;
  put(row_header(v->row, now_ms(), out_colours()) + "\n");
  if (v->cut_to == 0 && !v->items.empty() && v->items.front().seq > 1)
    put(count(v->items.front().seq - 1, "earlier line is", "earlier lines are") +
        " left out here: steward conversations show " + o.id + "\n\n");
  for (auto& item : v->items) put(item_text(item, terminal_width(), out_colours()));
  if (v->cut_to != 0)
    put("\nWhat came before turn " + std::to_string(v->cut_to) +
        " was cut off by retention: replayed from its whole state.\n");
  if (!v->state.empty()) put("\nstate " + safe_text(v->state) + "\n");
  put(v->matches ? painted("\nThe log, decided again, gives the same.\n", colour::good, out_colours())
                 : painted("\nThe log, decided again, differs: ", colour::bad, out_colours()) +
                       safe_text(v->difference) + "\n");
  return code;
}

struct trace_options {
  std::string tenant, id;
  uint32_t minutes = 10;
};

/// Whichever engine has the customer's door or the conversation's partition writes the lines.
int trace(context& c, const trace_options& o) {
  auto tenant = tenant_id(o.tenant);
  auto id = find_conversation(c, tenant, o.id);
  if (!id) return fail(c, id.error());
  auto all = call_all<conversation_list>(
      c, "trace", {.tenant = tenant, .entity = *id, .number = uint64_t{o.minutes} * 60, .by = user_name()});
  if (!all) return fail(c, all.error());
  std::vector<std::string> nodes;
  for (auto& node : all->found) nodes.push_back(node.node.value);
  std::sort(nodes.begin(), nodes.end());
  auto code = all->silent.empty() ? exit_ok : exit_problems;
  if (c.json) {
    print_json(json_object()("conversation", *id)("minutes", o.minutes)("nodes", nodes)("silent", all->silent));
    return code;
  }
  std::string who;
  for (auto& n : nodes) who += (who.empty() ? "" : ", ") + n;
  put(o.minutes == 0 ? "The log of " + who + " says no more of it than of others.\n"
                     : "For " + count(o.minutes, "minute", "minutes") + " the log of " + who +
                           " has a line for each step of " + id->value + ".\n");
  for (auto& node : all->silent) print_note("node " + node + " does not answer: its log does not follow");
  return code;
}

int act(context& c, const one& o, const char* verb) {
  auto tenant = tenant_id(o.tenant);
  auto id = find_conversation(c, tenant, o.id);
  if (!id) return fail(c, id.error());
  auto ack = call<ops_ack>(c, subjects::engine(partition_of(tenant, *id), verb),
                           ops_request{.tenant = tenant, .entity = *id, .text = o.text, .by = user_name()});
  if (!ack) return fail(c, ack.error());
  return print_ack(c, *ack);
}

} // namespace

void add_conversation_commands(command root, context& c) {
  auto group = root.group("conversations", "See conversations, and help where a person is wanted",
                          "  steward conversations list --waiting\n"
                          "  steward conversations show c4fz2k\n"
                          "  steward conversations reply c4fz2k \"I have sent you a new one.\"\n"
                          "  steward conversations close c4fz2k\n"
                          "An id's beginning is enough while it fits only one.");

  auto l = std::make_shared<list_options>();
  auto listing = group.add("list", "Conversations, the newest first",
                           "  steward conversations list\n"
                           "  steward conversations list --waiting        who waits for a person, longest first\n"
                           "  steward conversations list --open -t demo   one tenant's that are not closed");
  listing.flag("--waiting,-w", l->waiting, "Those that wait for a person");
  listing.flag("--open", l->open, "Those that are not closed");
  listing.flag("--closed", l->closed, "Those that are closed");
  listing.one_of({"--waiting", "--open", "--closed"});
  listing.option("--limit,-n", l->limit, "N", "At most so many (50)", 1, 100000);
  listing.any_tenant(l->tenant);
  listing.run(c, [l](context& x) { return list(x, *l); });

  auto add = [&](const char* name, const char* what, const char* examples, auto run) {
    auto o = std::make_shared<one>();
    auto cmd = group.add(name, what, examples);
    cmd.argument("ID", o->id, "The conversation, or the beginning of its id").tenant(o->tenant);
    cmd.run(c, [o, run](context& x) { return run(x, *o); });
    return std::pair{cmd, o};
  };
  add("show", "One conversation from its beginning",
      "  steward conversations show c4fz2k\n"
      "  steward conversations show c4fz2k --json | jq -r '.items[].text'",
      show);
  add_tail_command(group, c);
  auto [reply, r] = add("reply", "Answer the customer as a person; Steward is silent from then on",
                        "  steward conversations reply c4fz2k \"Your parcel is back here; a new one left today.\"",
                        [](context& x, const one& o) { return act(x, o, "reply"); });
  reply.argument("TEXT", r->text, "What the customer reads");
  add("close", "End a conversation; the customer's next message begins anew", "  steward conversations close c4fz2k",
      [](context& x, const one& o) { return act(x, o, "close"); });
  auto t = std::make_shared<trace_options>();
  auto traced =
      group.add("trace", "Let the engines' logs tell each step of its turns, for a while",
                "  steward conversations trace c4fz2k\n"
                "  steward conversations trace c4fz2k --minutes 60\n"
                "  steward conversations trace c4fz2k --minutes 0     no longer\n"
                "A line each where a message is accepted, decided, committed, and its reply delivered, with\n"
                "trace=ID, which its reply and its place in the feed bear too. A restart of an engine ends it.");
  traced.argument("ID", t->id, "The conversation, or the beginning of its id").tenant(t->tenant);
  traced.option("--minutes,-m", t->minutes, "N", "For so long (10; 0 ends it)", 0, 1440);
  traced.run(c, [t](context& x) { return trace(x, *t); });
  auto [again, p] = add("replay", "Decide a conversation again from the log, and compare",
                        "  steward conversations replay c4fz2k              all of it\n"
                        "  steward conversations replay c4fz2k --turn 3     as it stood after its third turn\n"
                        "Exit code 1: a decision made again is not the one that was made.",
                        replay);
  again.option("--turn", p->turn, "N", "Stop after this turn");
}

} // namespace steward::cli
