// A tenant as its folder describes it. Pure data; read by tenant_reader, published in stream TENANT, folded by every
// node.
#pragma once
#include "access/customer_token.hpp"
#include "actors/tenant/opening_hours.hpp"
#include "messages/ids.hpp"
#include "messages/ops.hpp"
#include "messages/result.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace steward {

enum class mask_rule { card, national_id, password };

struct tenant_words { // what Steward says around answers
  std::string unknown, offer_person, choose, waiting, closed, trouble, greeting, person_joined;
  std::string place;        // optional: how many are before a customer who waits; {place} stands for the number
  std::string wait;         // optional: behind `place`; {wait} stands for "2 to 6 minutes"
  std::string out_of_hours; // optional: nobody is there; {time} stands for when somebody will be
  std::string comfort;      // optional: before a reply to a customer who is angry or disappointed
  std::string reassure;     // optional: before a reply to an anxious one
  std::string blocked;      // optional: the last word to one who is blocked; else `closed`
  std::string language;     // that these words are in
  std::map<std::string, std::string> narrow; // optional: the question back for a feature that separates two articles
};

enum class queue_mode { pick, offer };

struct queue_config {
  queue_mode mode = queue_mode::pick;
  uint32_t offer_s = 30; // to accept an offer
  uint32_t misses = 3;   // in a row, after which a seat is set away
};

/// A customer who writes one of `phrases` gets a person.
struct handover_rule {
  std::vector<std::string> phrases; // folded
  std::string queue, skill;
  uint32_t priority = 0;
};

struct tenant_question {
  std::string question;
  std::vector<std::string> expected; // article ids; empty: nothing answers it
  std::string language;
};

/// What customers may mean, told by examples. It answers with an article, or hands over, or is only noted.
struct tenant_intent {
  std::string name;
  std::string description;                                  // for people
  std::map<std::string, std::vector<std::string>> examples; // by language
  std::map<std::string, std::string> article;               // by language: the id of the article that answers it
  bool person = false;                                      // it needs a person
  std::string queue;                                        // of that person; empty: the first
};

/// One meaning of a word, and what speaks for it.
struct tenant_meaning {
  std::string name;
  std::vector<std::string> fields;                       // of life, in which it is at home
  std::map<std::string, std::vector<std::string>> words; // by language: of this meaning alone
};

/// A word that means several things in the tenant's trade.
struct tenant_word {
  std::string name;
  std::map<std::string, std::vector<std::string>> forms; // by language: as it is written
  std::vector<tenant_meaning> meanings;
};

struct tenant_meanings {
  std::vector<std::string> known_for;                                            // fields
  std::map<std::string, std::map<std::string, std::vector<std::string>>> fields; // words by name and language
  std::vector<tenant_word> words;
};

/// What is to be found in messages: values with the words for them, or what fits a pattern. It is read as a kind of
/// entity of its own.
struct tenant_entity {
  std::string name;
  std::map<std::string, std::map<std::string, std::vector<std::string>>> values; // by value and language; "": in every
  std::vector<std::string> patterns; // regular expressions, as ICU reads them
};

/// The name under which intents.yaml holds examples of what means none of the intents.
inline constexpr const char* none_of_these = "none_of_these";

/// What the customer's page takes from the tenant's folder. All of it is checked: no text of it can be markup or style.
struct tenant_page {
  std::string colour = "#2f5d50";                            // #rrggbb
  std::string avatar;                                        // one or two characters; empty: the name's first
  std::map<std::string, std::vector<std::string>> questions; // suggested ones, by language
  std::vector<std::string> embed_on;                         // origins of sites that may frame the page
  customer_identity identity;                                // whose tokens say who a customer is
};

struct tenant_config {
  tenant_id id;
  std::string name;
  std::vector<std::string> languages; // first: default
  std::string time_zone = "UTC";
  int64_t retention_days = 365;
  std::set<channel_id> channels;
  std::vector<mask_rule> mask;
  double answer_at = 0.6, choose_at = 0.25;
  std::map<std::string, std::string> models; // language -> model name or path, or "endpoint:URL"
  uint32_t messages_per_minute = 60;         // per conversation
  uint32_t messages_per_second = 2000;       // whole tenant
  uint32_t text_chars = 4000;
  std::map<std::string, tenant_words> words;
  std::map<std::string, std::vector<std::string>> ask_for_person;
  std::vector<std::string> person_phrases;    // all of ask_for_person, folded: what a conversation compares with
  opening_hours hours;                        // of people, not of Steward
  std::shared_ptr<const zone_clock> clock;    // of time_zone, once a node has taken the tenant; null: the world's
  holiday_calendar holidays;                  // of the region in `hours`, likewise
  std::map<std::string, queue_config> queues; // empty: one that is called "main"
  std::string first_queue = "main";           // where a conversation waits unless a rule says otherwise
  uint32_t unknowns = 3;                      // in a row, after which a person is asked
  std::vector<handover_rule> handover_rules;
  std::map<std::string, std::map<std::string, std::string>> texts; // canned: name -> language -> text
  std::vector<tenant_question> questions;
  std::vector<tenant_intent> intents;
  std::map<std::string, std::vector<std::string>> no_intent; // by language: examples of what means none of them
  tenant_meanings meanings;
  std::vector<tenant_entity> entities;
  tenant_page page;
  uint64_t version = 0;

  const tenant_intent* intent(std::string_view name) const;         // null: there is none of that name
  const tenant_words& words_for(const std::string& language) const; // falls back to the default language
  const zone_clock& wall_clock() const { return clock ? *clock : world_clock(); }
  std::string day_at(int64_t ms) const; // "2026-11-28", by its clock
};

enum class severity { error, warning };

struct config_problem {
  std::string file;
  uint32_t line = 0;
  std::string message;
  severity weight = severity::error;
};

struct tenant_reading {
  tenant_config config;
  std::vector<config_problem> problems; // errors; empty: valid
  std::vector<config_problem> warnings; // it works, but not as well as it could
};

/// Reads and checks a whole tenant from its files (relative path -> content); every problem, with file and line.
tenant_reading read_tenant(const tenant_id&, const std::map<std::string, bytes>& files);

/// "tenant.yaml:12: …", one a line; warnings say so: "tenant.yaml:12: warning: …".
std::string to_string(const std::vector<config_problem>&);

} // namespace steward
