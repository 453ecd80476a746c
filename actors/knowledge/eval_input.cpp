#include "actors/knowledge/eval_input.hpp"

#include <nlohmann/json.hpp>
#include <unicode/utf8.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace steward {

question_reading parse_questions(std::string_view bytes, const std::string& name) {
  question_reading out;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t line_number = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    const auto line = bytes.substr(at, end - at);
    at = end + 1;
    ++line_number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto problem = [&](const std::string& what) {
      out.problems.push_back(name + ":" + std::to_string(line_number) + ": " + what);
    };
    if (line.size() > (1U << 16) || std::count(line.begin(), line.end(), '[') > 1000 ||
        std::count(line.begin(), line.end(), '{') > 1000) {
      problem("the line is too long");
      continue;
    }
    const auto doc = nlohmann::json::parse(line, nullptr, false);
    if (!doc.is_object()) {
      problem(doc.is_discarded() ? "not JSON" : "not a JSON object");
      continue;
    }
    asked q;
    const auto text = doc.find("question");
    if (text == doc.end() || !text->is_string() ||
        text->get_ref<const std::string&>().find_first_not_of(" \t\n") == std::string::npos) {
      problem("no 'question'");
      continue;
    }
    q.question = text->get<std::string>();
    if (const auto l = doc.find("language"); l != doc.end() && l->is_string())
      q.language = l->get<std::string>().substr(0, 2);
    if (const auto h = doc.find("holds"); h != doc.end() && h->is_array())
      for (const auto& piece : *h)
        if (piece.is_string() && !piece.get_ref<const std::string&>().empty())
          q.holds.push_back(piece.get<std::string>());
    const auto id_of = [](const nlohmann::json& v) {
      return v.is_string() ? v.get<std::string>() : v.is_number_integer() ? v.dump() : std::string();
    };
    auto expected = doc.find("expected");
    if (expected == doc.end()) expected = doc.find("id");
    bool good = expected != doc.end();
    if (good && expected->is_array()) {
      for (const auto& id : *expected) q.expected.push_back(id_of(id));
    } else if (good) {
      q.expected.push_back(id_of(*expected));
    }
    good = good && std::none_of(q.expected.begin(), q.expected.end(), [](const auto& id) { return id.empty(); });
    if (!good)
      problem("'expected' is not a list of article ids");
    else
      out.questions.push_back(std::move(q));
  }
  return out;
}

question_reading read_questions(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) return {{}, {file.string() + ":1: cannot be read"}};
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  return parse_questions(bytes, file.string());
}

std::string script_language(std::string_view text) {
  std::size_t han = 0, kana = 0, hangul = 0, letters = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::int32_t i = 0, n = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 4096)); i < n;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, n, c);
    if (c <= ' ') continue;
    ++letters;
    han += c >= 0x3400 && c <= 0x9FFF;
    kana += c >= 0x3040 && c <= 0x30FF;
    hangul += c >= 0xAC00 && c <= 0xD7AF;
  }
  if (5 * hangul > letters) return "ko";
  if (10 * kana > letters) return "ja";
  return 5 * han > letters ? "zh" : "en";
}

std::map<std::string, std::vector<article>> by_language(std::vector<article> articles) {
  std::map<std::string, std::vector<article>> out;
  for (auto& a : articles) {
    if (a.language.empty()) a.language = script_language(a.title + " " + a.text);
    out[a.language].push_back(std::move(a));
  }
  return out;
}

} // namespace steward
