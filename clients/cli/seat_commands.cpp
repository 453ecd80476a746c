// seat: a person on duty in the terminal. Everything goes over `seat.<tenant>.<seat>.<verb>`; what came of a request is
// read from the seat's feed, where it stands under the request's id.
#include "clients/cli/commands.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"
#include "messages/seat.hpp"

#include <random>
#include <thread>

namespace steward::cli {
namespace {

using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

struct options {
  std::string tenant, seat, id, text, queue, to, reason, code, name, language;
  std::string queues, skills, languages; // with commas between
  uint32_t capacity = 0, limit = 50;
  uint64_t from = 0, turn = 0;
  uint32_t undo_s = 0, minutes = 0;
  bool detach = false, now = false;
};

std::string new_id() {
  std::random_device source;
  std::string out;
  for (int i = 0; i < 20; ++i) out += "abcdefghijklmnopqrstuvwxyz234567"[source() % 32];
  return out;
}

std::vector<std::string> parts(const std::string& list) {
  std::vector<std::string> out;
  for (size_t at = 0; at < list.size();) {
    auto comma = std::min(list.find(',', at), list.size());
    if (comma > at) out.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

std::string subject(const options& o, std::string_view verb) {
  return subjects::seat(tenant_id(o.tenant), o.seat, verb);
}

std::string line_of(const feed_item& i) {
  auto colours = out_colours();
  auto paint = i.by == speaker::customer                                       ? colour::bold
               : i.kind == "offer" || i.kind == "began"                        ? colour::good
               : i.kind == "lost" || i.kind == "refused" || i.kind == "missed" ? colour::warn
                                                                               : colour::none;
  std::string what = i.kind;
  if (i.kind == "lost" && !i.name.empty()) what += " to " + i.name;
  auto head = painted(clock_time(i.time_ms), colour::dim, colours) + "  " +
              painted(i.conversation.empty() ? std::string(short_id, ' ') : i.conversation.value.substr(0, short_id),
                      colour::dim, colours) +
              "  " + painted(one_line(what), paint, colours);
  std::string out;
  for (auto& l : wrapped(safe_text(i.text), std::max<size_t>(40, terminal_width()))) out += "  " + l + "\n";
  return head + "\n" + out;
}

void print_item(const context& c, const feed_item& i) { put(c.json ? full_json(i) + "\n" : line_of(i)); }

bool is_no(const feed_item& i) { return i.kind == "lost" || i.kind == "refused" || i.kind == "gone"; }

/// Waits for the line of the feed that answers this request.
result<feed_item> outcome(context& c, const options& o, uint64_t from, const std::string& id) {
  auto end = clock::now() + c.timeout(8);
  seat_request q;
  q.from = from;
  while (clock::now() < end) {
    auto page = call<feed_page>(c, subject(o, "feed"), q, 3);
    if (page)
      for (auto& i : page->items)
        if (i.in_reply_to == id) return i;
    if (page) q.from = page->next;
    (void)(*c.bus())->publish(subject(o, "beat"), "");
    std::this_thread::sleep_for(milliseconds(page ? 20 : 200));
  }
  return {errc::timeout, "it was accepted, but what came of it is not known yet.\n  `steward seat watch` shows it."};
}

/// Sends a request that changes something, and says what came of it.
int change(context& c, const options& o, const char* verb, seat_request q, bool settles = true) {
  auto me = call<seat_view>(c, subject(o, "me"), seat_request{});
  if (!me) return fail(c, me.error());
  q.id = new_id();
  if (!o.id.empty()) {
    auto id = find_conversation(c, tenant_id(o.tenant), o.id);
    if (!id) return fail(c, id.error());
    q.conversation = *id;
    for (auto& h : me->held) // where it was won, it is passed on
      if (h.conversation == *id && std::string_view(verb) == "reopen")
        return fail(c, failure{errc::conflict, "you have it already"});
    if (q.name.empty()) q.name = me->name;
  }
  q.queue = o.queue, q.seat = o.to, q.code = o.code, q.turn = o.turn, q.text = o.text;
  if (q.reason.empty()) q.reason = o.reason;
  q.for_ms = 1000LL * o.undo_s + 60'000LL * o.minutes;
  auto ack = call<accept_ack>(c, subject(o, verb), q);
  if (!ack) return fail(c, ack.error());
  if (!settles) {
    if (c.json) put(full_json(*ack) + "\n");
    return exit_ok;
  }
  auto got = outcome(c, o, me->next, q.id);
  if (!got) return fail(c, got.error());
  print_item(c, *got);
  return is_no(*got) ? exit_refused : exit_ok;
}

int watch(context& c, const options& o, uint64_t from) {
  auto bus = c.bus();
  if (!bus) return fail(c, bus.error());
  auto wake = (*bus)->subscribe(subjects::feed(tenant_id(o.tenant), seat_id(tenant_id(o.tenant), o.seat)));
  if (!wake) return fail(c, wake.error());
  catch_interrupts();
  seat_request q;
  q.from = from;
  auto beat = clock::now();
  bool begun = false, told = false;
  while (!interrupted()) {
    auto page = call<feed_page>(c, subject(o, "feed"), q, 3);
    if (!page && (!begun || exit_code_of(page.error().code) == exit_refused)) return fail(c, page.error());
    if (!page && !told) put_error("steward: the engine does not answer, waiting for the next\n");
    told = !page;
    begun = true;
    if (page) {
      for (auto& i : page->items) print_item(c, i);
      q.from = page->next;
      if (page->items.size() >= q.limit) continue;
    }
    for (int i = 0; i < 20 && !interrupted(); ++i) {
      if (clock::now() >= beat) {
        (void)(*bus)->publish(subject(o, "beat"), "");
        beat = clock::now() + milliseconds(5000);
      }
      auto m = wake->next(milliseconds(250));
      if (!m) return fail(c, m.error());
      if (*m) break;
    }
  }
  return exit_ok;
}

/// Read only: nobody learns of it, and nothing of it is in the log.
int look(context& c, const options& o) {
  auto tenant = tenant_id(o.tenant);
  auto id = find_conversation(c, tenant, o.id);
  if (!id) return fail(c, id.error());
  auto bus = c.bus();
  if (!bus) return fail(c, bus.error());
  auto wake = (*bus)->subscribe(subjects::feed(tenant, *id));
  if (!wake) return fail(c, wake.error());
  catch_interrupts();
  seat_request q;
  q.conversation = *id, q.from = o.from ? o.from : 1;
  std::string state;
  size_t notes = 0;
  bool begun = false;
  while (!interrupted()) {
    auto v = call<seat_conversation>(c, subject(o, "read"), q, 3);
    if (!v && (!begun || exit_code_of(v.error().code) == exit_refused)) return fail(c, v.error());
    if (v) {
      auto now = v->row.mode + (v->row.seat.empty() ? "" : ", with " + v->row.seat);
      if (!c.json && !begun) put(row_header(v->row, now_ms(), out_colours()) + "\n");
      for (auto& i : v->items) {
        put(c.json ? full_json(i) + "\n" : item_text(i, terminal_width(), out_colours()));
        q.from = std::max(q.from, i.seq + 1);
      }
      if (!c.json)
        for (; notes < v->notes.size(); ++notes)
          put("note of " + one_line(v->notes[notes].by) + ": " + safe_text(v->notes[notes].text) + "\n");
      if (!c.json && begun && now != state) print_note("state: " + one_line(now));
      state = now, begun = true;
    }
    for (int i = 0; i < 8 && !interrupted(); ++i) { // short waits: Ctrl-C is seen between them
      auto m = wake->next(milliseconds(250));
      if (!m) return fail(c, m.error());
      if (*m) break;
    }
  }
  return exit_ok;
}

int join(context& c, const options& o) {
  seat_request q;
  q.name = o.name, q.capacity = o.capacity;
  q.queues = parts(o.queues), q.skills = parts(o.skills), q.languages = parts(o.languages);
  q.without_beat = o.detach;
  auto me = call<seat_view>(c, subject(o, "me"), seat_request{});
  if (!me) return fail(c, me.error());
  if (auto code = change(c, o, "join", q); code != exit_ok || o.detach) return code;
  return watch(c, o, me->next + 1);
}

int list(context& c, const options& o) {
  seat_request q;
  q.queue = o.queue, q.limit = o.limit;
  auto v = call<queue_view>(c, subject(o, "queue"), q);
  if (!v) return fail(c, v.error());
  if (c.json) return put(full_json(*v) + "\n"), exit_ok;
  if (v->waiting == 0)
    put("Nobody waits in " + v->queue + ".\n");
  else {
    using side = table::align;
    table t({{"", side::right}, {"id"}, {"waits"}, {"priority", side::right}, {"needs"}, {"offered to"}, {"last"}});
    for (auto& r : v->rows)
      t.row({std::to_string(r.place), r.conversation.value.substr(0, short_id), span((now_ms() - r.since_ms) / 1000),
             r.priority ? std::to_string(r.priority) : "",
             one_line(r.skill + (r.skill.empty() ? "" : " ") + r.language), one_line(r.offered), one_line(r.text)});
    print_table(t);
    if (v->waiting > v->rows.size()) put("… and " + std::to_string(v->waiting - v->rows.size()) + " more\n");
  }
  if (v->to_s) put("who comes now waits " + span(v->from_s) + " to " + span(v->to_s) + ", four times of five\n");
  std::string seats;
  for (auto& s : v->seats)
    seats += (seats.empty() ? "" : ", ") + one_line(s.seat) + " (" + std::string(to_string(s.is)) + ", " +
             std::to_string(s.free) + " free)";
  put("on duty: " + (seats.empty() ? std::string("nobody") : seats) + "\n");
  return exit_ok;
}

int me(context& c, const options& o) {
  auto v = call<seat_view>(c, subject(o, "me"), seat_request{});
  if (!v) return fail(c, v.error());
  if (c.json) return put(full_json(*v) + "\n"), exit_ok;
  put(one_line(v->seat) + " is " + std::string(to_string(v->is)) +
      (v->reason.empty() ? "" : ": " + one_line(v->reason)) + "; " + std::to_string(v->held.size()) + " of " +
      std::to_string(v->capacity) + " conversations\n");
  for (auto& h : v->held)
    put("  " + h.conversation.value.substr(0, short_id) + "  " + one_line(h.queue) + "  since " +
        ago(h.since_ms, now_ms()) + (h.until_ms ? "  sleeps until " + clock_time(h.until_ms) : std::string{}) +
        (h.draft.empty() ? "" : "  draft: " + one_line(h.draft)) + "\n");
  return exit_ok;
}

int read(context& c, const options& o) {
  auto id = find_conversation(c, tenant_id(o.tenant), o.id);
  if (!id) return fail(c, id.error());
  seat_request q;
  q.conversation = *id;
  auto v = call<seat_conversation>(c, subject(o, "read"), q);
  if (!v) return fail(c, v.error());
  if (c.json) return put(full_json(*v) + "\n"), exit_ok;
  put(row_header(v->row, now_ms(), out_colours()) + "\n");
  for (auto& i : v->items) put(item_text(i, terminal_width(), out_colours()));
  for (auto& n : v->notes) put("note of " + one_line(n.by) + ": " + safe_text(n.text) + "\n");
  return exit_ok;
}

int texts(context& c, const options& o) {
  seat_request q;
  if (!o.language.empty()) q.languages = {o.language};
  if (!o.id.empty()) {
    auto id = find_conversation(c, tenant_id(o.tenant), o.id);
    if (!id) return fail(c, id.error());
    q.conversation = *id;
  }
  auto v = call<canned_texts>(c, subject(o, "texts"), q);
  if (!v) return fail(c, v.error());
  if (c.json) return put(full_json(*v) + "\n"), exit_ok;
  if (v->texts.empty()) put("The tenant has no texts: 'texts' in tenant.yaml holds them.\n");
  for (auto& [name, text] : v->texts)
    put(painted(one_line(name), colour::bold, out_colours()) + "  " + safe_text(text) + "\n");
  return exit_ok;
}

} // namespace

void add_seat_commands(command root, context& c) {
  auto group =
      root.group("seat", "Be a person on duty: see the queue, take conversations, answer",
                 "  steward seat join --as anna --name Anna      come on duty, and watch; Ctrl-C ends watching\n"
                 "  steward seat list                            who waits\n"
                 "  steward seat take c4fz2k --as anna           two who reach for one: one gets it\n"
                 "  steward seat say c4fz2k \"Hello!\" --as anna\n"
                 "  steward seat close c4fz2k --code solved --as anna\n"
                 "  steward seat home --as anna");
  auto add = [&](const char* name, const char* what, const char* examples, auto run) {
    auto o = std::make_shared<options>();
    o->seat = user_name();
    auto cmd = group.add(name, what, examples);
    cmd.tenant(o->tenant);
    cmd.option("--as", o->seat, "SEAT", "Your seat; by default your user name").from_environment("STEWARD_SEAT");
    cmd.run(c, [o, run](context& x) {
      if (!subjects::is_name(o->seat)) return usage(x, "--as: a seat's name is 1 to 40 of a-z, 0-9, '-', '_'");
      return run(x, *o);
    });
    return std::pair{cmd, o};
  };
  auto of_one = [&](const char* name, const char* what, const char* examples, auto run) {
    auto added = add(name, what, examples, run);
    added.first.argument("ID", added.second->id, "The conversation, or the beginning of its id");
    return added;
  };
  auto verb = [](const char* v, bool settles = true) {
    return [v, settles](context& x, const options& o) { return change(x, o, v, {}, settles); };
  };

  auto [j, jo] = add("join", "Come on duty and watch",
                     "  steward seat join --as anna --name Anna --capacity 4\n"
                     "  steward seat join --as ben --queues returns --skills billing --languages de,en\n"
                     "  steward seat join --as bot --detach     without watching or heartbeats",
                     join);
  j.option("--name", jo->name, "NAME", "How customers know you");
  j.option("--capacity", jo->capacity, "N", "Conversations at once (3)", 1, 20);
  j.option("--queues", jo->queues, "A,B", "For these queues; by default the tenant's first");
  j.option("--skills", jo->skills, "A,B", "What you know");
  j.option("--languages", jo->languages, "en,de", "What you speak (all)");
  j.flag("--detach", jo->detach, "Come on duty only; no heartbeats are expected of you");
  auto [w, wo] = add("watch", "Follow your seat's feed, with heartbeats, until Ctrl-C",
                     "  steward seat watch --as anna --from 120", [](context& x, const options& o) {
                       if (o.from) return watch(x, o, o.from);
                       auto v = call<seat_view>(x, subject(o, "me"), seat_request{});
                       return v ? watch(x, o, v->next) : fail(x, v.error());
                     });
  w.option("--from", wo->from, "N", "First line wanted; by default only what comes", 1);
  auto [l, lo] = add("list", "Who waits, in order, and who is on duty", "  steward seat list --queue returns", list);
  l.option("--queue", lo->queue, "QUEUE", "By default the tenant's first");
  l.option("--limit,-n", lo->limit, "N", "At most so many (50)", 1, 200);
  add("me", "What you hold", "  steward seat me --as anna", me);
  of_one("read", "A conversation with its private notes", "  steward seat read c4fz2k", read);
  auto [t, to] = add("texts", "The tenant's canned texts, filled in", "  steward seat texts --for c4fz2k", texts);
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
  auto [b, bo] = of_one("block", "End an abuser's conversation: what they write is kept, but not answered any more",
                        "  steward seat block c4fz2k --reason threats", verb("block"));
  b.option("--reason", bo->reason, "TEXT", "A private note");
  of_one("unblock", "Answer this customer again", "  steward seat unblock c4fz2k", verb("unblock"));
  auto [k, ko] = of_one("look", "Look on, read only, until Ctrl-C", "  steward seat look c4fz2k", look);
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
                     [](context& x, const options& o) {
                       seat_request q;
                       if (o.now) q.reason = "now";
                       return change(x, o, "home", q);
                     });
  h.flag("--now", ho->now, "Hand back what you have");
}

} // namespace steward::cli
