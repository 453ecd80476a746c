// A tenant as its folder describes it. Pure data; read by tenant_reader, published in stream TENANT, folded by every
// node.
#pragma once
#include "messages/ids.hpp"
#include "messages/ops.hpp"
#include "messages/result.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace steward {

enum class mask_rule { card, national_id, password };

struct tenant_words { // what Steward says around answers
  std::string unknown, offer_person, choose, waiting, closed, trouble, greeting, person_joined;
};

struct tenant_question {
  std::string question;
  std::vector<std::string> expected; // article ids; empty: nothing answers it
  std::string language;
};

struct tenant_config {
  tenant_id id;
  std::string name;
  std::vector<std::string> languages; // first: default
  std::string time_zone = "UTC";
  int64_t retention_days = 365;
  std::set<channel_id> channels;
  std::vector<mask_rule> mask;
  double answer_at = 0.6, choose_at = 0.35;
  std::map<std::string, std::string> models; // language -> model name or path, or "endpoint:URL"
  uint32_t messages_per_minute = 60;         // per conversation
  uint32_t messages_per_second = 2000;       // whole tenant
  uint32_t text_chars = 4000;
  std::map<std::string, tenant_words> words;
  std::map<std::string, std::vector<std::string>> ask_for_person;
  std::vector<std::string> person_phrases; // all of ask_for_person, folded: what a conversation compares with
  std::vector<tenant_question> questions;
  uint64_t version = 0;

  const tenant_words& words_for(const std::string& language) const; // falls back to the default language
};

struct config_problem {
  std::string file;
  uint32_t line = 0;
  std::string message;
};

struct tenant_reading {
  tenant_config config;
  std::vector<config_problem> problems; // empty: valid
};

/// Reads and checks a whole tenant from its files (relative path -> content); every problem, with file and line.
tenant_reading read_tenant(const tenant_id&, const std::map<std::string, bytes>& files);

/// "tenant.yaml:12: …", one a line.
std::string to_string(const std::vector<config_problem>&);

} // namespace steward
