#include "actors/conversation/language_note.hpp"

#include <map>
#include <string_view>

namespace steward {
namespace {

// Names of languages as their speakers write them.
const std::map<std::string_view, std::string_view> names = {
    {"ar", "العربية"},    {"bg", "Български"},  {"ca", "Català"},      {"cs", "Čeština"},    {"da", "Dansk"},
    {"de", "Deutsch"},    {"el", "Ελληνικά"},   {"en", "English"},     {"es", "Español"},    {"et", "Eesti"},
    {"fa", "فارسی"},      {"fi", "Suomi"},      {"fr", "Français"},    {"he", "עברית"},      {"hi", "हिन्दी"},
    {"hr", "Hrvatski"},   {"hu", "Magyar"},     {"id", "Indonesia"},   {"it", "Italiano"},   {"ja", "日本語"},
    {"ko", "한국어"},     {"lt", "Lietuvių"},   {"lv", "Latviešu"},    {"ms", "Melayu"},     {"nb", "Norsk"},
    {"nl", "Nederlands"}, {"no", "Norsk"},      {"pl", "Polski"},      {"pt", "Português"},  {"ro", "Română"},
    {"ru", "Русский"},    {"sk", "Slovenčina"}, {"sl", "Slovenščina"}, {"sr", "Српски"},     {"sv", "Svenska"},
    {"th", "ไทย"},        {"tr", "Türkçe"},     {"uk", "Українська"},  {"vi", "Tiếng Việt"}, {"zh", "中文"}};

const std::map<std::string_view, std::string_view> notes = {
    {"ar", "عذرًا، لا يمكنني الرد هنا إلا بـ: {languages}."},
    {"bg", "За съжаление тук мога да отговарям само на: {languages}."},
    {"ca", "Ho sento, aquí només puc respondre en: {languages}."},
    {"cs", "Omlouvám se, odpovídat tu mohu jen v těchto jazycích: {languages}."},
    {"da", "Beklager, her kan jeg kun svare på: {languages}."},
    {"de", "Leider kann ich hier nur auf {languages} antworten."},
    {"el", "Λυπάμαι, εδώ μπορώ να απαντήσω μόνο στα: {languages}."},
    {"en", "I'm sorry, I can only answer in {languages} here."},
    {"es", "Lo siento, aquí solo puedo responder en {languages}."},
    {"fi", "Valitettavasti voin vastata tässä vain näillä kielillä: {languages}."},
    {"fr", "Désolé, ici je ne peux répondre qu'en {languages}."},
    {"hi", "क्षमा करें, मैं यहाँ केवल {languages} में उत्तर दे सकता हूँ।"},
    {"hu", "Sajnos itt csak ezeken a nyelveken tudok válaszolni: {languages}."},
    {"id", "Maaf, di sini saya hanya bisa menjawab dalam {languages}."},
    {"it", "Mi dispiace, qui posso rispondere solo in {languages}."},
    {"ja", "申し訳ありませんが、こちらでは {languages} でのみお答えできます。"},
    {"ko", "죄송하지만 여기서는 {languages}(으)로만 답변드릴 수 있습니다."},
    {"ms", "Maaf, di sini saya hanya boleh menjawab dalam {languages}."},
    {"nb", "Beklager, her kan jeg bare svare på {languages}."},
    {"nl", "Sorry, ik kan hier alleen antwoorden in het {languages}."},
    {"pl", "Przepraszam, mogę tu odpowiadać tylko w językach: {languages}."},
    {"pt", "Desculpe, aqui só posso responder em {languages}."},
    {"ro", "Îmi pare rău, aici pot răspunde doar în: {languages}."},
    {"ru", "К сожалению, здесь я могу отвечать только на: {languages}."},
    {"sv", "Tyvärr kan jag bara svara på {languages} här."},
    {"th", "ขออภัย ที่นี่ตอบได้เฉพาะภาษา {languages} เท่านั้น"},
    {"tr", "Üzgünüm, burada yalnızca şu dillerde yanıt verebilirim: {languages}."},
    {"uk", "На жаль, тут я можу відповідати лише такими мовами: {languages}."},
    {"vi", "Xin lỗi, ở đây tôi chỉ có thể trả lời bằng {languages}."},
    {"yue", "唔好意思，呢度只可以用{languages}回覆。"},
    {"zh", "抱歉，这里只能用{languages}回复您。"}};

} // namespace

std::string language_note(const std::string& language, const std::vector<std::string>& answers_in) {
  std::string all;
  for (auto& l : answers_in) {
    auto name = names.find(l);
    (all += all.empty() ? "" : ", ") += name == names.end() ? std::string_view(l) : name->second;
  }
  auto note = notes.find(language == "no" || language == "nn" ? "nb" : language);
  std::string out(note == notes.end() ? notes.at("en") : note->second);
  constexpr std::string_view place = "{languages}";
  return out.replace(out.find(place), place.size(), all);
}

} // namespace steward
