// Messages: say (a customer wrote), commands reply, close, hand_back (an operator) and seat.* (a person on duty:
// conversation_duty.cpp), give_up (a message that broke the conversation three times), from a queue given and place,
// from a seat requeue, from a customer customer_ended, timer "held" (a person's words can be undone no more), sign_in,
// and joined and said from another conversation (conversation_move.hpp). Modes: ai
// -> waiting -> person -> closed; a customer who writes in a closed conversation opens it again for the AI. What begins
// to wait sends itself to its queue; what ends a wait or a person's turn tells queue or seat.
#include "actors/conversation/conversation_model.hpp"
#include "actors/conversation/answer_policy.hpp"
#include "actors/conversation/chapter.hpp"

#include "actors/entity/data_model.hpp"
#include "actors/folded_text.hpp"

#include "actors/conversation/conversation_customer.hpp"
#include "actors/conversation/conversation_duty.hpp"
#include "actors/conversation/conversation_move.hpp"
#include "actors/conversation/handover_policy.hpp"
#include "actors/conversation/language_note.hpp"
#include "actors/conversation/meant_intent.hpp"
#include "actors/conversation/meant_words.hpp"
#include "actors/conversation/narrowing.hpp"
#include "actors/conversation/small_talk.hpp"
#include "actors/conversation/vague_wish.hpp"
#include "actors/conversation/wish_parts.hpp"
#include "actors/conversation/wishes.hpp"
#include "actors/understanding/built_in_intents.hpp"
#include "messages/forget.hpp"
#include "messages/ops.hpp"

#include <algorithm>
#include <utility>

namespace steward {
namespace {

constexpr size_t longest_wish = 160; // bytes: a longer text says more than that a person is wanted
constexpr size_t kept_text = 120;    // bytes of the last text in lists
constexpr size_t notes_kept = 8;
constexpr size_t moods_kept = 4;
constexpr double urgent_from = 0.8;

bool holds_wish(const std::string& folded, const tenant_config& t) {
  return folded.size() <= longest_wish && std::any_of(t.person_phrases.begin(), t.person_phrases.end(),
                                                      [&](auto& p) { return contains_words(folded, p); });
}

std::string shortened(const std::string& s) {
  if (s.size() <= kept_text) return s;
  auto n = kept_text;
  while (n > 0 && (static_cast<unsigned char>(s[n]) & 0xC0) == 0x80) --n;
  return s.substr(0, n) + "…";
}

class conversation_model final : public data_model<conversation_data> {
public:
  conversation_model(tenant_id t, entity_id e)
      : tenant_(std::move(t))
      , entity_(std::move(e)) {}

  void apply(const event_entry& e) override {
    if (e.name == conversation_event::asked) {
      auto b = decode<asked_body>(e.body.data);
      if (!b) return;
      data_.feed_seq = b->seq;
      data_.from = b->from;
      if (!b->customer.empty()) data_.customer = b->customer;
      if (!b->language.empty()) data_.language = b->language;
      data_.last_ms = b->time_ms;
      data_.last_text = shortened(b->text);
      data_.last_id = b->id;
      data_.former = std::exchange(data_.offered, {});
      tell_story(data_.story, b->text, b->mood);
      if (data_.moods.size() >= moods_kept) data_.moods.erase(data_.moods.begin());
      data_.moods.push_back(b->mood);
      remember_meant(data_.meant, b->meant);
    } else if (e.name == conversation_event::replied) {
      auto b = decode<replied_body>(e.body.data);
      if (!b) return;
      data_.feed_seq = b->seq;
      data_.last_ms = b->time_ms;
      data_.offered = std::move(b->offered);
      if (b->kind == reply_kind::answer) data_.answered = std::move(b->pick);
      if (b->kind == reply_kind::unknown)
        ++data_.unknowns;
      else if (b->kind == reply_kind::answer)
        data_.unknowns = 0;
      if (b->kind == reply_kind::choice)
        ++data_.asked_back;
      else if (b->kind != reply_kind::notice)
        data_.asked_back = 0;
      if (!b->about.empty()) tell_tried(data_.story, b->about);
    } else if (e.name == conversation_event::mode) {
      auto b = decode<mode_body>(e.body.data);
      if (!b) return;
      if (data_.mode == conversation_mode::closed) begin_afresh();
      data_.mode = b->mode;
      data_.waiting_since_ms = b->mode == conversation_mode::waiting ? b->time_ms : 0;
      data_.last_ms = b->time_ms;
      data_.seat = std::move(b->seat), data_.name = std::move(b->name), data_.place = 0;
      data_.code = std::move(b->code);
      data_.blocked = b->mode == conversation_mode::closed && b->reason == "blocked" ? b->by : std::string{};
      if (b->mode != conversation_mode::person) data_.guests.clear();
      std::erase_if(data_.guests, [&](auto& g) { return g.seat == data_.seat; });
      if (b->mode == conversation_mode::ai) data_.unknowns = data_.asked_back = 0;
      if (b->mode == conversation_mode::waiting) {
        data_.queue = std::move(b->queue), data_.skill = std::move(b->skill), data_.priority = b->priority;
        data_.wait = b->wait, data_.since_ms = b->since_ms ? b->since_ms : b->time_ms;
        data_.reason = std::move(b->reason);
      }
    } else if (e.name == conversation_event::placed) {
      if (auto b = decode<place_body>(e.body.data)) data_.place = b->place;
    } else if (e.name == conversation_event::held) {
      if (auto b = decode<held_say>(e.body.data)) data_.held.push_back(std::move(*b));
    } else if (e.name == conversation_event::let_go) {
      if (auto b = decode<held_say>(e.body.data)) std::erase_if(data_.held, [&](auto& h) { return h.id == b->id; });
    } else if (e.name == conversation_event::counted) {
      if (auto b = decode<conversation_chapter>(e.body.data)) data_.chapter = std::move(*b);
    } else if (e.name == conversation_event::guest) {
      auto b = decode<guest_body>(e.body.data);
      if (!b) return;
      std::erase_if(data_.guests, [&](auto& g) { return g.seat == b->seat; });
      if (!b->left) data_.guests.push_back(std::move(*b));
    } else if (e.name == conversation_event::moved) {
      if (auto b = decode<moved_body>(e.body.data)) data_.moved = std::move(*b);
    } else if (e.name == conversation_event::joined) {
      if (auto b = decode<joined_body>(e.body.data)) apply_joined(data_, std::move(*b));
    } else if (e.name == conversation_event::forgotten) {
      auto seq = data_.feed_seq;
      data_ = {};
      data_.feed_seq = seq;
    } else if (e.name == conversation_event::noted) {
      auto b = decode<private_note>(e.body.data);
      if (!b) return;
      if (data_.notes.size() >= notes_kept) data_.notes.erase(data_.notes.begin());
      data_.notes.push_back(std::move(*b));
    }
  }

  std::optional<feed_request> reads(const in_message& m) const override { return feed_to_join(m); }

  std::optional<knowledge_query> needs(const in_message& m, const tenant_config& t) const override {
    if (auto said = said_elsewhere(m)) return needs(*said, t);
    if (m.kind != in_kind::say || !data_.blocked.empty() || !data_.moved.empty()) return std::nullopt;
    auto say = decode<say_request>(m.body.data);
    if (!say) return std::nullopt;
    knowledge_query q{tenant_, say->text, language_before(*say), {}};
    q.meant = data_.meant;
    // Where a person answers it is only understood.
    if (data_.mode == conversation_mode::person || wish_for_person(folded_sentence(say->text), {}, t)) {
      q.search = false;
      return q;
    }
    if (auto pick = pick_of(say->text); !pick.empty()) {
      q.pick = std::move(pick);
      if (!goes_on(data_.last_text)) q.before = data_.last_text; // the article says what is near to the question
    } else if (auto sides = sides_of(say->text); !sides.empty())
      q.parts = std::move(sides);
    else if (data_.mode != conversation_mode::closed && leans_back(say->text))
      q.before = data_.last_text;
    else
      q.parts = wishes_in(say->text);
    return q;
  }

  decision decide(const decide_context& c) const override {
    auto d = decide_alone(c);
    count_chapter(d, data_, c, entity_, tenant_);
    return d;
  }

  bytes summary() const override {
    conversation_row r;
    r.channel = data_.from.channel.value;
    r.peer = data_.from.peer.value;
    r.mode = to_string(data_.mode);
    r.last_ms = data_.last_ms;
    r.waiting_ms = data_.waiting_since_ms;
    r.language = data_.language;
    r.last_text = data_.last_text;
    r.seat = data_.seat, r.name = data_.name;
    if (data_.mode == conversation_mode::waiting) r.queue = data_.queue;
    r.place = static_cast<uint32_t>(data_.place);
    return {encode(r)};
  }

  // With the AI alone it has its last word after every answer.
  bool is_open() const override {
    return data_.mode == conversation_mode::waiting || data_.mode == conversation_mode::person;
  }

private:
  void begin_afresh() {
    data_.story = {}, data_.moods.clear(), data_.meant.clear();
    data_.offered.clear(), data_.former.clear(), data_.answered.clear();
  }

  /// A few words after a question back go on with what was asked before; so does "and on Monday?" after an answer.
  bool leans_back(const std::string& text) const {
    return data_.offered.empty() ? !data_.answered.empty() && follows_up(text) : goes_on(text);
  }

  /// What the message asks for without a search: a choice, another one after all, or the last answer again.
  std::string pick_of(const std::string& text) const {
    if (data_.mode == conversation_mode::closed) return {};
    if (auto i = picked_choice(text, data_.offered); i >= 0) return data_.offered[static_cast<size_t>(i)].pick;
    if (!data_.offered.empty()) return {};
    if (auto i = picked_after_all(text, data_.former, data_.answered); i >= 0)
      return data_.former[static_cast<size_t>(i)].pick;
    return built_in_intent(text) == "repeat" ? data_.answered : std::string{};
  }

  decision decide_alone(const decide_context& c) const {
    if (auto f = read_forget(c.message)) return on_forget(c, *f);
    switch (c.message.kind) {
    case in_kind::say: return on_say(c);
    case in_kind::command: return on_command(c);
    case in_kind::give_up: return on_give_up(c);
    case in_kind::entity:
      if (auto said = said_elsewhere(c.message)) return on_say({*said, c.looked_up, c.tenant, c.now_ms, c.turn});
      return on_entity(c);
    case in_kind::timer: return on_timer(c);
    default: return {};
    }
  }

  /// What the channel says counts at the beginning; then the customer's own words do.
  std::string language_before(const say_request& ask) const {
    return ask.language.empty() || !data_.language.empty() ? data_.language : ask.language;
  }

  /// By what the customer wrote and how, whatever is known.
  static std::optional<handover> wish_for_person(const std::string& folded, handover_signs s, const tenant_config& t) {
    s.text = folded, s.asks_for_person = holds_wish(folded, t);
    return handover_policy(s, t);
  }

  duty duty_of(decision& d, const decide_context& c) const { return {data_, d, c, entity_, tenant_}; }

  /// Another mode, and whoever has to know of it.
  void set_mode(decision& d, const decide_context& c, mode_body b, const std::string& id = {}) const {
    b.time_ms = c.now_ms;
    duty_of(d, c).change(b, id);
    d.events.push_back({conversation_event::mode, {encode(b)}});
  }

  /// The choices below the reply's text; a citation for each comes first.
  static void offer(reply_message& r, const std::vector<offered_choice>& all, const std::vector<citation>& of) {
    for (auto& choice : all) {
      r.choices.push_back(choice.title);
      r.text += "\n" + std::to_string(r.choices.size()) + ". " + choice.title;
    }
    r.citations.insert(r.citations.begin(), of.begin(), of.end());
  }

  /// The same choices once more.
  void offer_again(decision& d, const decide_context& c, uint64_t& seq, reply_message r, const tenant_words& w) const {
    std::vector<citation> of;
    for (auto& x : data_.offered) of.push_back({x.pick.substr(0, x.pick.rfind('#')), x.title, {}, {}});
    r.kind = reply_kind::choice;
    r.text += w.choose;
    offer(r, data_.offered, of);
    say(d, c, seq, std::move(r), data_.offered);
  }

  /// One reply to the customer, its event, and its place in the feed.
  void say(decision& d, const decide_context& c, uint64_t& seq, reply_message r,
           std::vector<offered_choice> offered = {}, std::string answered = {}) const {
    auto& to = c.message.kind == in_kind::say ? c.message.from : data_.from;
    r.id = reply_id(entity_, c.turn, static_cast<uint32_t>(d.replies.size()));
    r.conversation = entity_;
    r.peer = to.peer;
    r.account = to.account.value;
    r.seq = ++seq;
    r.time_ms = c.now_ms;
    std::string about = r.kind == reply_kind::answer && !r.citations.empty() ? r.citations[0].title : std::string{};
    d.events.push_back(
        {conversation_event::replied,
         {encode(replied_body{seq, r.kind, std::move(offered), c.now_ms, std::move(about), std::move(answered)})}});
    d.replies.push_back({out_kind::peer, to, {}, {}, {encode(r)}});
  }

  decision on_say(const decide_context& c) const {
    decision d;
    auto ask = decode<say_request>(c.message.body.data);
    if (!ask) return d; // the door lets none in that does not decode
    auto seq = data_.feed_seq;
    knowledge_result found;
    if (!c.looked_up.empty())
      if (auto k = decode<knowledge_result>(c.looked_up.data)) found = std::move(*k);
    auto& u = found.understood;
    auto language = !u.empty() && u.language != "und" ? u.language
                    : !ask->language.empty()          ? ask->language
                    : !found.language.empty()         ? found.language
                                                      : data_.language;
    weigh_sides(found, ask->text);
    auto folded = folded_sentence(ask->text);
    handover_signs signs;
    auto intent = built_in_of(u);
    signs.mood = is_talk(intent) ? temper::calm : temper_of(u.mood, folded); // "stop" is no anger
    signs.worse = data_.mode != conversation_mode::closed && gets_worse(data_.moods, signs.mood);
    signs.urgent = u.mood.urgency >= urgent_from;
    signs.intent = person_for(intent);
    signs.meant = weigh_intent(found, c.tenant);
    auto person = wish_for_person(folded, signs, c.tenant);
    auto& words = c.tenant.words_for(language);
    settle_by_place(found, ask->text, words);
    auto before = prefix(words, signs.mood, language, c.tenant);
    if (!data_.moved.empty() && duty_of(d, c).pass_on(*ask)) return d;
    if (!data_.blocked.empty() || !data_.moved.empty()) { // kept, and not answered
      d.events.push_back(
          {conversation_event::asked,
           {encode(asked_body{++seq, ask->id, ask->text, data_.language, ask->customer, c.message.from, c.now_ms})}});
      return d;
    }
    if (data_.mode == conversation_mode::closed) // before the words, so that what they tell is of the new one
      set_mode(d, c, {conversation_mode::ai, "customer_wrote_again"});
    d.events.push_back({conversation_event::asked,
                        {encode(asked_body{++seq, ask->id, ask->text, language, ask->customer, c.message.from, c.now_ms,
                                           static_cast<int>(signs.mood), meant_in(u)})}});
    introduce_customer(d, c, *ask);
    reply_message r;
    r.in_reply_to = ask->id;
    if (data_.mode == conversation_mode::person) { // the person answers
      duty_of(d, c).customer_wrote(*ask);
      return d;
    }
    // Who waits for a person still gets what is known for certain, and otherwise hears that he is not forgotten.
    auto waits = data_.mode == conversation_mode::waiting;
    if (person || (waits && found.outcome != verdict::answer)) {
      r.kind = reply_kind::handover;
      r.by = speaker::system;
      r.text =
          before + words.waiting + place_text(words, waits ? data_.place : 0) + hours_text(words, c.tenant, c.now_ms);
      say(d, c, seq, std::move(r));
      // One that began to wait before there were queues joins one now.
      if (!waits || data_.queue.empty())
        wait(d, c, person ? *person : handover{"unknown", c.tenant.first_queue, {}, 0}, language, ask->text);
      return d;
    }
    r.text = before;
    auto goes_on = data_.mode != conversation_mode::closed; // else what was before is of another conversation
    auto pending = goes_on && !data_.offered.empty();
    auto talk = small_talk(intent, words, pending ? talk_after::choice : talk_after::anything);
    auto again = goes_on ? data_.asked_back : 0;
    auto move = answer_policy({found.outcome, found.candidates.size(), !talk.empty(), again,
                               pending ? short_word_of(intent) : short_word::none});
    if (move == answer_move::talk) {
      r.kind = reply_kind::notice;
      r.text += talk;
      say(d, c, seq, std::move(r));
      return d;
    }
    if (move == answer_move::offer_again) {
      offer_again(d, c, seq, std::move(r), words);
      return d;
    }
    signs.mood = temper::calm, signs.worse = false; // a person was not asked for because of these
    if (auto plan = plan_parts(found)) {
      answer_parts(d, c, seq, std::move(r), *plan, words, language, signs);
      return d;
    }
    answer(d, c, seq, std::move(r), move, found, words, language, ask->text, signs);
    return d;
  }

  /// What stands before the reply: which languages there are, when the customer's is not among them and that is news;
  /// and a gentle word.
  std::string prefix(const tenant_words& words, temper mood, const std::string& language,
                     const tenant_config& t) const {
    std::string out;
    auto& all = t.languages;
    if (language != data_.language && !language.empty() && std::find(all.begin(), all.end(), language) == all.end())
      out = language_note(language, all) + "\n\n";
    if (auto& gentle = gentle_words(words, mood); !gentle.empty()) out += gentle + "\n\n";
    return out;
  }

  void wait(decision& d, const decide_context& c, const handover& h, const std::string& language,
            const std::string& text) const {
    mode_body b{conversation_mode::waiting, h.reason};
    b.queue = h.queue, b.skill = h.skill, b.priority = h.priority;
    b.wait = c.turn, b.since_ms = c.now_ms;
    set_mode(d, c, b);
    duty_of(d, c).queue_up(b, language, text, {});
  }

  static std::string pick_of(const candidate& x) { return x.article + "#" + std::to_string(x.passage); }

  void answer(decision& d, const decide_context& c, uint64_t& seq, reply_message r, answer_move move,
              const knowledge_result& found, const tenant_words& words, const std::string& language,
              const std::string& text, handover_signs s) const {
    r.confidence = found.confidence;
    if (move == answer_move::answer) {
      auto& best = found.candidates.front();
      r.kind = reply_kind::answer;
      r.text += best.text;
      r.citations.push_back({best.article, best.title, best.heading, best.source});
      say(d, c, seq, std::move(r), {}, pick_of(best));
      return;
    }
    if (move == answer_move::ask_back) {
      r.kind = reply_kind::choice;
      auto ask = narrowed(found.candidates, text, words);
      r.text += ask.question;
      std::vector<offered_choice> offered;
      std::vector<citation> of;
      for (auto& choice : ask.choices) {
        auto& x = found.candidates[choice.candidate];
        of.push_back({x.article, x.title, x.heading, x.source});
        offered.push_back({choice.label, pick_of(x)});
      }
      offer(r, offered, of);
      say(d, c, seq, std::move(r), std::move(offered));
      return;
    }
    s.unknowns = (data_.mode == conversation_mode::closed ? 0 : data_.unknowns) + 1;
    s.asked_back_enough = move == answer_move::give_up;
    auto person = handover_policy(s, c.tenant);
    r.kind = reply_kind::unknown;
    r.text += words.unknown + (person ? " " + words.offer_person + hours_text(words, c.tenant, c.now_ms) : "");
    say(d, c, seq, std::move(r));
    if (person) wait(d, c, *person, language, text);
  }

  /// Several wishes: one reply that answers those that are known and then deals with the first that is not.
  void answer_parts(decision& d, const decide_context& c, uint64_t& seq, reply_message r, const parts_plan& plan,
                    const tenant_words& words, const std::string& language, const handover_signs& s) const {
    knowledge_result rest;
    rest.confidence = 1;
    for (auto* p : plan.answered) {
      auto& best = p->candidates.front();
      if (p != plan.answered.front()) r.text += "\n\n";
      r.text += best.text;
      r.citations.push_back({best.article, best.title, best.heading, best.source});
      rest.confidence = std::min(rest.confidence, p->confidence);
    }
    if (!plan.open) {
      r.kind = reply_kind::answer, r.confidence = rest.confidence;
      say(d, c, seq, std::move(r), {}, pick_of(plan.answered.front()->candidates.front()));
      return;
    }
    r.text += "\n\n“" + plan.open->text + "”\n";
    rest.outcome = plan.open->outcome, rest.confidence = plan.open->confidence;
    rest.candidates = plan.open->candidates;
    auto again = data_.mode == conversation_mode::closed ? 0 : data_.asked_back;
    auto move = answer_policy({rest.outcome, rest.candidates.size(), false, again});
    answer(d, c, seq, std::move(r), move, rest, words, language, plan.open->text, s);
  }

  /// The customer's own entity hears of a conversation when it begins.
  void introduce_customer(decision& d, const decide_context& c, const say_request& ask) const {
    if (ask.customer.empty() || ask.customer == data_.customer) return;
    d.replies.push_back(introduction(tenant_, entity_, ask.customer, ask.language, c.message.from, c.now_ms));
  }

  decision on_command(const decide_context& c) const {
    decision d;
    if (c.message.topic.starts_with("seat.")) return duty_of(d, c).command(), d;
    if (c.message.topic == moved_topic::sign_in) return duty_of(d, c).move_away(), d;
    auto ask = decode<ops_request>(c.message.body.data);
    if (!ask) return d;
    auto seq = data_.feed_seq;
    // `number` is the turn that the person saw: someone who answers an older one is fenced out. 0: does not mind.
    if (ask->number != 0 && ask->number + 1 != c.turn) return d;
    seq += duty_of(d, c).say_held();
    if (c.message.topic == "reply") {
      reply_message r;
      r.kind = reply_kind::message;
      r.by = speaker::person;
      r.text = ask->text;
      r.in_reply_to = data_.last_id;
      r.confidence = 1;
      say(d, c, seq, std::move(r));
      if (data_.mode != conversation_mode::person) set_mode(d, c, {conversation_mode::person, "operator", ask->by});
    } else if (c.message.topic == "close" && data_.mode != conversation_mode::closed) {
      reply_message r;
      r.kind = reply_kind::notice;
      r.by = speaker::system;
      r.text = c.tenant.words_for(data_.language).closed;
      say(d, c, seq, std::move(r));
      set_mode(d, c, {conversation_mode::closed, "operator", ask->by});
    } else if (c.message.topic == "hand_back" && data_.mode != conversation_mode::ai) {
      set_mode(d, c, {conversation_mode::ai, "operator", ask->by});
    }
    return d;
  }

  /// Nothing is said to the customer: a word would name the address that is to go. The seat that has it learns that it
  /// ended.
  decision on_forget(const decide_context& c, const forget_command& f) const {
    decision d;
    if (!f.names(entity_)) return d;
    if (data_.mode != conversation_mode::closed) set_mode(d, c, {conversation_mode::closed, "forgotten"});
    d.events.push_back({conversation_event::forgotten, {}});
    d.timers = std::vector<timer>{};
    return d;
  }

  decision on_entity(const decide_context& c) const {
    decision d;
    if (c.message.topic == moved_topic::joined) {
      duty_of(d, c).join();
    } else {
      duty_of(d, c).heard();
    }
    return d;
  }

  decision on_timer(const decide_context& c) const {
    decision d;
    duty_of(d, c).say_held(std::max(c.now_ms, c.message.accepted_ms)); // when it was due, whatever the clock says
    return d;
  }

  /// An honest word, and a person.
  decision on_give_up(const decide_context& c) const {
    decision d;
    auto seq = data_.feed_seq;
    auto original = decode<in_message>(c.message.body.data);
    if (!original || original->kind != in_kind::say) return d;
    auto ask = decode<say_request>(original->body.data);
    d.events.push_back(
        {conversation_event::asked,
         {encode(asked_body{++seq, ask ? ask->id : "", "", data_.language, "", original->from, c.now_ms})}});
    if (!data_.blocked.empty()) return d;
    reply_message r;
    r.kind = reply_kind::trouble;
    r.by = speaker::system;
    r.text = c.tenant.words_for(data_.language).trouble;
    if (ask) r.in_reply_to = ask->id;
    r.id = reply_id(entity_, c.turn, 0);
    r.conversation = entity_;
    r.peer = original->from.peer;
    r.account = original->from.account.value;
    r.seq = ++seq;
    r.time_ms = c.now_ms;
    d.events.push_back({conversation_event::replied, {encode(replied_body{seq, r.kind, {}, c.now_ms})}});
    d.replies.push_back({out_kind::peer, original->from, {}, {}, {encode(r)}});
    if (data_.mode == conversation_mode::person || data_.mode == conversation_mode::waiting) return d;
    handover_signs s;
    s.dead_letter = true;
    wait(d, c, *handover_policy(s, c.tenant), data_.language, "");
    return d;
  }

  tenant_id tenant_;
  entity_id entity_;
};

std::vector<feed_item> conversation_feed(const turn_record& r) {
  std::vector<feed_item> out;
  for (auto& e : r.events) {
    if (e.name == conversation_event::joined)
      if (auto b = decode<joined_body>(e.body.data)) out = joined_items(r, b->seq);
    if (e.name != conversation_event::asked) continue;
    if (auto b = decode<asked_body>(e.body.data)) {
      feed_item i;
      i.seq = b->seq, i.time_ms = b->time_ms, i.by = speaker::customer, i.id = b->id, i.text = b->text;
      out.push_back(std::move(i));
    }
  }
  for (auto& o : r.replies) {
    if (o.kind != out_kind::peer) continue;
    if (auto b = decode<reply_message>(o.body.data)) {
      feed_item i;
      i.seq = b->seq, i.time_ms = b->time_ms, i.by = b->by, i.id = b->id, i.text = std::move(b->text),
      i.kind = to_string(b->kind);
      i.in_reply_to = std::move(b->in_reply_to), i.choices = std::move(b->choices),
      i.citations = std::move(b->citations);
      i.confidence = b->confidence;
      i.name = std::move(b->name);
      out.push_back(std::move(i));
    }
  }
  return out;
}

std::optional<bool> waits_for_person(const turn_record& r) {
  std::optional<bool> out;
  if (r.kind == record_kind::snapshot) { // what it was folded from may be cut off
    if (auto frame = decode<entity_frame>(r.state.data))
      if (auto s = decode<conversation_data>(frame->state.data)) out = s->mode == conversation_mode::waiting;
    return out;
  }
  for (auto& e : r.events)
    if (e.name == conversation_event::mode)
      if (auto b = decode<mode_body>(e.body.data)) out = b->mode == conversation_mode::waiting;
  return out;
}

std::vector<reply_kind> said_in(const turn_record& r) {
  std::vector<reply_kind> out;
  for (auto& e : r.events)
    if (e.name == conversation_event::replied)
      if (auto b = decode<replied_body>(e.body.data)) out.push_back(b->kind);
  return out;
}

} // namespace

bool asks_for_person(std::string_view text, const tenant_config& t) { return holds_wish(folded_sentence(text), t); }

entity_kind_definition conversation_kind() {
  return {"conversation",
          [](const tenant_id& t, const entity_id& e) -> std::unique_ptr<entity_model> {
            return std::make_unique<conversation_model>(t, e);
          },
          conversation_feed,
          waits_for_person,
          said_in,
          0, // its tenant's retention counts
          of_customer};
}

} // namespace steward
