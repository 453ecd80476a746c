#include "clients/cli/seat_actions.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/follow.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <random>
#include <thread>

namespace steward::cli {
namespace {

using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

std::vector<std::string> parts(const std::string& list) {
  std::vector<std::string> out;
  for (size_t at = 0; at < list.size();) {
    auto comma = std::min(list.find(',', at), list.size());
    if (comma > at) out.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

std::string subject(const seat_options& o, std::string_view verb) {
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
result<feed_item> outcome(context& c, const seat_options& o, uint64_t from, const std::string& id) {
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

} // namespace

std::string new_id() {
  std::random_device source;
  std::string out;
  for (int i = 0; i < 20; ++i) out += "abcdefghijklmnopqrstuvwxyz234567"[source() % 32];
  return out;
}

int seat_change(context& c, const seat_options& o, const char* verb, seat_request q, bool settles) {
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

int seat_watch(context& c, const seat_options& o, uint64_t from) {
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

int seat_look(context& c, const seat_options& o) {
  auto f = follow(c, tenant_id(o.tenant), o.id);
  if (!f) return fail(c, f.error());
  seat_request q;
  q.conversation = f->id, q.from = o.from ? o.from : 1;
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
    if (auto ok = wait_for_more(f->wake, 2); !ok) return fail(c, ok.error());
  }
  return exit_ok;
}

seat_request joining(const seat_options& o) {
  seat_request q;
  q.name = o.name, q.capacity = o.capacity;
  q.queues = parts(o.queues), q.skills = parts(o.skills), q.languages = parts(o.languages);
  q.without_beat = o.detach;
  return q;
}

int seat_join(context& c, const seat_options& o) {
  auto q = joining(o);
  auto me = call<seat_view>(c, subject(o, "me"), seat_request{});
  if (!me) return fail(c, me.error());
  if (auto code = seat_change(c, o, "join", q, true); code != exit_ok || o.detach) return code;
  return seat_watch(c, o, me->next + 1);
}

int seat_list(context& c, const seat_options& o) {
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

int seat_me(context& c, const seat_options& o) {
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

int seat_read(context& c, const seat_options& o) {
  auto id = find_conversation(c, tenant_id(o.tenant), o.id);
  if (!id) return fail(c, id.error());
  seat_request q;
  q.conversation = *id;
  auto v = call<seat_conversation>(c, subject(o, "read"), q);
  // A long one comes in pages.
  for (auto page = v; v && page && !page->items.empty() && v->items.size() < 20'000;) {
    q.from = page->items.back().seq + 1;
    page = call<seat_conversation>(c, subject(o, "read"), q);
    if (!page) return fail(c, page.error());
    std::erase_if(page->items, [&](auto& i) { return i.seq < q.from; });
    v->items.insert(v->items.end(), page->items.begin(), page->items.end());
  }
  if (!v) return fail(c, v.error());
  if (c.json) return put(full_json(*v) + "\n"), exit_ok;
  put(row_header(v->row, now_ms(), out_colours()) + "\n");
  for (auto& i : v->items) put(item_text(i, terminal_width(), out_colours()));
  for (auto& n : v->notes) put("note of " + one_line(n.by) + ": " + safe_text(n.text) + "\n");
  return exit_ok;
}

int seat_texts(context& c, const seat_options& o) {
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

} // namespace steward::cli
