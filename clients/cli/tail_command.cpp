// conversations tail: the feed from a number on, and then whatever comes.
//
//   feed.<tenant>.<id>    says that something is new (plain, may be lost)
//   engine.<p>.feed       gives the lines from a number on; asked at each wake-up, and every 5 s in any case
#include "clients/cli/commands.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/follow.hpp"
#include "clients/cli/terminal.hpp"

namespace steward::cli {
namespace {

using std::chrono::milliseconds;

struct options {
  std::string tenant, id;
  uint64_t from = 1;
};

int tail(context& c, const options& o) {
  auto tenant = tenant_id(o.tenant);
  auto f = follow(c, tenant, o.id);
  if (!f) return fail(c, f.error());

  feed_request request{.tenant = tenant, .conversation = f->id, .from = o.from};
  auto subject = subjects::engine(partition_of(tenant, f->id), "feed");
  std::string mode;
  bool begun = false, told = false;
  while (!interrupted()) {
    auto page = call<feed_page>(c, subject, request, 3);
    if (!page) {
      // The first time it is an answer; later on it is a takeover that passes.
      if (!begun || exit_code_of(page.error().code) == exit_refused) return fail(c, page.error());
      if (!told) put_error("steward: the partition's owner does not answer, waiting for the next\n");
      told = true;
      if (!f->wake.next(milliseconds(500)))
        return fail(c, failure{errc::unavailable, "the connection to NATS is gone"});
      continue;
    }
    begun = true, told = false;
    for (auto& item : page->items)
      put(c.json ? full_json(item) + "\n" : item_text(item, terminal_width(), out_colours()));
    if (!c.json && page->mode != mode && (!mode.empty() || page->mode != "ai")) print_note("state: " + page->mode);
    mode = page->mode;
    auto more = !page->items.empty() && page->items.size() >= request.limit;
    request.from = std::max(request.from, page->next);
    if (more) continue;
    if (auto ok = wait_for_more(f->wake, 5); !ok) return fail(c, ok.error());
  }
  return exit_ok;
}

} // namespace

void add_tail_command(command group, context& c) {
  auto o = std::make_shared<options>();
  auto cmd = group.add("tail", "Follow a conversation until Ctrl-C",
                       "  steward conversations tail c4fz2k\n"
                       "  steward conversations tail c4fz2k --from 12      from its twelfth line on\n"
                       "  steward conversations tail c4fz2k --json         a JSON object per line");
  cmd.argument("ID", o->id, "The conversation, or the beginning of its id").tenant(o->tenant);
  cmd.option("--from", o->from, "N", "First line wanted (1)", 1);
  cmd.run(c, [o](context& x) { return tail(x, *o); });
}

} // namespace steward::cli
