#include "actors/knowledge/chunker.hpp"

#include <md4c.h>

#include <algorithm>

namespace steward {
namespace {

enum class line_kind { prose, item };

struct section {
  unsigned level = 0; // of its heading; 0: before the first
  std::string heading, text;
  std::vector<line_kind> kinds; // of the lines of `text`, while it is being written
};

constexpr char row_mark = '\x01'; // before a table's row, until the line is read

// md4c calls back for each block and span; blocks nest, so a counter tells whether a line break is due.
struct walker {
  std::vector<section> sections{1};
  bool in_heading = false;
  std::vector<std::size_t> lists; // open ones: 0 for bullets, else the next number

  std::string& target() { return in_heading ? sections.back().heading : sections.back().text; }
  void new_line() {
    auto& text = sections.back().text;
    if (!text.empty() && text.back() != '\n' && !starts_item(text)) text += '\n';
  }
  // A paragraph inside an item goes on behind its mark.
  static bool starts_item(std::string_view text) {
    const auto line = text.substr(text.rfind('\n') + 1); // npos + 1 == 0
    return marked(line) && line.find_first_not_of(" -0123456789.") == line.npos;
  }
  // "- x" or "12. x"
  static bool marked(std::string_view line) {
    const auto at = line.find_first_not_of(' ');
    if (at == line.npos) return false;
    if (line.substr(at).starts_with("- ")) return true;
    const auto digits = line.find_first_not_of("0123456789", at);
    return digits != at && digits != line.npos && line.substr(digits).starts_with(". ");
  }
};

int enter_block(MD_BLOCKTYPE type, void* detail, void* at) {
  auto& w = *static_cast<walker*>(at);
  switch (type) {
  case MD_BLOCK_H:
    if (!w.sections.back().text.empty() || !w.sections.back().heading.empty()) w.sections.emplace_back();
    w.sections.back().level = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
    w.in_heading = true;
    break;
  case MD_BLOCK_TD:
  case MD_BLOCK_TH:
    if (auto& text = w.target(); !text.empty() && !text.ends_with('\n') && !text.ends_with(row_mark)) text += " | ";
    break;
  case MD_BLOCK_UL: w.new_line(), w.lists.push_back(0); break;
  case MD_BLOCK_OL: w.new_line(), w.lists.push_back(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start); break;
  case MD_BLOCK_LI:
    w.new_line();
    if (!w.lists.empty()) {
      auto& text = w.target();
      text.append(2 * (w.lists.size() - 1), ' ');
      text += w.lists.back() == 0 ? "- " : std::to_string(w.lists.back()++) + ". ";
    }
    break;
  case MD_BLOCK_TR:
    w.new_line();
    w.target() += row_mark;
    break;
  default: w.new_line();
  }
  return 0;
}

int leave_block(MD_BLOCKTYPE type, void*, void* at) {
  auto& w = *static_cast<walker*>(at);
  if (type == MD_BLOCK_H)
    w.in_heading = false;
  else if (type != MD_BLOCK_TD && type != MD_BLOCK_TH)
    w.new_line();
  if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) && !w.lists.empty()) w.lists.pop_back();
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
    w = {}, w.sections.back().text = markdown;
  for (auto& s : w.sections) {
    s.heading = trim(s.heading);
    std::string text;
    std::string_view rest = trim(s.text);
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      auto line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const bool row = line.starts_with(row_mark);
      if (row) line.remove_prefix(1);
      if (trim(line).empty()) continue;
      s.kinds.push_back(row || walker::marked(line) ? line_kind::item : line_kind::prose);
      text += (text.empty() ? "" : "\n") + std::string(line);
    }
    s.text = std::move(text);
  }
  return std::move(w.sections);
}

bool announces(std::string_view text) { return text.ends_with(':') || text.ends_with("："); }

// What stands below a heading that has nothing of its own, or ends with a colon, is what it announces: all of it where
// that is short, else its headings.
std::string announced(const std::vector<section>& all, std::size_t i, std::size_t room) {
  std::string whole, headings;
  for (auto k = i + 1; k < all.size() && all[k].level > all[i].level; ++k) {
    const auto& s = all[k];
    if (!s.heading.empty()) whole += "\n\n**" + s.heading + "**";
    if (!s.text.empty()) whole += "\n\n" + s.text;
    if (all[k].level == all[i + 1].level) headings += "\n- " + s.heading;
  }
  if (whole.size() <= room) return whole;
  if (headings.size() > room) headings.resize(headings.rfind('\n', room));
  return headings;
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

namespace {

// A sentence; or a list or table with the sentence before it.
struct piece {
  std::string text;
  char joint = ' '; // what stands before it when it is not the first
};

std::vector<piece> pieces_of(const section& s, std::size_t longest, std::size_t with_list) {
  std::vector<piece> out;
  std::string intro, list;
  const auto close_list = [&] {
    if (!list.empty()) out.push_back({intro + (intro.empty() ? "" : "\n") + list, '\n'});
    list.clear();
  };
  std::size_t begin = 0;
  for (std::size_t n = 0; n < s.kinds.size(); ++n) {
    const auto end = std::min(s.text.find('\n', begin), s.text.size());
    const std::string_view line(s.text.data() + begin, end - begin);
    begin = end + 1;
    if (s.kinds[n] == line_kind::item && line.size() <= longest) {
      if (list.empty()) {
        // The sentence before it introduces it, unless that is long; where it goes on in another passage, once more.
        intro.clear();
        if (!out.empty() && out.back().text.size() < longest / 3 && s.kinds[n - 1] == line_kind::prose)
          intro = std::move(out.back().text), out.pop_back();
      } else if (intro.size() + 1 + list.size() + 1 + line.size() > with_list) {
        close_list();
      }
      list += (list.empty() ? "" : "\n") + std::string(line);
      continue;
    }
    close_list();
    bool first = true;
    for (auto sentence : sentences_of(line)) {
      while (sentence.size() > longest) {
        const auto at = cut_before(sentence, longest);
        out.push_back({std::string(trim(sentence.substr(0, at))), first ? '\n' : ' '});
        sentence = trim(sentence.substr(at));
        first = false;
      }
      out.push_back({std::string(sentence), first ? '\n' : ' '});
      first = false;
    }
  }
  close_list();
  return out;
}

// Parts of about one size, so that the last is not a scrap without context.
std::vector<std::string> parts_of(const section& s, std::size_t longest, std::size_t with_list) {
  const auto wanted = s.text.size() / ((s.text.size() + longest - 1) / longest) + 1;
  std::vector<std::string> out;
  std::string part;
  for (auto& p : pieces_of(s, longest, with_list)) {
    if (!part.empty() && (part.size() >= wanted || part.size() + 1 + p.text.size() > longest))
      out.push_back(std::move(part)), part.clear();
    if (!part.empty()) part += p.joint;
    part += p.text;
  }
  if (!part.empty()) out.push_back(std::move(part));
  return out;
}

} // namespace

std::vector<passage> passages_of(std::string_view markdown, const chunk_limits& limits) {
  const auto longest = std::max<std::size_t>(limits.longest, 16), with_list = std::max(longest, limits.with_list);
  std::vector<passage> out;
  const auto sections = sections_of(markdown);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const auto& section = sections[i];
    auto parts = section.text.size() <= longest ? std::vector{section.text} : parts_of(section, longest, with_list);
    for (auto& part : parts) {
      if (out.size() >= limits.most || (part.empty() && section.heading.empty())) continue;
      out.push_back({static_cast<std::uint32_t>(out.size()), section.heading, std::move(part), ""});
    }
    if (out.empty() || parts.empty()) continue;
    auto& last = out.back();
    if ((last.text.empty() || announces(last.text)) && last.text.size() < with_list)
      last.announced = announced(sections, i, with_list - last.text.size());
  }
  return out;
}

// What follows a list is no part of its last item: Markdown would take it for that without a blank line.
static std::string set_apart(std::string_view text) {
  std::string out;
  for (bool after_item = false; !text.empty();) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    const bool item = walker::marked(line);
    if (after_item && !item && !trim(line).empty()) out += '\n';
    after_item = item;
    out += line;
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string passage::answer() const {
  return text.empty() && announced.empty() ? heading : set_apart(trim(text + announced));
}

std::string plain_text(std::string_view markdown) {
  std::string out;
  for (const auto& section : sections_of(markdown))
    for (const auto& piece : {section.heading, section.text})
      if (!piece.empty()) out += (out.empty() ? "" : "\n") + piece;
  return out;
}

} // namespace steward
