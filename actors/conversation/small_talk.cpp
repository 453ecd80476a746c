#include "actors/conversation/small_talk.hpp"

#include <map>
#include <string_view>

namespace steward {
namespace {

// In a language that is not here the tenant's greeting does: "How can I help?" is right after thanks, too.
const std::map<std::string_view, std::map<std::string_view, std::string_view>> words = {
    {"thanks",
     {{"en", "You're welcome! Just write if there is anything else."},
      {"zh", "不客气！还有问题随时留言。"},
      {"es", "¡De nada! Si necesitas algo más, aquí estoy."}}},
    {"bye",
     {{"en", "Goodbye, and have a good day!"},
      {"zh", "再见，祝您愉快！"},
      {"es", "¡Hasta luego, que tengas un buen día!"}}}};

} // namespace

std::string built_in_of(const understood_message& u) {
  return u.intent_step == "built_in" && !u.intents.empty() ? u.intents.front().name : std::string{};
}

std::string small_talk(const std::string& intent, const tenant_words& w) {
  if (intent == "hello") return w.greeting;
  auto all = words.find(intent);
  if (all == words.end()) return {};
  auto in = all->second.find(w.language);
  return in == all->second.end() ? w.greeting : std::string(in->second);
}

const char* person_for(const std::string& intent) {
  if (intent == "person") return "asked_for_person";
  if (intent == "complaint") return "complaint";
  if (intent == "forget_me") return "forget_me";
  return nullptr;
}

} // namespace steward
