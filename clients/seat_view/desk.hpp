// What one person on duty sees and does, without a screen: news and keys in, requests out. The terminal draws it
// (desk_draw), a graphical client can draw it otherwise. Pure; one thread at a time.
#pragma once
#include "clients/seat_view/events.hpp"
#include "clients/seat_view/palette.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace steward::seat_ui {

enum class tone : uint8_t { plain, good, warn, bad };
struct notice {
  std::string text;
  tone is = tone::plain;
  int64_t since_ms = 0;
};

/// Asked, and what came of it is not known yet. It is sent again under the same id until the log has it.
struct pending {
  std::string verb;
  seat_request ask;
  int64_t since_ms = 0, again_ms = 0; // again_ms: when to send it again; 0: it is under way
  bool accepted = false;              // the log has it; the feed will say what came of it
  bool waiting = false;               // a say behind a take: sent once it has begun
};

struct offer {
  entity_id conversation;
  std::string queue, why;
  int64_t until_ms = 0;
};

/// A conversation as far as it has been read.
struct talk {
  conversation_row row;
  std::vector<feed_item> items; // the newest `most_items`
  std::vector<private_note> notes;
  uint64_t next = 1;                  // of its feed
  bool reading = false, more = false; // asked for; something came meanwhile
  int64_t asked_ms = 0;               // when
  std::string summary;                // with which it began
  text_edit draft, note;
  bool noting = false;
  std::string kept_draft; // as the engine has it
  int64_t drafted_ms = 0; // since when it is not kept; 0: it is
  int64_t typed_ms = 0;   // last told to the customer
  uint64_t unread = 0;
  int64_t typing_until_ms = 0;    // the customer types
  kb_search_result knowledge;     // for the customer's last words
  uint64_t asked_seq = 0;         // the line for which it was asked
  bool looking = false;           // that is under way
  std::optional<size_t> inserted; // which of it stands in the draft
  std::string inserted_text;      //
  std::string held_id, held_text; // said, and not with the customer yet
  int64_t held_until_ms = 0;      //
  notice says;                    // about this conversation, until a key a while later
  size_t back = 0;                // lines scrolled towards the beginning
  bool customer_spoke_last() const;
};

struct list_row {
  enum class kind : uint8_t { offered, mine, waiting, looked } is = kind::mine;
  entity_id conversation;
};

enum class focus : uint8_t { list, writing };

struct options {
  tenant_id tenant;
  std::string seat;
  std::string id_seed;                                 // ids of requests begin with it: one per run of the program
  int64_t undo_ms = 5000;                              // an answer can be taken back for so long
  seat_request join;                                   // how this person comes on duty
  std::function<bool(std::string_view verb)> may = {}; // what the user's role allows; nothing: everything
};

class desk {
public:
  explicit desk(options);
  /// What follows from this.
  std::vector<effect> update(const event&);

  // What there is to draw.
  options who;
  int width = 80, height = 24;
  int64_t now_ms = 0;
  link line = link::connected;
  std::string line_says;
  bool known = false; // `me` has been read once
  seat_view me;
  queue_view queue;
  std::vector<offer> offers;
  std::map<entity_id, talk> talks;
  std::vector<pending> sent;
  entity_id shown;  // empty: nobody
  entity_id looked; // not this seat's, and not waiting: found by a search, or joined
  focus at = focus::list;
  std::optional<palette> open;
  notice says; // about the seat, until a key a while later
  size_t list_at() const;

  std::vector<list_row> rows() const; // offers, mine, those who wait, what is looked at
  const talk* talk_of(const entity_id&) const;
  const held_row* held(const entity_id&) const;
  const offer* offered(const entity_id&) const;
  bool taking(const entity_id&) const; // asked for, and not known yet
  bool mine(const entity_id& c) const { return held(c) != nullptr; }
  bool guest(const entity_id& c) const { return guests_.contains(c); } // in it beside who has it
  bool may(std::string_view verb) const;
  size_t writing_width() const; // columns of the text that is written

private:
  // desk_keys.cpp
  void on(const key&);
  void on(const pasted&);
  void list_key(const key&);
  bool command_key(char letter);
  void writing_key(const key&);
  void palette_key(const key&);
  void choose(const palette&, const palette::item&);
  void enter_list();
  void select(const entity_id&);
  void take(const entity_id&, const std::string& queue);
  void send_draft();
  void insert_knowledge();
  void undo();
  void next_unanswered();
  void open_texts();
  void open_knowledge();
  void open_passes();
  void open_customer();
  void toggle_sleep();
  void typed();
  void clear_notices();
  void go();
  void ask_for(palette);

  // desk_look.cpp
  void open_search();
  void search_enter();
  void look(const entity_id&);
  void stop_looking();
  bool look_key(char letter);
  bool guest_line(const feed_item&, const std::optional<pending>&);
  bool joined_before(const pending&, const std::string& why);
  void on(const got_found&);

  // desk_news.cpp
  void on(const resized&);
  void on(const tick&);
  void on(const link_changed&);
  void on(const acked&);
  void on(const feed_came&);
  void on(const got_me&);
  void on(const got_queue&);
  void on(const got_read&);
  void on(const got_texts&);
  void on(const got_knowledge&);
  void on(const got_customer&);
  void on(const typing_came&);
  void on(const nudged&);
  void feed_line(const feed_item&);
  void began(const feed_item&, const std::optional<pending>&);
  void ended(const feed_item&, const std::optional<pending>&);
  void seat_line(const feed_item&, const std::optional<pending>&);
  void talk_line(const feed_item&, const std::optional<pending>&);
  std::optional<pending> settle(const std::string& id);
  void give_back(const pending&, const std::string& why);
  void show_next();
  void send_again();
  void rows_changed();
  void read(const entity_id&);
  void read_me();
  void read_queue();
  void ask_knowledge(const entity_id&);
  void keep_drafts();
  void forget_talks();

  // Both.
  std::string change(const std::string& verb, seat_request, bool waiting = false); // the id
  void ask(const std::string& verb, seat_request);
  void show(const entity_id&);
  void tell(const entity_id&, std::string text, tone = tone::plain);
  void tell(std::string text, tone = tone::plain);
  talk* find(const entity_id&);
  std::string name_of(const entity_id&) const;

  std::vector<effect> out_;
  std::optional<entity_id> picked_; // moved to by hand; nothing: the first row
  std::set<entity_id> guests_;      // conversations that this person joined
  uint64_t made_ = 0;               // ids
  int64_t next_queue_ms_ = 0, next_me_ms_ = 0;
  bool queue_asked_ = false, me_asked_ = false;
  bool me_changed_ = false; // since it was asked for: what comes is out of date
};

inline constexpr size_t most_items = 500;
inline constexpr size_t most_said = 4000;     // characters that a customer can be sent at once
inline constexpr size_t most_written = 16000; // characters that can be written

} // namespace steward::seat_ui
