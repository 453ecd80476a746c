// What was read out of one message of a customer, as it stands in a turn record: a decision is made from it, so a
// replay needs no model.
#pragma once
#include "messages/ids.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace steward {

struct read_emotion {
  std::string name;    // anger, disappointment, anxiety, gratitude, …
  double strength = 0; // 0 to 1
  template <class F>
  void fields(F& f) {
    f.required("name", name), f("strength", strength);
  }
};

struct read_mood {
  bool known = false;   // nothing else counts where it is not
  double sentiment = 0; // -1 to 1
  int step = 0;         // -2 very negative … 2 very positive
  std::vector<read_emotion> emotions;
  double urgency = 0; // 0 to 1
  bool leaving = false, going_public = false, sarcastic = false;
  bool empty() const { return !known; }
  template <class F>
  void fields(F& f) {
    f("known", known), f("sentiment", sentiment), f("step", step), f("emotions", emotions), f("urgency", urgency),
        f("leaving", leaving), f("going_public", going_public), f("sarcastic", sarcastic);
  }
  double strength_of(std::string_view emotion) const {
    for (auto& e : emotions)
      if (e.name == emotion) return e.strength;
    return 0;
  }
};

struct read_entity {
  std::string kind;   // number, datetime, currency, sense (of a word with two; no value: cannot tell), …
  std::string text;   // as written
  std::string value;  // decimal, or ISO 8601
  std::string unit;   // ISO 4217, or the measure's English name
  uint32_t start = 0; // in code points
  template <class F>
  void fields(F& f) {
    f.required("kind", kind), f("text", text), f("value", value), f("unit", unit), f("start", start);
  }
};

struct ranked_intent {
  std::string name;
  double confidence = 0; // calibrated, 0 to 1: that this is meant
  template <class F>
  void fields(F& f) {
    f.required("name", name), f("confidence", confidence);
  }
};

struct understood_message {
  std::string language; // in which the conversation goes on: ISO 639-1 or -3; "und" where nothing tells
  std::string written;  // the likeliest language of this message alone
  double sure = 0;      // of `written`, 0 to 1
  read_mood mood;
  std::vector<ranked_intent> intents; // the likeliest first, at most 3
  std::string intent_step;            // by what: built_in; example, words, encoder, description (the tenant's)
  bool outside = false;               // none of the tenant's intents is meant: the likeliest is only the nearest
  std::vector<read_entity> entities;  // at most 20
  std::string model;                  // which models said so; empty: nothing was read
  bool empty() const { return model.empty(); }
  template <class F>
  void fields(F& f) {
    f("language", language), f("written", written), f("sure", sure), f("mood", mood), f("intents", intents),
        f("intent_step", intent_step), f("outside", outside), f("entities", entities), f("model", model);
  }
};

} // namespace steward
