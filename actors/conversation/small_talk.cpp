#include "actors/conversation/small_talk.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace steward {
namespace {

// In a language that is not here English does: a greeting would be no answer to "stop" or "are you a bot?".
const std::map<std::string_view, std::map<std::string_view, std::string_view>> words = {
    {"thanks",
     {{"en", "You're welcome! Just write if there is anything else."},
      {"zh", "不客气！还有问题随时留言。"},
      {"es", "¡De nada! Si necesitas algo más, aquí estoy."},
      {"de", "Gern geschehen!"},
      {"fr", "Avec plaisir !"},
      {"it", "Prego!"},
      {"pt", "De nada!"},
      {"nl", "Graag gedaan!"},
      {"pl", "Nie ma za co!"},
      {"sv", "Varsågod!"},
      {"tr", "Rica ederim!"},
      {"ru", "Пожалуйста!"},
      {"ja", "どういたしまして。"},
      {"ko", "천만에요."}}},
    {"bye",
     {{"en", "Goodbye, and have a good day!"},
      {"zh", "再见，祝您愉快！"},
      {"es", "¡Hasta luego, que tengas un buen día!"},
      {"de", "Auf Wiedersehen!"},
      {"fr", "Au revoir !"},
      {"it", "Arrivederci!"},
      {"pt", "Até logo!"},
      {"nl", "Tot ziens!"},
      {"pl", "Do widzenia!"},
      {"sv", "Hej då!"},
      {"tr", "Hoşça kalın!"},
      {"ru", "До свидания!"},
      {"ja", "またのご利用をお待ちしております。"},
      {"ko", "안녕히 가세요."}}},
    {"yes",
     {{"en", "Good. Just write if there is anything else."},
      {"zh", "好的，还有问题随时留言。"},
      {"es", "Perfecto. Si necesitas algo más, aquí estoy."}}},
    {"no",
     {{"en", "All right. If that was not what you meant, please tell me in other words."},
      {"zh", "好的。如果没有答到您的问题，请换个说法告诉我。"},
      {"es", "De acuerdo. Si no era eso, dímelo con otras palabras."}}},
    {"no to choices",
     {{"en", "Then please tell me in other words what you need. If you would rather have a person, write “agent”."},
      {"zh", "那请您换个说法告诉我您的问题。如需人工服务，请回复“人工”。"},
      {"es", "Entonces dime con otras palabras qué necesitas. Si prefieres una persona, escribe «agente»."}}},
    {"stop",
     {{"en", "All right, we leave it at that. Just write if there is anything else."},
      {"zh", "好的，那就先这样。有需要随时留言。"},
      {"es", "De acuerdo, lo dejamos así. Si necesitas algo más, aquí estoy."}}},
    {"machine",
     {{"en", "I am an automatic assistant. If you would rather have a person, write “agent”."},
      {"zh", "我是自动客服助手。如需人工服务，请回复“人工”。"},
      {"es", "Soy un asistente automático. Si prefieres una persona, escribe «agente»."}}}};

} // namespace

std::string built_in_of(const understood_message& u) {
  return u.intent_step == "built_in" && !u.intents.empty() ? u.intents.front().name : std::string{};
}

std::string small_talk(const std::string& intent, const tenant_words& w, talk_after before) {
  if (intent == "hello") return w.greeting;
  auto to_choices = before == talk_after::choice && intent == "no";
  auto all = words.find(to_choices ? "no to choices" : std::string_view(intent));
  if (all == words.end()) return {};
  auto in = all->second.find(w.language);
  if (in != all->second.end()) return std::string(in->second);
  return to_choices ? std::string{} : std::string(all->second.at("en"));
}

bool is_talk(const std::string& intent) { return intent == "hello" || intent == "repeat" || words.contains(intent); }

short_word short_word_of(const std::string& intent) {
  return intent == "yes"      ? short_word::yes
         : intent == "no"     ? short_word::no
         : intent == "repeat" ? short_word::repeat
                              : short_word::none;
}

const char* person_for(const std::string& intent) {
  if (intent == "person") return "asked_for_person";
  if (intent == "complaint") return "complaint";
  if (intent == "forget_me") return "forget_me";
  return nullptr;
}

} // namespace steward
