// seat: a person on duty in the terminal. Everything goes over `seat.<tenant>.<seat>.<verb>`.
#include "clients/cli/commands.hpp"
#include "clients/cli/seat_actions.hpp"

namespace steward::cli {
namespace {

/// An agent's or supervisor's credentials are for one seat.
std::string own_seat(context& c) {
  (void)c.bus(); // reads them; what is wrong with it is said by the first request
  return c.role == "agent" || c.role == "supervisor" ? c.user : user_name();
}

} // namespace

void add_seat_commands(command root, context& c) {
  auto group =
      root.group("seat", "Be a person on duty: alone the full screen, or one command at a time",
                 "  steward seat --as anna --name Anna           the full screen: queue, conversations, articles; ? "
                 "lists its keys\n"
                 "  steward seat join --as anna --name Anna      come on duty, and watch; Ctrl-C ends watching\n"
                 "  steward seat list                            who waits\n"
                 "  steward seat take c4fz2k --as anna           two who reach for one: one gets it\n"
                 "  steward seat say c4fz2k \"Hello!\" --as anna\n"
                 "  steward seat close c4fz2k --code solved --as anna\n"
                 "  steward seat home --as anna");
  auto named = [](context& x, seat_options o, auto run) {
    if (o.seat.empty()) o.seat = own_seat(x);
    if (o.tenant.empty()) o.tenant = x.home.empty() ? "demo" : x.home;
    if (!subjects::is_name(o.seat)) return usage(x, "--as: a seat's name is 1 to 40 of a-z, 0-9, '-', '_'");
    return run(x, o);
  };
  auto how_to_join = [](command& to, const std::shared_ptr<seat_options>& o) {
    to.option("--name", o->name, "NAME", "How customers know you");
    to.option("--capacity", o->capacity, "N", "Conversations at once (3)", 1, 20);
    to.option("--queues", o->queues, "A,B", "For these queues; by default the tenant's first");
    to.option("--skills", o->skills, "A,B", "What you know");
    to.option("--languages", o->languages, "en,de", "What you speak (all)");
  };
  auto whose = [](command& to, const std::shared_ptr<seat_options>& o) {
    to.tenant(o->tenant);
    o->tenant.clear();
    to.option("--as", o->seat, "SEAT", "Your seat; by default the user of your credentials, or your user name")
        .from_environment("STEWARD_SEAT");
  };
  auto alone = std::make_shared<seat_options>();
  whose(group, alone);
  how_to_join(group, alone);
  alone->undo_s = 5;
  group.option("--undo", alone->undo_s, "SECONDS",
               "Answers go out after so long; until then they can be taken back (5)", 0, 30);
  group.run_alone(c, [alone, named](context& x) { return named(x, *alone, seat_screen); });

  auto add = [&](const char* name, const char* what, const char* examples, auto run) {
    auto o = std::make_shared<seat_options>();
    auto cmd = group.add(name, what, examples);
    whose(cmd, o);
    cmd.run(c, [o, alone, run, named](context& x) { // also `seat --as anna list`
      if (o->seat.empty()) o->seat = alone->seat;
      if (o->tenant.empty()) o->tenant = alone->tenant;
      return named(x, *o, run);
    });
    return std::pair{cmd, o};
  };
  auto of_one = [&](const char* name, const char* what, const char* examples, auto run) {
    auto added = add(name, what, examples, run);
    added.first.argument("ID", added.second->id, "The conversation, or the beginning of its id");
    return added;
  };
  auto verb = [](const char* v, bool settles = true) {
    return [v, settles](context& x, const seat_options& o) { return seat_change(x, o, v, {}, settles); };
  };

  auto [j, jo] = add("join", "Come on duty and watch",
                     "  steward seat join --as anna --name Anna --capacity 4\n"
                     "  steward seat join --as ben --queues returns --skills billing --languages de,en\n"
                     "  steward seat join --as bot --detach     without watching or heartbeats",
                     seat_join);
  how_to_join(j, jo);
  j.flag("--detach", jo->detach, "Come on duty only; no heartbeats are expected of you");
  auto [w, wo] = add("watch", "Follow your seat's feed, with heartbeats, until Ctrl-C",
                     "  steward seat watch --as anna --from 120", [](context& x, const seat_options& o) {
                       if (o.from) return seat_watch(x, o, o.from);
                       auto v = call<seat_view>(x, subjects::seat(tenant_id(o.tenant), o.seat, "me"), seat_request{});
                       return v ? seat_watch(x, o, v->next) : fail(x, v.error());
                     });
  w.option("--from", wo->from, "N", "First line wanted; by default only what comes", 1);
  auto [l, lo] =
      add("list", "Who waits, in order, and who is on duty", "  steward seat list --queue returns", seat_list);
  l.option("--queue", lo->queue, "QUEUE", "By default the tenant's first");
  l.option("--limit,-n", lo->limit, "N", "At most so many (50)", 1, 200);
  add("me", "What you hold", "  steward seat me --as anna", seat_me);
  of_one("read", "A conversation with its private notes", "  steward seat read c4fz2k", seat_read);
  add_seat_search(group, c);
  auto [t, to] = add("texts", "The tenant's canned texts, filled in", "  steward seat texts --for c4fz2k", seat_texts);
  t.option("--for", to->id, "ID", "Filled in for this conversation");
  t.option("--language,-l", to->language, "CODE", "ISO 639-1");

  auto [a, ao] =
      of_one("take", "Take a conversation that waits, or accept an offer", "  steward seat take c4fz2k", verb("take"));
  a.alias("accept");
  a.option("--queue", ao->queue, "QUEUE", "Where it waits; by default the tenant's first");
  auto [d, dopt] = of_one("decline", "Say no to an offer", "  steward seat decline c4fz2k", verb("decline", false));
  d.option("--queue", dopt->queue, "QUEUE", "Where it waits; by default the tenant's first");
  auto [s, so] =
      of_one("say", "Answer the customer", "  steward seat say c4fz2k \"I have sent you a new one.\"", verb("say"));
  s.argument("TEXT", so->text, "What the customer reads");
  s.option("--turn", so->turn, "N", "Only if the conversation has not gone on since this turn");
  s.option("--undo", so->undo_s, "SECONDS", "The customer gets it only after so long; until then `undo` takes it back",
           1, 30);
  of_one("undo", "Take back what you said last with --undo", "  steward seat undo c4fz2k", verb("undo"));
  auto [n, no] = of_one("note", "A private note", "  steward seat note c4fz2k \"has called before\"", verb("note"));
  n.argument("TEXT", no->text, "What colleagues read");
  auto [p, po] = of_one("pass", "Pass a conversation on",
                        "  steward seat pass c4fz2k --to ben --reason \"knows returns\"", verb("pass"));
  p.option("--to", po->to, "SEAT", "To this person first");
  p.option("--queue", po->queue, "QUEUE", "To this queue; by default the one it came from");
  p.option("--reason", po->reason, "TEXT", "A note for whoever takes it");
  of_one("back", "Hand a conversation back to Steward", "  steward seat back c4fz2k", verb("back"));
  auto [e, eo] = of_one("close", "End a conversation", "  steward seat close c4fz2k --code solved", verb("close"));
  e.option("--code", eo->code, "CODE", "What became of it, in a word");
  auto [z, zo] = of_one("snooze", "Put a conversation aside: it comes back then, or when its customer writes",
                        "  steward seat snooze c4fz2k --minutes 60 --reason \"waits for the depot\"\n"
                        "  steward seat snooze c4fz2k                   without a time: it comes back now",
                        verb("snooze"));
  z.option("--minutes", zo->minutes, "N", "For so long", 1, 44'640);
  z.option("--reason", zo->reason, "TEXT", "Why; you read it in your feed");
  auto [b, bo] = of_one("block", "End an abuser's conversations: what they write is kept, but not answered any more",
                        "  steward seat block c4fz2k --reason threats", verb("block"));
  b.option("--reason", bo->reason, "TEXT", "A private note");
  of_one("unblock", "Answer this customer again", "  steward seat unblock c4fz2k", verb("unblock"));
  auto [k, ko] = of_one("look", "Look on, read only, until Ctrl-C", "  steward seat look c4fz2k", seat_look);
  k.option("--from", ko->from, "N", "First line wanted (1)", 1);
  of_one("join-in", "Come in beside the person who has it: you hear all, and may speak",
         "  steward seat join-in c4fz2k", verb("join_in"));
  of_one("leave", "Leave a conversation that you joined in", "  steward seat leave c4fz2k", verb("leave"));
  of_one("take-over", "Take a conversation from whoever has it: a person, the queue or Steward",
         "  steward seat take-over c4fz2k", verb("take_over"));
  of_one("reopen", "Take a closed conversation up again", "  steward seat reopen c4fz2k", verb("reopen"));
  auto [y, yo] =
      add("away", "Get no new conversations for a while", "  steward seat away --reason lunch", verb("away"));
  y.option("--reason", yo->reason, "WORD", "Why");
  add("available", "Be there again", "  steward seat available", verb("available"));
  auto [h, ho] = add("home", "Go home: no new conversations, and off duty once the last has ended",
                     "  steward seat home            finish what you have\n"
                     "  steward seat home --now      what you have goes back to the queue",
                     [](context& x, const seat_options& o) {
                       seat_request q;
                       if (o.now) q.reason = "now";
                       return seat_change(x, o, "home", q, true);
                     });
  h.flag("--now", ho->now, "Hand back what you have");
}

} // namespace steward::cli
