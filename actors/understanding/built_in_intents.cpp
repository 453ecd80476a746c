#include "actors/understanding/built_in_intents.hpp"

#include "actors/understanding/intents/normal_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unordered_map>
#include <vector>

namespace steward {
namespace {

constexpr size_t longest = 120;   // bytes: more is more than one of these
constexpr size_t slip_from = 7;   // bytes of a phrase in which one letter may be wrong
constexpr size_t fewest_kept = 2; // of the same letter in a row

struct phrases {
  std::string_view intent;
  std::string_view all; // parted by |
};

// en de fr es it pt nl pl sv tr ru zh ja ko, a line or two for each intent.
constexpr phrases table[] = {
    {"person",
     "human|agent|person|a person|a human|a person please|a human please|human please|talk to a human|speak to a "
     "human|i want a human|real person "
     "please|operator|representative|"
     "can i talk to a person|can i speak to someone|customer service please|"
     "mitarbeiter|einen menschen bitte|ich will mit einem menschen sprechen|ich möchte mit einem mitarbeiter "
     "sprechen|mensch bitte|"
     "un humain|je veux parler à un humain|je veux parler à quelqu'un|parler à un conseiller|un conseiller svp|"
     "una persona|persona|quiero hablar con una persona|quiero hablar con alguien|agente|un agente por favor|"
     "un operatore|voglio parlare con una persona|parlare con un operatore|operatore|"
     "quero falar com uma pessoa|atendente|falar com atendente|quero falar com um atendente|"
     "ik wil een medewerker spreken|medewerker|mag ik een mens spreken|"
     "chcę rozmawiać z człowiekiem|konsultant|połącz z konsultantem|"
     "jag vill prata med en människa|prata med en människa|"
     "müşteri temsilcisi|bir insanla konuşmak istiyorum|temsilciye bağlan|"
     "оператор|позовите оператора|хочу поговорить с человеком|соедините с оператором|"
     "人工|转人工|人工客服|找人工|我要人工|真人|"
     "オペレーター|人と話したい|担当者につないで|"
     "상담원|상담원 연결|사람이랑 얘기하고 싶어요"},
    {"yes",
     "ok|okay|k|ok ok|okay then|alright|all right|got it|i see|understood|great|perfect|cool|ok cool|sounds good|"
     "alles klar|verstanden|in ordnung|perfecto|entendido|de acuerdo|parfait|compris|perfetto|capito|perfeito|entendi|"
     "begrepen|prima|okej|rozumiem|anladım|ок|хорошо|понятно|好|好吧|行|可以|知道了|明白了|明白|"
     "わかりました|了解です|알겠습니다|알겠어요|"
     "yes|yeah|yep|yup|yes please|sure|correct|exactly|that's right|of course|ja|ja "
     "bitte|genau|richtig|klar|jawohl|oui|ouais|oui merci|exact|"
     "exactement|d'accord|sí|si|claro|correcto|exacto|vale|sì|certo|esatto|va bene|sim|isso|com certeza|claro que "
     "sim|jazeker|inderdaad|"
     "ja graag|tak|zgadza "
     "się|dokładnie|jasne|japp|precis|evet|tamam|aynen|да|ага|конечно|верно|именно|是|是的|对|对的|嗯|嗯嗯|好的|没错|"
     "はい|うん|そうです|네|예|응|맞아요|맞습니다"},
    {"no", "no|nope|nah|no thanks|no thank you|not really|none|none of these|none of them|neither|neither of "
           "them|neither one|nein|nein danke|keins "
           "davon|nicht wirklich|nö|non|"
           "non merci|aucun|aucun des deux|pas vraiment|no gracias|ninguna|ninguno|ninguna de estas|ninguna de las "
           "dos|ninguno de los dos|no "
           "grazie|nessuno|nessuna|não|nao|"
           "não obrigado|não obrigada|nenhum|nenhuma|nee|nee dank je|geen van deze|nie|nie dziękuję|żadne|nej|nej "
           "tack|inget av dem|hayır|"
           "yok hayır|hiçbiri|нет|не надо|нет спасибо|ничего из "
           "этого|不|不是|不对|不用|不用了|都不是|都不对|两个都不是|没有|いいえ|違います|どれでもない|아니요|아뇨|아니|"
           "아닙니다"},
    {"thanks", "thanks|thank you|thank you very much|thanks a lot|many thanks|thx|ty|cheers|great thanks|ok thanks|ok "
               "thank you|perfect thanks|danke|"
               "vielen dank|danke schön|dankeschön|danke sehr|ok danke|super danke|merci|merci beaucoup|ok "
               "merci|gracias|muchas gracias|ok gracias|"
               "mil gracias|grazie|grazie mille|ok grazie|obrigado|obrigada|muito obrigado|muito obrigada|dank je|dank "
               "u|bedankt|dank je wel|"
               "hartelijk dank|dzięki|dziękuję|dziękuję bardzo|tack|tack så mycket|teşekkürler|teşekkür ederim|sağ "
               "olun|sağol|спасибо|"
               "большое спасибо|спасибо "
               "большое|谢谢|谢谢你|谢谢您|多谢|感谢|好的谢谢|非常感谢|ありがとう|ありがとうございます|どうも|"
               "감사합니다|고마워요|고맙습니다"},
    // Who only calls for help is asked what it is about, as after a greeting.
    {"hello",
     "help|help me|please help|please help me|i need help|i need some help|can you help me|can you help me please|"
     "can someone help me|hilfe|ich brauche hilfe|können sie mir helfen|aide|j'ai besoin d'aide|aidez-moi|"
     "pouvez-vous m'aider|ayuda|necesito ayuda|ayúdame|me puedes ayudar|me podéis ayudar|puedes ayudarme|aiuto|"
     "ho bisogno di aiuto|ajuda|preciso de ajuda|hulp|ik heb hulp nodig|pomoc|potrzebuję pomocy|hjälp|"
     "jag behöver hjälp|yardım|yardım lazım|помощь|помогите|мне нужна помощь|帮帮我|帮忙|请帮忙|我需要帮助|"
     "可以帮我吗|有人吗|助けて|助けてください|도와주세요|is anybody there|anyone there|are you there|"
     "hello|hi|hey|hi there|hello there|good morning|good afternoon|good evening|hallo|guten tag|guten "
     "morgen|guten abend|moin|servus|"
     "grüß gott|bonjour|salut|bonsoir|coucou|hola|buenas|buenos días|buenas tardes|buenas "
     "noches|ciao|buongiorno|buonasera|salve|olá|oi|"
     "bom dia|boa tarde|boa noite|goedemorgen|goedemiddag|goedenavond|hoi|cześć|dzień dobry|dobry "
     "wieczór|hej|hejsan|god morgon|god kväll|"
     "merhaba|selam|iyi günler|günaydın|привет|здравствуйте|добрый день|добрый вечер|доброе "
     "утро|你好|您好|在吗|嗨|哈喽|早上好|下午好|晚上好|"
     "こんにちは|こんばんは|おはようございます|もしもし|안녕하세요|안녕"},
    {"bye", "bye|goodbye|bye bye|see you|have a nice day|that's all|that is all|that's all thanks|tschüss|tschüß|auf "
            "wiedersehen|bis bald|"
            "schönen tag noch|das war's|das war alles|au revoir|bonne journée|à bientôt|c'est tout|adiós|hasta "
            "luego|hasta pronto|eso es todo|"
            "chao|arrivederci|buona giornata|è tutto|tchau|até logo|adeus|é só isso|tot ziens|doei|dag hoor|fijne "
            "dag|dat was alles|"
            "do widzenia|na razie|to wszystko|hej då|ha det bra|det var allt|hoşça kal|görüşürüz|hoşçakalın|bu "
            "kadar|до свидания|пока|всего доброго|"
            "это всё|再见|拜拜|没事了|没有其他问题了|さようなら|以上です|バイバイ|안녕히 계세요|잘 있어요|그게 다예요"},
    {"stop", "stop|cancel|forget it|never mind|nevermind|stop it|quit|abbrechen|stopp|vergiss es|egal|lass gut "
             "sein|arrêtez|arrête|annuler|laissez tomber|"
             "laisse tomber|para|cancelar|olvídalo|déjalo|basta|lascia perdere|annulla|ferma|pare|deixa pra "
             "lá|esquece|deixa|annuleren|laat maar|"
             "anuluj|nieważne|zapomnij|przestań|avbryt|sluta|strunt i det|glöm det|dur|iptal|boş "
             "ver|vazgeç|стоп|отмена|забудь|неважно|хватит|停|停止|"
             "取消|算了|别说了|不用管了|やめて|キャンセル|もういいです|그만|취소|됐어요"},
    {"repeat", "repeat|repeat please|say that again|again please|can you repeat that|come again|pardon|what did you "
               "say|wiederholen|noch mal|nochmal bitte|"
               "noch einmal bitte|wie bitte|können sie das wiederholen|répétez|vous pouvez répéter|répète|encore une "
               "fois|repite|repítelo|"
               "puedes repetirlo|otra vez por favor|cómo dices|ripeti|puoi ripetere|ripetere per favore|repete|pode "
               "repetir|repita por favor|"
               "herhaal|kun je dat herhalen|nog een keer|powtórz|możesz powtórzyć|jeszcze raz|upprepa|kan du "
               "upprepa|en gång till|tekrar|"
               "tekrar eder misin|bir daha söyle|повтори|повторите|повторите пожалуйста|ещё "
               "раз|再说一遍|重复一下|请再说一遍|没听清|もう一度|"
               "もう一度お願いします|다시 말해 주세요|다시 한번"},
    {"machine", "are you a bot|is this a bot|are you a robot|are you a machine|are you an ai|is this ai|are you human|"
                "are you a human|are you real|are you a real person|am i talking to a bot|am i talking to a human|"
                "am i talking to a real person|hello are you a bot|hi are you a bot|bist du ein bot|bist du ein "
                "mensch|sind sie ein bot|"
                "sind sie ein mensch|es-tu un robot|êtes-vous un robot|c'est un robot|eres un bot|eres un robot|"
                "eres una persona|eres una máquina|eres humano|sei un bot|sei un robot|você é um robô|é um robô|"
                "ben je een bot|ben je een robot|czy jesteś botem|är du en bot|är du en robot|bot musun|robot musun|"
                "ты бот|вы бот|вы робот|ты "
                "робот|你是机器人吗|您是机器人吗|你是机器人|是机器人吗|你是人工智能吗|你是真人吗|您是真人吗|"
                "ロボットですか|aiですか|로봇이에요|봇인가요"},
    {"complaint", "complaint|i want to complain|i want to make a complaint|i have a complaint|i'd like to complain|i "
                  "would like to make a complaint|"
                  "beschwerde|ich möchte mich beschweren|ich will mich beschweren|réclamation|je veux faire une "
                  "réclamation|je veux me plaindre|queja|"
                  "quiero poner una queja|quiero quejarme|reclamación|quiero poner una reclamación|reclamo|voglio fare "
                  "un reclamo|voglio reclamare|"
                  "reclamação|quero fazer uma reclamação|quero reclamar|klacht|ik heb een klacht|ik wil een klacht "
                  "indienen|reklamacja|chcę złożyć skargę|"
                  "skarga|klagomål|jag vill klaga|jag vill lämna ett klagomål|şikayet|şikayetim var|şikayet etmek "
                  "istiyorum|жалоба|у меня жалоба|"
                  "хочу пожаловаться|投诉|我要投诉|我想投诉|苦情|クレームがあります|苦情を言いたい|불만이 있어요|불만 "
                  "접수|컴플레인"},
    {"forget_me", "forget me|delete my data|delete all my data|erase my data|delete everything you know about "
                  "me|lösche meine daten|löschen sie meine daten|"
                  "meine daten löschen|vergiss mich|supprimez mes données|effacez mes données|oubliez-moi|borra mis "
                  "datos|borrad mis datos|eliminad mis datos|"
                  "elimina mis datos|olvídame|cancella i miei dati|elimina i miei dati|dimenticami|apague meus "
                  "dados|apaga os meus dados|exclua meus dados|"
                  "verwijder mijn gegevens|wis mijn gegevens|vergeet mij|usuń moje dane|zapomnij o mnie|radera mina "
                  "uppgifter|ta bort mina uppgifter|glöm mig|"
                  "verilerimi sil|verilerimi silin|beni unut|удалите мои данные|удали мои данные|забудь "
                  "меня|删除我的数据|删除我的信息|把我的资料删掉|"
                  "私のデータを削除して|データを消してください|내 데이터를 삭제해 주세요|개인정보 삭제해 주세요"},
};

// What a message of emoji alone says.
struct said_by_emoji {
  UChar32 emoji;
  std::string_view intent;
};
constexpr said_by_emoji emoji_table[] = {
    {0x1F44D, "yes"},    {0x1F44C, "yes"},    {0x2705, "yes"},     {0x1F197, "yes"},    {0x1F44E, "no"},
    {0x274C, "no"},      {0x1F64F, "thanks"}, {0x2764, "thanks"},  {0x1F60A, "thanks"}, {0x1F642, "thanks"},
    {0x1F60D, "thanks"}, {0x1F389, "thanks"}, {0x1F44F, "thanks"}, {0x1F970, "thanks"}, {0x1F44B, "hello"}};

/// Of emoji that all say the same; empty: there is another sign, or they differ.
std::string_view by_emoji(std::string_view text) {
  std::string_view out;
  const auto* s = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(s, i, size, c);
    const bool dress = (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0xFE0F || c == ' '; // colour of skin, drawn in colour
    if (dress) continue;
    const auto is = std::ranges::find(emoji_table, c, &said_by_emoji::emoji);
    if (is == std::end(emoji_table) || (!out.empty() && out != is->intent)) return {};
    out = is->intent;
  }
  return out;
}

/// Letters and digits of the normal text, single blanks between words; no letter more than twice in a row.
std::string plain(std::string_view text) {
  const auto normal = normal_text(text, 2 * longest);
  std::string out;
  UChar32 last = 0;
  size_t row = 0;
  bool blank = false;
  const auto* s = reinterpret_cast<const uint8_t*>(normal.data());
  const auto size = static_cast<int32_t>(normal.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(s, i, size, c);
    if (c == '\'' || c == 0x2019) continue; // "that's", "thats"
    if (c < 0 || (!u_isalnum(c) && u_charType(c) != U_NON_SPACING_MARK && u_charType(c) != U_COMBINING_SPACING_MARK)) {
      blank = !out.empty();
      last = 0;
      continue;
    }
    row = c == last ? row + 1 : 1;
    last = c;
    if (row > fewest_kept) continue;
    if (blank) out += ' ';
    blank = false;
    uint8_t buffer[4];
    int32_t n = 0;
    U8_APPEND_UNSAFE(buffer, n, c);
    out.append(reinterpret_cast<const char*>(buffer), static_cast<size_t>(n));
  }
  return out;
}

/// No letter twice in a row: "hellooo" is "helo" as "hello" is.
std::string squeezed(const std::string& s) {
  std::string out;
  for (char c : s)
    if (out.empty() || out.back() != c || (static_cast<unsigned char>(c) & 0x80)) out += c;
  return out;
}

struct known_phrases {
  std::unordered_map<std::string, std::string_view> exact, drawn_out;
  std::vector<std::pair<std::string, std::string_view>> long_ones;

  known_phrases() {
    for (auto& [intent, all] : table)
      for (size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find('|', at), all.size());
        auto p = plain(all.substr(at, end - at));
        at = end + 1;
        if (p.empty()) continue;
        exact.emplace(p, intent);
        drawn_out.emplace(squeezed(p), intent);
        if (p.size() >= slip_from) long_ones.emplace_back(std::move(p), intent);
      }
  }
};

/// One byte left out, added, changed, or two changed places. Only within ASCII words: elsewhere a letter is more.
bool one_slip(const std::string& a, const std::string& b) {
  const auto n = std::min(a.size(), b.size()), m = std::max(a.size(), b.size());
  if (m - n > 1) return false;
  size_t i = 0, j = 0;
  while (i < n && a[i] == b[i]) ++i;
  while (j < n - i && a[a.size() - 1 - j] == b[b.size() - 1 - j]) ++j;
  const auto left_a = a.size() - i - j, left_b = b.size() - i - j;
  if (left_a <= 1 && left_b <= 1) return true;
  return left_a == 2 && left_b == 2 && a[i] == b[i + 1] && a[i + 1] == b[i];
}

} // namespace

std::string_view built_in_intent(std::string_view text) {
  if (text.empty() || text.size() > longest) return {};
  static const known_phrases known;
  const auto p = plain(text);
  if (p.empty()) return normal_text(text, 2 * longest).empty() ? "hello" : by_emoji(text); // nothing to be seen at all
  if (auto i = known.exact.find(p); i != known.exact.end()) return i->second;
  const bool ascii = std::none_of(p.begin(), p.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (!ascii) return {};
  const bool drawn = std::adjacent_find(p.begin(), p.end()) != p.end();
  if (auto i = known.drawn_out.find(squeezed(p)); drawn && i != known.drawn_out.end()) return i->second;
  if (p.size() < slip_from - 1) return {};
  for (auto& [phrase, intent] : known.long_ones)
    if (one_slip(p, phrase)) return intent;
  return {};
}

} // namespace steward
