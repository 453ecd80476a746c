// events tail: a line per committed record, of all nodes. Engines send them while somebody has asked in the last 15 s.
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

namespace steward::cli {
namespace {

using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

std::string line_text(const tail_line& x, bool colours) {
  std::string events;
  for (auto& e : x.events) events += (events.empty() ? "" : " ") + e;
  auto what = x.what + (x.what.size() < 8 ? std::string(8 - x.what.size(), ' ') : "");
  auto s = painted(clock_time(x.time_ms), colour::dim, colours) + "  " + one_line(x.tenant.value) + "  " +
           one_line(x.entity.value.substr(0, 9)) + "  turn " + std::to_string(x.turn) + "  " +
           painted(one_line(what), colour::bold, colours) + "  " + one_line(events);
  if (x.replies > 0) s += "  → " + count(x.replies, "reply", "replies");
  return s + painted("  [" + std::to_string(x.partition) + ":" + std::to_string(x.seq) + "]", colour::dim, colours) +
         "\n";
}

int tail(context& c, const std::string& tenant) {
  auto bus = c.bus();
  if (!bus) return fail(c, bus.error());
  auto lines = (*bus)->subscribe(std::string(subjects::tail));
  if (!lines) return fail(c, lines.error());
  catch_interrupts();
  auto subject = subjects::ops("all.tail");
  auto wish = encode(ops_request{.tenant = tenant_id(tenant)});
  // Asked with an inbox the first time: it tells whether an engine is there at all.
  auto first = (*bus)->request(subject, wish, milliseconds(1000));
  if (!first && first.error().code != errc::timeout) return fail(c, advice(c, subject, first.error()));
  if (!c.json && is_terminal(1)) put(painted("Waiting for what happens; Ctrl-C ends.\n", colour::dim, out_colours()));
  auto again = clock::now() + milliseconds(5000);
  while (!interrupted()) {
    if (clock::now() >= again) {
      (void)(*bus)->publish(subject, wish); // a lost connection comes back; the next wish counts
      again = clock::now() + milliseconds(5000);
    }
    auto m = lines->next(milliseconds(250));
    if (!m) return fail(c, m.error());
    if (!*m) continue;
    auto x = decode<tail_line>((*m)->data);
    if (!x || (!tenant.empty() && x->tenant.value != tenant)) continue;
    put(c.json ? full_json(*x) + "\n" : line_text(*x, out_colours()));
  }
  return exit_ok;
}

} // namespace

void add_event_commands(command root, context& c) {
  auto group = root.group("events", "Watch what happens", "  steward events tail");
  auto tenant = std::make_shared<std::string>();
  auto cmd = group.add("tail", "A line per turn of any conversation, until Ctrl-C",
                       "  steward events tail\n"
                       "  steward events tail --tenant demo --json | jq -c '[.entity, .events]'");
  cmd.any_tenant(*tenant);
  cmd.run(c, [tenant](context& x) { return tail(x, *tenant); });
}

} // namespace steward::cli
