// seat search: words of past conversations, searched by the engines.
#include "clients/cli/commands.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"
#include "messages/seat.hpp"

namespace steward::cli {
namespace {

struct options {
  std::string tenant, seat;
  std::vector<std::string> words;
  uint32_t limit = 20;
};

int search(context& c, const options& o) {
  if (!subjects::is_name(o.seat)) return usage(c, "--as: a seat's name is 1 to 40 of a-z, 0-9, '-', '_'");
  seat_request q;
  q.limit = o.limit;
  for (auto& w : o.words) q.text += (q.text.empty() ? "" : " ") + w;
  auto f = call<seat_found>(c, subjects::seat(tenant_id(o.tenant), o.seat, "search"), q, 8);
  if (!f) return fail(c, f.error());
  auto code = f->missing ? exit_problems : exit_ok;
  if (c.json) return put(full_json(*f) + "\n"), code;
  if (f->found.empty()) put("No conversation holds all of these words.\n");
  for (auto& x : f->found) {
    auto who = x.by == speaker::customer ? x.row.channel + " " + x.row.peer : x.name.empty() ? "a person" : x.name;
    put(painted(x.row.conversation.value.substr(0, short_id), colour::bold, out_colours()) + "  " +
        ago(x.time_ms, now_ms()) + "  " + one_line(x.row.mode) +
        (x.row.seat.empty() ? "" : " with " + one_line(x.row.seat)) + "  " +
        painted(one_line(who), colour::dim, out_colours()) + "\n");
    for (auto& l : wrapped(one_line(x.snippet), std::max<size_t>(40, terminal_width()) - 2)) put("  " + l + "\n");
  }
  if (f->more) put("… and older ones: more words, or --limit N\n");
  if (f->missing)
    print_note(std::to_string(f->missing) + " of " + std::to_string(partition_count) +
               " parts of the archive did not answer: ask again");
  return code;
}

} // namespace

void add_seat_search(command seat, context& c) {
  auto o = std::make_shared<options>();
  o->seat = user_name();
  auto cmd = seat.add("search", "Search what customers and colleagues wrote in past conversations, newest first",
                      "  steward seat search boots refund\n"
                      "  steward seat search 退货 -t demo\n"
                      "  steward seat search LT-10293 --limit 5     then: steward seat read ID");
  cmd.arguments("WORDS", o->words, "All of them have to stand in the conversation");
  cmd.option("--limit,-n", o->limit, "N", "At most so many (20)", 1, 100);
  cmd.tenant(o->tenant);
  cmd.option("--as", o->seat, "SEAT", "Your seat; by default your user name").from_environment("STEWARD_SEAT");
  cmd.run(c, [o](context& x) { return search(x, *o); });
}

} // namespace steward::cli
