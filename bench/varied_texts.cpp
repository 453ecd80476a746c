#include "bench/varied_texts.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

namespace steward::bench {
namespace {

// Small words around a question, and what customers tell on the side. `#` is a number of their own.
constexpr const char* openers[] = {
    "",         "",          "hi, ",        "hello, ",     "hey ",        "good morning, ",
    "please, ", "so ",       "sorry, ",     "one thing: ", "quick one: ", "hello there! ",
    "ok, ",     "hi team, ", "excuse me, ", "um, "};
constexpr const char* asides[] = {"",
                                  "",
                                  "",
                                  " It is about order #.",
                                  " My order is #.",
                                  " I paid # euros.",
                                  " I live in Munich, no #.",
                                  " I am # years old.",
                                  " It was bought on the #th.",
                                  " This is for a group of #.",
                                  " I have waited # days now."};
constexpr const char* things[] = {"tent",       "rucksack",  "rain jacket",    "boots",   "stove", "sleeping bag",
                                  "head torch", "down vest", "trekking poles", "gaiters", "mat",   "water filter",
                                  "mug",        "beanie",    "climbing rope",  "map case"};
constexpr const char* about[] = {"", "", "", " (the % I mean)", ", for the %", ", it's a %", " with my %"};
constexpr const char* closers[] = {"", "", " Thanks", " thank you!", " cheers", " Please help", " thx", " Best, Jo"};

template <class T, size_t N, class R>
const T& one_of(const T (&all)[N], R& random) {
  return all[random() % N];
}

void put(std::string& out, std::string_view pattern, char mark, const std::string& with) {
  for (char c : pattern)
    if (c == mark)
      out += with;
    else
      out += c;
}

} // namespace

std::vector<std::string> read_questions(const std::string& file, const std::string& language) {
  std::vector<std::string> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    auto j = nlohmann::json::parse(line, nullptr, false);
    if (!j.is_object() || !j.contains("question")) continue;
    if (!language.empty() && j.value("language", language) != language) continue;
    out.push_back(j["question"].get<std::string>());
  }
  return out;
}

std::string varied_texts::make() {
  std::string out = one_of(openers, random_);
  std::string question = base_[random_() % base_.size()];
  char end = 0;
  if (!question.empty() && std::string_view("?.!").find(question.back()) != std::string_view::npos) {
    end = question.back();
    question.pop_back();
  }
  out += question;
  put(out, one_of(about, random_), '%', one_of(things, random_));
  if (end) out += end;
  put(out, one_of(asides, random_), '#', std::to_string(2 + random_() % 9000));
  out += one_of(closers, random_);
  return out;
}

std::string varied_texts::next() {
  for (;;) {
    auto text = make();
    if (made_.insert(text).second) return text;
  }
}

} // namespace steward::bench
