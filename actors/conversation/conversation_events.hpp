// What a conversation's state is folded from. Persisted: golden bytes in tests/golden.
#pragma once
#include "actors/conversation/handover_summary.hpp"
#include "messages/chat.hpp"
#include "messages/envelope.hpp"
#include "messages/seat.hpp"

namespace steward {

enum class conversation_mode : uint8_t { ai = 0, waiting = 1, person = 2, closed = 3 };
std::string_view to_string(conversation_mode);
bool from_string(std::string_view, conversation_mode&);

namespace conversation_event {
inline constexpr const char* asked = "asked";     // the customer wrote: asked_body
inline constexpr const char* replied = "replied"; // somebody answered: replied_body
inline constexpr const char* mode = "mode";       // who may speak: mode_body
inline constexpr const char* noted = "noted";     // a person wrote something that customers do not see: private_note
inline constexpr const char* placed = "placed";   // the queue told the place: place_body
inline constexpr const char* held = "held";       // a person's words that may be undone: held_say
inline constexpr const char* let_go = "let_go";   // they were said or undone: held_say (its id)
inline constexpr const char* guest = "guest";     // somebody came in beside the seat, or left: guest_body
inline constexpr const char* moved = "moved";     // its visitor signed in, it goes on in his own: moved_body
inline constexpr const char* joined = "joined";   // that other one: what was said before came along: joined_body
inline constexpr const char* counted = "counted"; // what a tally was told: conversation_chapter
inline constexpr const char* forgotten =
    "forgotten"; // the customer is: the state begins afresh, the feed's numbers go on
} // namespace conversation_event

struct asked_body {
  uint64_t seq = 0; // of the feed
  std::string id;   // the sender's
  std::string text;
  std::string language;
  std::string customer;
  address from;
  int64_t time_ms = 0;
  int mood = 0;                   // a temper (mood_policy.hpp): below 0: upset
  std::vector<std::string> meant; // what words with several meanings mean in it: "apple/brand"
  template <class F>
  void fields(F& f) {
    f.required("seq", seq), f("id", id), f("text", text), f("language", language), f("customer", customer),
        f("from", from), f("time_ms", time_ms), f("mood", mood), f("meant", meant);
  }
};

struct place_body {
  uint64_t place = 0;
  template <class F>
  void fields(F& f) {
    f.required("place", place);
  }
};

/// A choice that was offered: picking it needs no search.
struct offered_choice {
  std::string title;
  std::string pick; // "article#passage"
  template <class F>
  void fields(F& f) {
    f.required("title", title), f.required("pick", pick);
  }
};

struct replied_body {
  uint64_t seq = 0; // of the feed, after this reply
  reply_kind kind = reply_kind::answer;
  std::vector<offered_choice> offered;
  int64_t time_ms = 0;
  std::string about; // title of what was answered
  std::string pick;  // and where it stands: "article#passage"
  template <class F>
  void fields(F& f) {
    f.required("seq", seq), f("kind", kind), f("offered", offered), f("time_ms", time_ms), f("about", about),
        f("pick", pick);
  }
};

/// What a person wrote that the customer does not have yet: it can be undone until `due_ms`.
struct held_say {
  std::string id; // the request's
  std::string seat, name, text;
  int64_t due_ms = 0;
  template <class F>
  void fields(F& f) {
    f.required("id", id), f("seat", seat), f("name", name), f("text", text), f("due_ms", due_ms);
  }
};

/// A supervisor beside the seat that has the conversation: hears all, and may speak.
struct guest_body {
  std::string seat, name;
  bool left = false;
  template <class F>
  void fields(F& f) {
    f.required("seat", seat), f("name", name), f("left", left);
  }
};

/// Where a visitor's conversation goes on since he signed in.
struct moved_body {
  entity_id conversation;
  address to;
  std::string customer;
  int64_t time_ms = 0;
  bool empty() const { return conversation.empty(); }
  template <class F>
  void fields(F& f) {
    f.required("conversation", conversation), f.required("to", to), f("customer", customer), f("time_ms", time_ms);
  }
};

struct mode_body {
  conversation_mode mode = conversation_mode::ai;
  std::string reason; // a handover's (handover_policy.hpp), operator, customer_wrote_again, or a seat's
  std::string by;
  int64_t time_ms = 0;
  // waiting: where, and by which ticket (the turn). person: which seat, and the name that the customer reads.
  std::string queue, skill, seat, name;
  uint32_t priority = 0;
  uint64_t wait = 0;
  int64_t since_ms = 0; // waiting: since when in fact
  std::string code;     // closed: the wrap-up code
  template <class F>
  void fields(F& f) {
    f.required("mode", mode), f("reason", reason), f("by", by), f("time_ms", time_ms), f("queue", queue),
        f("skill", skill), f("seat", seat), f("name", name), f("priority", priority), f("wait", wait),
        f("since_ms", since_ms), f("code", code);
  }
};

/// What is counted of it (chapter.hpp), and where.
struct conversation_chapter {
  int64_t begun_ms = 0;       // 0: nothing is counted yet
  std::string day;            // on which it began: that day's tally has its outcome
  std::string outcome, queue; // as the tally has it
  int64_t ended_ms = 0;
  int64_t wait_ms = 0;    // when it first waited for a person
  int64_t person_ms = 0;  // since when one has it
  bool responded = false; // a person has spoken
  bool operator==(const conversation_chapter&) const = default;
  template <class F>
  void fields(F& f) {
    f("begun_ms", begun_ms), f("day", day), f("outcome", outcome), f("queue", queue), f("ended_ms", ended_ms),
        f("wait_ms", wait_ms), f("person_ms", person_ms), f("responded", responded);
  }
};

/// Between conversations. Topic "joined": what the customer's own takes over; what was said itself is looked up. Topic
/// "said": what the visitor wrote after all, while he was signing in.
struct moved_note {
  entity_id from;
  uint64_t items = 0; // of the feed of `from`
  address to;
  std::string customer, language;
  conversation_mode mode = conversation_mode::ai; // as it was
  std::string queue, skill, seat, name, reason, blocked;
  uint32_t priority = 0;
  int64_t since_ms = 0;
  std::string last_text, last_id;
  conversation_story story;
  std::vector<int> moods;
  std::vector<private_note> notes;
  conversation_chapter chapter;
  bytes said; // a say_request
  template <class F>
  void fields(F& f) {
    f.required("from", from), f("items", items), f.required("to", to), f("customer", customer), f("language", language),
        f("mode", mode), f("queue", queue), f("skill", skill), f("seat", seat), f("name", name), f("reason", reason),
        f("blocked", blocked), f("priority", priority), f("since_ms", since_ms), f("last_text", last_text),
        f("last_id", last_id), f("story", story), f("moods", moods), f("notes", notes), f("said", said),
        f("chapter", chapter);
  }
};

/// The feed grows by what was looked up (the record's input has it), numbered on up to `seq`.
struct joined_body {
  uint64_t seq = 0;
  moved_note of;
  int64_t time_ms = 0;
  template <class F>
  void fields(F& f) {
    f.required("seq", seq), f.required("of", of), f("time_ms", time_ms);
  }
};

/// The whole state, as it stands in every eighth record.
struct conversation_data {
  address from;
  std::string customer;
  std::string language;
  conversation_mode mode = conversation_mode::ai;
  uint64_t feed_seq = 0; // last item of the feed
  uint32_t unknowns = 0; // in a row
  std::vector<offered_choice> offered;
  int64_t waiting_since_ms = 0;
  int64_t last_ms = 0;
  std::string last_text; // shortened, for lists
  std::string last_id;   // the sender's id of the last message: what a person's reply answers
  // Where it waits or waited, by which ticket, and who has it.
  std::string queue, skill, seat, name, reason, code;
  uint32_t priority = 0;
  uint64_t wait = 0, place = 0;
  int64_t since_ms = 0;            // of the wait, also when a seat has had it in between
  std::vector<private_note> notes; // the newest 8
  conversation_story story;
  std::vector<int> moods; // tempers of the last 4 messages, oldest first
  std::vector<held_say> held;
  std::vector<guest_body> guests;
  std::string blocked;     // by this seat: closed, and what the customer writes is kept but not answered
  uint32_t asked_back = 0; // which article was meant, in a row
  moved_body moved;        // it goes on elsewhere
  conversation_chapter chapter;
  std::vector<std::string> meant; // what words with several meanings meant so far, the newest last (meant_words.hpp)
  std::vector<offered_choice> former; // what the last message but one was to choose from: "no, the other one"
  std::string answered;               // "article#passage" of the last answer: "say that again"
  template <class F>
  void fields(F& f) {
    f("from", from), f("customer", customer), f("language", language), f("mode", mode), f("feed_seq", feed_seq),
        f("unknowns", unknowns), f("offered", offered), f("waiting_since_ms", waiting_since_ms), f("last_ms", last_ms),
        f("last_text", last_text), f("last_id", last_id), f("queue", queue), f("skill", skill), f("seat", seat),
        f("name", name), f("reason", reason), f("code", code), f("priority", priority), f("wait", wait),
        f("place", place), f("since_ms", since_ms), f("notes", notes), f("story", story), f("moods", moods),
        f("held", held), f("guests", guests), f("blocked", blocked), f("asked_back", asked_back), f("moved", moved),
        f("chapter", chapter), f("meant", meant), f("former", former), f("answered", answered);
  }
};

} // namespace steward
