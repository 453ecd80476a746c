// What happens to the desk, and what it wants done.
#pragma once
#include "messages/seat.hpp"

#include <variant>

namespace steward::seat_ui {

// What happens.
enum class key_code : uint8_t {
  text, // `text` holds the character
  ctrl, // with the letter in `text`
  enter,
  new_line, // Ctrl-J, Alt-Enter, or an Enter in the middle of what a terminal without bracketed paste sends
  escape,
  tab,
  back_tab,
  backspace,
  del,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  help
};
struct key {
  key_code code = key_code::text;
  std::string text;
};
struct pasted {
  std::string text;
};
struct resized {
  int width = 80, height = 24;
};
struct tick {
  int64_t now_ms = 0;
};

enum class link : uint8_t { connected, away, closed }; // closed: the server lets us in no more
struct link_changed {
  link is = link::connected;
  std::string why;
};

/// A change was answered: the log has it, or `ack.error` says why not.
struct acked {
  std::string id;
  accept_ack ack;
};
struct feed_came {
  std::vector<feed_item> items;
};
// Answers of reads; where there was none, `error` says why.
struct got_me {
  seat_view view;
};
struct got_queue {
  queue_view view;
};
struct got_read {
  entity_id conversation;
  seat_conversation view;
};
struct got_texts {
  entity_id conversation;
  canned_texts view;
};
struct got_knowledge {
  entity_id conversation;
  kb_search_result view;
};
struct got_customer {
  entity_id conversation;
  feed_page view;
};
struct got_found {
  std::string text; // what was searched
  seat_found view;
};
struct typing_came {
  entity_id conversation;
  typing_note note;
};
/// The feed of a conversation that is watched has grown.
struct nudged {
  entity_id conversation;
};

using event = std::variant<key, pasted, resized, tick, link_changed, acked, feed_came, got_me, got_queue, got_read,
                           got_texts, got_knowledge, got_customer, got_found, typing_came, nudged>;

// What the desk wants done.
struct request { // on seat.<tenant>.<seat>.<verb>
  std::string verb;
  seat_request ask;
};
struct watch { // listen to its feed and typing, and to no other's; empty: to none
  entity_id conversation;
};
struct ring {};
struct leave {};
using effect = std::variant<request, watch, ring, leave>;

} // namespace steward::seat_ui
