// ask: a customer's chat in the terminal, or one question.
//
//   reply.<tenant>.cli.<peer>   is listened to before anything is said
//   say.<tenant>.cli.<peer>     is asked; the acknowledgement means that the log has it
// An unanswered say is sent again with the same id: it counts once.
#include "clients/cli/commands.hpp"
#include "clients/cli/conversation_print.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"
#include "messages/chat.hpp"
#include "messages/document.hpp"

#include <atomic>
#include <iostream>
#include <random>
#include <thread>

namespace steward::cli {
namespace {

using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

const channel_id channel("cli"); // every tenant has it

struct options {
  std::string text, tenant, peer, language;
};

std::string random_letters(size_t n) {
  std::random_device source;
  std::string out;
  for (size_t i = 0; i < n; ++i) out += "abcdefghijklmnopqrstuvwxyz234567"[source() % 32];
  return out;
}

milliseconds left_until(clock::time_point end) {
  return std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(end - clock::now()));
}

result<accept_ack> say(context& c, const options& o, const say_request& request, clock::time_point end) {
  auto bus = c.bus();
  if (!bus) return bus.error();
  auto subject = subjects::say(tenant_id(o.tenant), channel, peer_id(o.peer));
  auto payload = encode(request);
  for (;;) {
    auto m = (*bus)->request(subject, payload, std::min(milliseconds(3000), left_until(end)));
    if (!m && (m.error().code != errc::timeout || clock::now() >= end)) return advice(c, subject, m.error());
    if (!m) continue;
    auto ack = decode<accept_ack>(m->data);
    if (!ack) return refusal(m->data, ack.error());
    if (ack->ok) return ack;
    auto pause = milliseconds(ack->retry_after_ms);
    if (pause.count() <= 0 || clock::now() + pause >= end) return failure_of(ack->error);
    std::this_thread::sleep_for(pause);
  }
}

std::string reply_text(const reply_message& r, bool colours) {
  auto width = terminal_width();
  std::string out;
  for (auto& line : wrapped(safe_text(text_of(document_of(r.text))), width > 24 ? width - 2 : 100))
    out += (r.by == speaker::person ? painted("▌ ", colour::good, colours) : "  ") + line + "\n";
  for (auto& line : choice_lines(r.text, r.choices)) out += "  " + line + "\n";
  std::string small;
  if (!r.citations.empty()) small = "from " + citation_text(r.citations);
  if (r.by == speaker::ai && r.confidence > 0) small += (small.empty() ? "" : ", ") + percent(r.confidence) + " sure";
  if (!small.empty())
    for (auto& line : wrapped(small, width > 24 ? width - 2 : 100))
      out += "  " + painted(line, colour::dim, colours) + "\n";
  return out;
}

int once(context& c, const options& o, bus_session::subscription& replies) {
  say_request request{.id = random_letters(20), .text = o.text, .language = o.language, .time_ms = now_ms()};
  auto begin = clock::now();
  auto end = begin + c.timeout(15);
  auto ack = say(c, o, request, end);
  if (!ack) return fail(c, ack.error());
  while (clock::now() < end) {
    auto m = replies.next(left_until(end));
    if (!m) return fail(c, m.error());
    if (!*m) continue;
    auto r = decode<reply_message>((*m)->data);
    if (!r || r->in_reply_to != request.id) continue; // of an earlier question of the same peer
    auto ms = std::chrono::duration<double, std::milli>(clock::now() - begin).count();
    if (c.json)
      print_json(json_object()("conversation", r->conversation)("reply", r->text)("citations", r->citations)(
          "confidence", r->confidence)("latency_ms", ms)("kind", r->kind)("by", r->by)("choices", r->choices)("peer",
                                                                                                              o.peer));
    else
      put(reply_text(*r, out_colours()));
    return exit_ok;
  }
  return fail(c,
              failure{errc::timeout, "it was accepted as part of conversation " + ack->conversation.value +
                                         ", but no reply came in time.\n  `steward conversations show " +
                                         ack->conversation.value.substr(0, short_id) + "` shows what becomes of it."});
}

int chat(context& c, const options& o, bus_session::subscription& replies) {
  auto person = is_terminal(0) && is_terminal(1) && !c.json;
  auto prompt = person ? painted("you> ", colour::bold, out_colours()) : std::string();
  if (person)
    put("You are a customer of " + o.tenant + ". An empty line or Ctrl-D ends; `steward ask --as " + one_line(o.peer) +
        "` comes back.\n");
  std::atomic<bool> done{false};
  std::atomic<uint64_t> said{0}, answered{0};
  std::atomic<int> code{exit_ok};
  std::thread listener([&] {
    while (!done) {
      auto m = replies.next(milliseconds(100));
      if (!m) return;
      if (!*m) continue;
      auto r = decode<reply_message>((*m)->data);
      if (!r) continue;
      if (c.json)
        put(full_json(*r) + "\n");
      else
        put((person ? "\r\033[K" : "") + reply_text(*r, out_colours()) + prompt);
      if (!r->in_reply_to.empty()) ++answered;
    }
  });
  catch_interrupts();
  put(prompt);
  for (std::string line; !interrupted() && std::getline(std::cin, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
      if (person) break;
      continue;
    }
    auto end = clock::now() + c.timeout(15);
    auto ack = say(c, o, {.id = random_letters(20), .text = line, .language = o.language, .time_ms = now_ms()}, end);
    if (!ack) {
      code = fail(c, ack.error());
      put(prompt);
      if (!person) break;
      continue;
    }
    ++said;
    if (person) code = exit_ok;
    // A script's next line follows the answer, as a person's would.
    while (!person && answered < said && clock::now() < end && !interrupted())
      std::this_thread::sleep_for(milliseconds(2));
    if (!person && answered < said) {
      code = fail(c, failure{errc::timeout, "no reply came in time"});
      break;
    }
  }
  done = true;
  listener.join();
  if (person) put("\n");
  return code;
}

int ask(context& c, options o) {
  if (o.peer.empty()) o.peer = user_name() + "-" + random_letters(6); // a new customer each time
  if (o.peer.size() > 200) return usage(c, "--as takes at most 200 bytes");
  auto bus = c.bus();
  if (!bus) return fail(c, bus.error());
  auto replies = (*bus)->subscribe(subjects::reply(tenant_id(o.tenant), channel, peer_id(o.peer)));
  if (!replies) return fail(c, replies.error());
  return o.text.empty() ? chat(c, o, *replies) : once(c, o, *replies);
}

} // namespace

void add_ask_command(command root, context& c) {
  auto o = std::make_shared<options>();
  auto cmd = root.add("ask", "Ask as a customer would: one question, or a chat",
                      "  steward ask \"do you ship to Norway?\"\n"
                      "  steward ask                                a chat; an empty line ends it\n"
                      "  steward ask --as maria \"and how long?\"     the same customer as before\n"
                      "  steward ask --json \"opening hours\" | jq .confidence");
  cmd.optional_argument("TEXT", o->text, "The question; without it, a chat");
  cmd.tenant(o->tenant);
  cmd.option("--as", o->peer, "PEER", "Who asks; by default a new customer each time");
  cmd.option("--language,-l", o->language, "CODE", "ISO 639-1; by default it is recognised");
  cmd.run(c, [o](context& x) { return ask(x, *o); });
}

} // namespace steward::cli
