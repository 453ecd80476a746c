#include "actors/tenant/mask_password_words.hpp"
#include "actors/tenant/mask_glyphs.hpp"

#include <algorithm>
#include <map>

namespace steward::password_words {
namespace {

using word = std::u32string;

std::vector<word> words(std::initializer_list<const char*> list) {
  std::vector<word> out;
  for (auto w : list) out.push_back(folded(w));
  std::sort(out.begin(), out.end(), [](auto& a, auto& b) { return a.size() > b.size(); });
  return out;
}

} // namespace

const std::vector<keyword>& keywords(char32_t first) {
  static const std::vector<keyword> none;
  static const auto all = [] {
    std::vector<keyword> out;
    auto add = [&](strength s, std::initializer_list<const char*> list) {
      for (auto& w : words(list)) out.push_back({w, s});
    };
    add(strength::phrase, {"passphrase", "pass phrase", "recovery phrase", "seed phrase"});
    add(strength::plain, {"password",      "pass word",     "passwd",      "passcode", "pass code",  "contraseña",
                          "密码",          "密碼",          "口令",        "passwort", "kennwort",   "mot de passe",
                          "palavra-passe", "palavra passe", "wachtwoord",  "пароль",   "パスワード", "暗証番号",
                          "비밀번호",      "lösenord",      "adgangskode", "passord",  "salasana",   "jelszó",
                          "كلمة المرور",   "كلمة السر",     "पासवर्ड",      "mật khẩu", "kata sandi"});
    add(strength::short_,
        {"pwd", "passw", "mdp", "hasło", "heslo", "şifre", "parolă", "senha", "contrasena", "parole"});
    add(strength::weak, {"pw", "pass", "clave", "pin", "pin code", "pin-code", "cvv", "cvc", "cvv2", "parola", "암호"});
    // Longer ones first, so that "pin code" is not read as "pin".
    std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) { return a.text.size() > b.text.size(); });
    std::map<char32_t, std::vector<keyword>> by_first;
    for (auto& k : out) by_first[k.text.front()].push_back(k);
    return by_first;
  }();
  auto found = all.find(first);
  return found == all.end() ? none : found->second;
}

const std::vector<word>& verbs() {
  static const auto v =
      words({"is now", "was",    "is",  "are",  "be",    "equals", "es ahora", "es",   "era",  "será", "ist jetzt",
             "ist",    "lautet", "war", "est",  "c'est", "é",      "è",        "e'",   "era",  "foi",  "is nu",
             "är",     "er",     "on",  "to",   "是",    "为",     "為",       "就是", "改成", "设为", "は",
             "이",     "은",     "는",  "jest", "je",    "это",    "to",       "es:"});
  return v;
}
const std::set<word>& fillers() {
  static const std::set<word> f = [] {
    std::set<word> out;
    for (auto& w : words(
             {"for",     "of",        "on",      "in",     "at",       "the",     "my",      "your",        "this",
              "that",    "account",   "login",   "email",  "e-mail",   "mail",    "shop",    "store",       "app",
              "site",    "website",   "wifi",    "user",   "username", "profile", "online",  "new",         "old",
              "current", "temporary", "should",  "must",   "will",     "now",     "just",    "still",       "currently",
              "has",     "been",      "changed", "set",    "actually", "de",      "del",     "mi",          "tu",
              "la",      "el",        "cuenta",  "correo", "nueva",    "actual",  "usuario", "tienda",      "para",
              "für",     "mein",      "meinem",  "meinen", "das",      "den",     "konto",   "kundenkonto", "neues",
              "neue",    "aktuelles", "jetzt",   "pour",   "mon",      "ma",      "compte",  "da",          "minha",
              "conta",   "的",        "我",      "账号",   "现在",     "目前",    "(new)",   "(old)"}))
      out.insert(w);
    return out;
  }();
  return f;
}
const std::set<word>& sentence_words() {
  static const std::set<word> s = [] {
    std::set<word> out;
    for (auto& w :
         words({"wrong",     "not",        "incorrect", "invalid",      "expired",     "too",       "weak",
                "forgotten", "lost",       "required",  "correct",      "reset",       "changed",   "no",
                "never",     "still",      "always",    "the",          "a",           "an",        "on",
                "in",        "at",         "what",      "which",        "gone",        "unknown",   "blocked",
                "locked",    "i",          "i'm",       "i've",         "it",          "it's",      "how",
                "can",       "can't",      "cannot",    "could",        "when",        "where",     "why",
                "who",       "and",        "or",        "but",          "so",          "because",   "if",
                "my",        "your",       "our",       "their",        "this",        "that",      "these",
                "safe",      "secure",     "strong",    "short",        "long",        "old",       "new",
                "same",      "different",  "being",     "been",         "working",     "needed",    "accepted",
                "rejected",  "refused",    "ok",        "okay",         "fine",        "good",      "bad",
                "broken",    "stolen",     "leaked",    "compromised",  "hacked",      "somehow",   "really",
                "very",      "also",       "only",      "just",         "now",         "again",     "already",
                "to",        "for",        "of",        "from",         "with",        "without",   "by",
                "please",    "help",       "you",       "we",           "they",        "he",        "she",
                "is",        "was",        "are",       "be",           "do",          "does",      "did",
                "don't",     "doesn't",    "didn't",    "isn't",        "won't",       "should",    "must",
                "may",       "reset?",     "forgot",    "need",         "want",        "have",      "asked",
                "sent",      "there",      "here",      "all",          "any",         "some",      "one",
                "something", "nothing",    "case",      "empty",        "hidden",      "visible",   "saved",
                "stored",    "visible",    "optional",  "mandatory",    "recovery",    "nicht",     "falsch",
                "vergessen", "abgelaufen", "ungültig",  "weg",          "leider",      "richtig",   "korrekt",
                "immer",     "noch",       "zu",        "ein",          "eine",        "mein",      "dein",
                "das",       "die",        "der",       "den",          "und",         "oder",      "aber",
                "ich",       "es",         "er",        "sie",          "wir",         "wie",       "was",
                "wo",        "warum",      "kann",      "geändert",     "gesperrt",    "unbekannt", "schwach",
                "sicher",    "kein",       "nur",       "incorrecta",   "errónea",     "inválida",  "mala",
                "caducada",  "demasiado",  "olvidada",  "la",           "el",          "los",       "las",
                "un",        "una",        "muy",       "correcta",     "que",         "qué",       "cómo",
                "cuál",      "mi",         "tu",        "su",           "no",          "y",         "o",
                "pero",      "yo",         "me",        "se",           "válida",      "débil",     "segura",
                "nueva",     "vieja",      "siempre",   "nunca",        "obligatoria", "necesaria", "del",
                "de",        "para",       "incorrect", "faux",         "fausse",      "oublié",    "expiré",
                "invalide",  "pas",        "le",        "les",          "des",         "et",        "ou",
                "je",        "il",         "trop",      "mon",          "ma",          "errada",    "incorreta",
                "esquecida", "não",        "sbagliata", "scaduta",      "non",         "niet",      "fout",
                "verkeerd",  "неверный",   "не",        "неправильный", "yanlış"}))
      out.insert(w);
    return out;
  }();
  return s;
}
const std::vector<word>& sentence_starts() {
  static const auto s = words(
      {"什么", "什麼", "多少", "不",   "错", "錯", "对",   "對",   "正确", "正確", "怎么", "怎麼", "哪", "否",   "忘",
       "啥",   "谁",   "几",   "几位", "没", "沒", "被",   "在",   "需要", "必须", "要",   "可以", "已", "过期", "过",
       "太",   "我",   "你",   "您",   "他", "空", "无",   "有",   "和",   "这",   "那",   "吗",   "嗎", "何",   "違",
       "間違", "忘れ", "必要", "正し", "变", "改", "重置", "找回", "输入", "登录", "设置", "错误"});
  return s;
}

} // namespace steward::password_words
