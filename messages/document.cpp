// Markdown to the tree: md4c calls back for each block, span and piece of text; a stack holds the open nodes.
#include "messages/document.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <md4c.h>

namespace steward {
namespace {

constexpr size_t deepest = 12;

class builder {
public:
  builder(document& out, std::string_view source)
      : out_(out)
      , source_(source) {}

  /// A piece of text is part of what was parsed, or one of the parser's own few characters.
  bool plausible(const char* text, size_t size) const {
    std::less_equal<const char*> at_most;
    auto end = source_.data() + source_.size();
    if (at_most(source_.data(), text) && at_most(text, end)) return size <= static_cast<size_t>(end - text);
    return size <= 16;
  }

  void enter(node_kind kind, uint32_t number = 0, std::string href = {}) {
    // A tight list's item holds its words bare; the tree wants a paragraph around them.
    if (kind >= node_kind::text)
      inline_home();
    else
      end_implied();
    // Beyond the limit a node's children join its parent; `false` marks what is not there to be closed.
    if (open_.size() >= deepest) return marks_.push_back(false);
    open_.push_back({kind, {}, std::move(href), number, {}});
    marks_.push_back(true);
  }
  /// A span that leaves no trace but its text: an image, a link to somewhere unsafe.
  void enter_unseen() { marks_.push_back(false); }

  void leave(bool block) {
    if (block) end_implied();
    if (marks_.empty()) return;
    bool there = marks_.back();
    marks_.pop_back();
    if (there) close();
  }

  void text(std::string_view s) {
    if (!open_.empty() && (open_.back().kind == node_kind::code_block || open_.back().kind == node_kind::code)) {
      open_.back().text += s;
      return;
    }
    inline_home();
    auto& home = children();
    if (!home.empty() && home.back().kind == node_kind::text)
      home.back().text += s;
    else
      home.push_back({node_kind::text, std::string(s), {}, 0, {}});
  }

  void line_break() {
    inline_home();
    children().push_back({node_kind::line_break, {}, {}, 0, {}});
  }

private:
  bool holds_blocks() const {
    return open_.empty() || open_.back().kind == node_kind::item || open_.back().kind == node_kind::quote ||
           open_.back().kind == node_kind::list;
  }
  void inline_home() {
    if (!holds_blocks()) return;
    open_.push_back({node_kind::paragraph, {}, {}, 0, {}});
    implied_ = open_.size();
  }
  void end_implied() {
    if (implied_ == 0 || implied_ != open_.size()) return;
    implied_ = 0;
    close();
  }
  std::vector<document_node>& children() { return open_.empty() ? out_.nodes : open_.back().nodes; }
  void close() {
    auto done = std::move(open_.back());
    open_.pop_back();
    if (done.kind == node_kind::code_block && done.text.ends_with('\n')) done.text.pop_back();
    children().push_back(std::move(done));
  }

  document& out_;
  std::string_view source_;
  std::vector<document_node> open_;
  std::vector<bool> marks_;
  size_t implied_ = 0; // depth of a paragraph that Markdown did not name
};

std::string attribute(const MD_ATTRIBUTE& a) {
  // Entities are resolved nowhere: `javascript&colon;` stays what it is, and is refused.
  return {a.text, a.size};
}

int enter_block(MD_BLOCKTYPE type, void* detail, void* user) {
  auto& b = *static_cast<builder*>(user);
  switch (type) {
  case MD_BLOCK_DOC: break;
  case MD_BLOCK_QUOTE: b.enter(node_kind::quote); break;
  case MD_BLOCK_UL: b.enter(node_kind::list); break;
  case MD_BLOCK_OL: b.enter(node_kind::list, std::max(1u, static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start)); break;
  case MD_BLOCK_LI: b.enter(node_kind::item); break;
  case MD_BLOCK_H: b.enter(node_kind::heading, static_cast<MD_BLOCK_H_DETAIL*>(detail)->level); break;
  case MD_BLOCK_CODE: b.enter(node_kind::code_block); break;
  case MD_BLOCK_HR: break;
  default: b.enter(node_kind::paragraph); break;
  }
  return 0;
}

int leave_block(MD_BLOCKTYPE type, void*, void* user) {
  if (type != MD_BLOCK_DOC && type != MD_BLOCK_HR) static_cast<builder*>(user)->leave(true);
  return 0;
}

int enter_span(MD_SPANTYPE type, void* detail, void* user) {
  auto& b = *static_cast<builder*>(user);
  switch (type) {
  case MD_SPAN_EM: b.enter(node_kind::emphasis); break;
  case MD_SPAN_STRONG: b.enter(node_kind::strong); break;
  case MD_SPAN_CODE: b.enter(node_kind::code); break;
  case MD_SPAN_A:
    if (auto href = attribute(static_cast<MD_SPAN_A_DETAIL*>(detail)->href); is_safe_link(href))
      b.enter(node_kind::link, 0, std::move(href));
    else
      b.enter_unseen();
    break;
  default: b.enter_unseen(); break;
  }
  return 0;
}

int leave_span(MD_SPANTYPE, void*, void* user) {
  static_cast<builder*>(user)->leave(false);
  return 0;
}

std::string_view entity(std::string_view s) {
  if (s == "&amp;") return "&";
  if (s == "&lt;") return "<";
  if (s == "&gt;") return ">";
  if (s == "&quot;") return "\"";
  if (s == "&nbsp;") return "\u00a0";
  return s;
}

int on_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
  auto& b = *static_cast<builder*>(user);
  if (!b.plausible(text, size)) return 1; // ends the parse: see document_of
  switch (type) {
  case MD_TEXT_NULLCHAR: b.text("\ufffd"); break;
  case MD_TEXT_BR: b.line_break(); break;
  case MD_TEXT_SOFTBR: b.line_break(); break; // in a chat a new line is meant
  case MD_TEXT_ENTITY: b.text(entity({text, size})); break;
  default: b.text({text, size}); break;
  }
  return 0;
}

/// Where an e-mail address stands in the text from `from` on; an empty view at the end: none does.
std::string_view next_address(std::string_view s, size_t from) {
  auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (auto at = s.find('@', from); at != s.npos; at = s.find('@', at + 1)) {
    auto begin = at, end = at + 1;
    while (begin > from && (letter(s[begin - 1]) || std::string_view("._+-").find(s[begin - 1]) != s.npos)) --begin;
    while (end < s.size() && (letter(s[end]) || s[end] == '.' || s[end] == '-')) ++end;
    while (end > at + 1 && !letter(s[end - 1])) --end;
    auto domain = s.substr(at + 1, end - at - 1);
    if (begin < at && letter(s[begin]) && domain.find('.') != s.npos && letter(domain[0]))
      return s.substr(begin, end - begin);
  }
  return s.substr(s.size());
}

/// Bare addresses become links, but not within links.
void link_addresses(std::vector<document_node>& nodes) {
  std::vector<document_node> out;
  for (auto& n : nodes) {
    if (n.kind != node_kind::text) {
      if (n.kind != node_kind::link) link_addresses(n.nodes);
      out.push_back(std::move(n));
      continue;
    }
    std::string_view s = n.text;
    size_t done = 0;
    for (auto a = next_address(s, 0); !a.empty(); a = next_address(s, done)) {
      auto begin = static_cast<size_t>(a.data() - s.data());
      if (begin > done) out.push_back({node_kind::text, std::string(s.substr(done, begin - done)), {}, 0, {}});
      out.push_back(
          {node_kind::link, {}, "mailto:" + std::string(a), 0, {{node_kind::text, std::string(a), {}, 0, {}}}});
      done = begin + a.size();
    }
    if (done == 0)
      out.push_back(std::move(n));
    else if (done < s.size())
      out.push_back({node_kind::text, std::string(s.substr(done)), {}, 0, {}});
  }
  nodes = std::move(out);
}

} // namespace

std::string_view to_string(node_kind k) {
  static constexpr std::string_view names[] = {"paragraph", "heading",  "list",   "item", "quote", "code_block",
                                               "text",      "emphasis", "strong", "code", "link",  "line_break"};
  return names[static_cast<size_t>(k)];
}

bool is_safe_link(std::string_view href) {
  if (href.empty() || href.size() > 2000) return false;
  if (std::any_of(href.begin(), href.end(), [](unsigned char c) { return c <= 32 || c == 127; })) return false;
  std::string scheme;
  for (char c : href.substr(0, href.find(':'))) scheme += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  auto rest = href.substr(std::min(href.size(), scheme.size()));
  if (scheme == "http" || scheme == "https") return rest.starts_with("://") && rest.size() > 3;
  return scheme == "mailto" && rest.size() > 1;
}

document document_of(std::string_view markdown) {
  document out;
  builder b(out, markdown);
  MD_PARSER parser{};
  parser.flags =
      // Not MD_FLAG_PERMISSIVEEMAILAUTOLINKS: md4c 0.4.8 hands out pieces of negative length beside such an address.
      MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOINDENTEDCODEBLOCKS;
  parser.enter_block = enter_block, parser.leave_block = leave_block;
  parser.enter_span = enter_span, parser.leave_span = leave_span, parser.text = on_text;
  if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &b) != 0) out.nodes.clear();
  link_addresses(out.nodes);
  if (out.nodes.empty() && markdown.find_first_not_of(" \t\r\n") != markdown.npos)
    out.nodes.push_back({node_kind::paragraph, {}, {}, 0, {{node_kind::text, std::string(markdown), {}, 0, {}}}});
  return out;
}

} // namespace steward
