// nlu suggest: without a file it takes what a tenant's customers wrote and nothing answered, from the engine's log; the
// work is steward-nlu's.
#include "clients/cli/commands.hpp"
#include "clients/cli/nlu_program.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <cstdio>
#include <fstream>
#include <unistd.h>

namespace steward::cli {

std::vector<std::string> not_understood(const std::vector<feed_item>& items) {
  std::vector<std::string> out;
  for (auto& reply : items) {
    auto missed = reply.kind == to_string(reply_kind::unknown) || reply.kind == to_string(reply_kind::choice);
    if (!missed || reply.in_reply_to.empty()) continue;
    for (auto& said : items)
      if (said.by == speaker::customer && said.id == reply.in_reply_to && !said.text.empty()) out.push_back(said.text);
  }
  return out;
}

namespace {

struct options {
  std::string tenant, file;
  uint32_t conversations = 500;
  std::vector<std::string> more;
};

result<std::vector<std::string>> gather(context& c, const options& o) {
  auto tenant = tenant_id(o.tenant);
  auto rows = newest_conversations(c, tenant, o.conversations);
  if (!rows) return rows.error();
  std::vector<std::string> out;
  for (auto& row : *rows) {
    auto v = whole_view(c, tenant, row.conversation);
    if (!v) return v.error();
    for (auto& text : not_understood(v->items)) out.push_back(std::move(text));
  }
  return out;
}

int suggest(context& c, const options& o) {
  auto args = o.more;
  if (!o.file.empty()) {
    args.insert(args.begin(), o.file);
    return become_nlu(c, "suggest", args);
  }
  auto texts = gather(c, o);
  if (!texts) return fail(c, texts.error());
  if (texts->empty()) {
    if (c.json) return put("[]\n"), exit_ok;
    return put("Nothing of the last " + count(o.conversations, "conversation", "conversations") +
               " was not understood.\n"),
           exit_ok;
  }
  // The file is open and has no name any more: it goes with the process.
  auto* file = std::tmpfile();
  if (!file) return usage(c, "cannot make a temporary file");
  for (auto& t : *texts) {
    auto line = json_object()("text", t).text() + "\n";
    std::fwrite(line.data(), 1, line.size(), file);
  }
  std::fflush(file);
  if (std::ferror(file)) return usage(c, "cannot write a temporary file");
  args.insert(args.begin(), "/dev/fd/" + std::to_string(dup(fileno(file))));
  return become_nlu(c, "suggest", args);
}

} // namespace

void add_nlu_suggest(command group, context& c) {
  auto o = std::make_shared<options>();
  auto cmd = group.add("suggest", "Intents that are missing: what customers wrote and nothing understood, in groups",
                       "  steward nlu suggest -t shop                    from the newest conversations\n"
                       "  steward nlu suggest unknown.jsonl --json       lines of {\"text\"}; needs no engine\n"
                       "Prints intents with examples as intents.yaml takes them: look through them, name them, put\n"
                       "them into the tenant's folder. Other options go to steward-nlu suggest as they are.");
  cmd.optional_argument("FILE", o->file, "A JSONL file; by default the engine's conversations").tenant(o->tenant);
  cmd.option("--conversations,-n", o->conversations, "N", "So many of the newest (500)", 1, 100000);
  cmd.rest(o->more);
  cmd.run(c, [o](context& x) { return suggest(x, *o); });
}

} // namespace steward::cli
