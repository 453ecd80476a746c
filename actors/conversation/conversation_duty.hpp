// What a conversation does with people on duty: sends itself to its queue, takes the seat that won it, and does what
// that seat says. One decision under way: it adds events and replies to `decision`. Pure.
#pragma once
#include "actors/conversation/conversation_events.hpp"
#include "actors/entity/entity_model.hpp"

namespace steward {

class duty {
public:
  duty(const conversation_data& data, decision& d, const decide_context& c, const entity_id& me,
       const tenant_id& tenant)
      : data_(data)
      , d_(d)
      , c_(c)
      , me_(me)
      , tenant_(tenant) {}

  /// The conversation is about to take this mode: its queue learns that it left, its seat that it is free of it. `id`:
  /// the request that ends it.
  void change(const mode_body&, const std::string& id);
  void queue_up(const mode_body&, const std::string& language, const std::string& text, const std::string& wanted);
  void customer_wrote(const say_request&);
  /// A command `seat.<verb>`: say, undo, note, close, block, unblock, back, pass, reopen, join_in, leave, take_over.
  void command();
  /// A message of a queue, a seat or the customer: given, place, requeue, customer_ended, blocked, unblocked.
  void heard();
  /// A command `sign_in`: it goes on in the customer's own conversation (conversation_move.cpp).
  void move_away();
  /// What the visitor wrote after that. False: too late, it is kept and not answered.
  bool pass_on(const say_request&);
  /// "joined", of the customer's own: takes over what was said elsewhere, and who waits or speaks there.
  void join();
  /// Says what was held back and is due; all of it with `INT64_MAX`. Once per decision. How many replies it made.
  uint64_t say_held(int64_t due_ms = INT64_MAX);

private:
  void say(reply_kind, speaker, std::string text, std::string name = {});
  void said(const held_say&);
  void tell_all(const char* topic, const duty_note&, const std::string& request_of = {});
  void mode(mode_body);
  void tell(const entity_id&, const char* topic, duty_note);
  void tell_seat(const std::string& seat, const char* topic, duty_note n) {
    tell(seat_id(tenant_, seat), topic, std::move(n));
  }
  duty_note note() const;
  void given(const duty_note&);
  void placed(const duty_note&);
  void requeue(const duty_note&);
  void customer_ended(const duty_note&);
  bool is_of_customer(const duty_note&) const;
  void block(const std::string& by, const std::string& reason);
  void customer_blocked(const duty_note&);
  void block_with_visitor(const std::string& by, const std::string& customer);
  void customer_unblocked(const duty_note&);
  void tell_customer(const mode_body&);
  moved_note what_moves() const;
  void take_over_duty(const moved_note&);
  bool is_guest(const std::string& seat) const;
  void hold_timer(const std::vector<held_say>& rest);
  void do_say(const seat_command&);
  void undo(const seat_command&);
  void note_of(const std::string& seat, const std::string& text);
  void begin_with(const seat_command&, const char* reason);
  /// One who is not the conversation's own seat; false: the verb is none of theirs.
  bool of_others(const seat_command&, const std::string& verb);
  void refuse(const std::string& seat, const char* why);
  void do_pass(const seat_command&);
  const tenant_words& words() const { return c_.tenant.words_for(data_.language); }

  const conversation_data& data_;
  decision& d_;
  const decide_context& c_;
  const entity_id& me_;
  const tenant_id& tenant_;
  uint64_t said_ = 0;
  std::string id_; // of the command
};

/// To the customer's own entity, when a conversation becomes his.
outgoing introduction(const tenant_id&, const entity_id& conversation, const std::string& customer,
                      const std::string& language, const address& from, int64_t now_ms);
/// " You are number 3 in line.", or nothing where the tenant has no words for it or the place is not known.
std::string place_text(const tenant_words&, uint64_t place);
/// " The wait is usually 2 to 6 minutes.", or nothing where it is not known.
std::string wait_text(const tenant_words&, const wait_ticket&);
/// " Nobody is here right now; we are back at …", or nothing while people are there.
std::string hours_text(const tenant_words&, const tenant_config&, int64_t now_ms);

} // namespace steward
