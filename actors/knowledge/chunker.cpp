#include "actors/knowledge/chunker.hpp"

#include <md4c.h>

#include <algorithm>

namespace steward {
namespace {

struct section {
  std::string heading, text;
};

// md4c calls back for each block and span; blocks nest, so a counter tells whether a line break is due.
struct walker {
  std::vector<section> sections{1};
  bool in_heading = false;

  std::string& target() { return in_heading ? sections.back().heading : sections.back().text; }
  void new_line() {
    auto& text = sections.back().text;
    if (!text.empty() && text.back() != '\n') text += '\n';
  }
};

int enter_block(MD_BLOCKTYPE type, void*, void* at) {
  auto& w = *static_cast<walker*>(at);
  if (type == MD_BLOCK_H) {
    if (!w.sections.back().text.empty() || !w.sections.back().heading.empty()) w.sections.emplace_back();
    w.in_heading = true;
  } else if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) {
    if (!w.target().empty() && w.target().back() != '\n') w.target() += ' ';
  } else {
    w.new_line();
  }
  return 0;
}

int leave_block(MD_BLOCKTYPE type, void*, void* at) {
  auto& w = *static_cast<walker*>(at);
  if (type == MD_BLOCK_H)
    w.in_heading = false;
  else if (type != MD_BLOCK_TD && type != MD_BLOCK_TH)
    w.new_line();
  return 0;
}

int nothing_to_do(MD_SPANTYPE, void*, void*) { return 0; }

int take_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* at) {
  auto& target = static_cast<walker*>(at)->target();
  switch (type) {
  case MD_TEXT_BR: target += '\n'; break;
  case MD_TEXT_SOFTBR: target += ' '; break;
  case MD_TEXT_NULLCHAR:
  case MD_TEXT_HTML: break;
  case MD_TEXT_ENTITY: {
    const std::string_view entity(text, size);
    target += entity == "&amp;"    ? "&"
              : entity == "&lt;"   ? "<"
              : entity == "&gt;"   ? ">"
              : entity == "&quot;" ? "\""
                                   : " ";
    break;
  }
  default: target.append(text, size);
  }
  return 0;
}

std::string_view trim(std::string_view s) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto from = s.find_first_not_of(blanks);
  return from == std::string_view::npos ? std::string_view() : s.substr(from, s.find_last_not_of(blanks) - from + 1);
}

std::vector<section> sections_of(std::string_view markdown) {
  walker w;
  MD_PARSER parser{};
  parser.flags = MD_DIALECT_GITHUB;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = nothing_to_do;
  parser.leave_span = nothing_to_do;
  parser.text = take_text;
  if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &w) != 0)
    return {{"", std::string(trim(markdown))}};
  for (auto& s : w.sections) {
    s.heading = trim(s.heading);
    s.text = trim(s.text);
  }
  return std::move(w.sections);
}

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// A cut at or before `at` that falls on a blank if there is one near, and never inside a character.
std::size_t cut_before(std::string_view text, std::size_t at) {
  if (const auto blank = text.rfind(' ', at); blank != std::string_view::npos && blank > at / 2) return blank;
  while (at > 1 && !starts_character(text[at])) --at;
  return at;
}

} // namespace

std::vector<std::string_view> sentences_of(std::string_view text) {
  static constexpr std::string_view wide[] = {"。", "！", "？", "；"};
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    if (const auto s = trim(text.substr(begin, end - begin)); !s.empty()) out.push_back(s);
    begin = end;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n')
      close(i + 1);
    else if ((c == '.' || c == '!' || c == '?') && (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'))
      close(i + 1);
    else if (static_cast<unsigned char>(c) >= 0xE3)
      for (const auto end : wide)
        if (text.compare(i, end.size(), end) == 0) close(i + end.size());
  }
  close(text.size());
  return out;
}

std::vector<passage> passages_of(std::string_view markdown, const chunk_limits& limits) {
  const auto longest = std::max<std::size_t>(limits.longest, 16);
  std::vector<passage> out;
  const auto push = [&](const std::string& heading, std::string_view text) {
    if (out.size() >= limits.most || (text.empty() && heading.empty())) return;
    out.push_back({static_cast<std::uint32_t>(out.size()), heading, std::string(text)});
  };
  for (const auto& section : sections_of(markdown)) {
    if (section.text.size() <= longest) {
      push(section.heading, section.text);
      continue;
    }
    // Parts of about one size, so that the last is not a scrap without context.
    const auto parts = (section.text.size() + longest - 1) / longest;
    const auto wanted = section.text.size() / parts + 1;
    std::string part;
    for (auto sentence : sentences_of(section.text)) {
      while (sentence.size() > longest) {
        if (!part.empty()) push(section.heading, part), part.clear();
        const auto at = cut_before(sentence, longest);
        push(section.heading, trim(sentence.substr(0, at)));
        sentence = trim(sentence.substr(at));
      }
      if (!part.empty() && (part.size() >= wanted || part.size() + 1 + sentence.size() > longest))
        push(section.heading, part), part.clear();
      if (!part.empty()) part += ' ';
      part += sentence;
    }
    if (!part.empty()) push(section.heading, part);
  }
  return out;
}

std::string plain_text(std::string_view markdown) {
  std::string out;
  for (const auto& section : sections_of(markdown))
    for (const auto& piece : {section.heading, section.text})
      if (!piece.empty()) out += (out.empty() ? "" : "\n") + piece;
  return out;
}

} // namespace steward
