// HTML into the Markdown that an article's text is: headings, paragraphs, lists, tables; what is not content (scripts,
// menus, footers, forms that only ask) is left out. What can be folded away has its summary as a heading. The title is
// <title>, else the first heading; the language is <html lang>.
#include "actors/knowledge/article_sink.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace steward {
namespace {

constexpr int deepest = 400; // gumbo's tree is walked by recursion; no honest page nests like that

struct page {
  std::string title, language, text;
};

bool is_left_out(GumboTag tag) {
  switch (tag) {
  case GUMBO_TAG_SCRIPT:
  case GUMBO_TAG_STYLE:
  case GUMBO_TAG_NOSCRIPT:
  case GUMBO_TAG_TEMPLATE:
  case GUMBO_TAG_NAV:
  case GUMBO_TAG_FOOTER:
  case GUMBO_TAG_IFRAME:
  case GUMBO_TAG_SVG:
  case GUMBO_TAG_SELECT:
  case GUMBO_TAG_TEXTAREA:
  case GUMBO_TAG_HEAD: return true;
  default: return false;
  }
}

int heading_of(GumboTag tag) {
  if (tag == GUMBO_TAG_SUMMARY) return 3;
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? static_cast<int>(tag - GUMBO_TAG_H1) + 1 : 0;
}

bool is_block(GumboTag tag) {
  switch (tag) {
  case GUMBO_TAG_P:
  case GUMBO_TAG_DIV:
  case GUMBO_TAG_SECTION:
  case GUMBO_TAG_ARTICLE:
  case GUMBO_TAG_UL:
  case GUMBO_TAG_OL:
  case GUMBO_TAG_TABLE:
  case GUMBO_TAG_TR:
  case GUMBO_TAG_BLOCKQUOTE:
  case GUMBO_TAG_PRE:
  case GUMBO_TAG_DL:
  case GUMBO_TAG_DT:
  case GUMBO_TAG_DD:
  case GUMBO_TAG_MAIN:
  case GUMBO_TAG_DETAILS:
  case GUMBO_TAG_FIGURE:
  case GUMBO_TAG_FIGCAPTION:
  case GUMBO_TAG_CAPTION:
  case GUMBO_TAG_ASIDE:
  case GUMBO_TAG_ADDRESS:
  case GUMBO_TAG_HR:
  case GUMBO_TAG_LABEL:
  case GUMBO_TAG_BUTTON:
  case GUMBO_TAG_FIELDSET:
  case GUMBO_TAG_LEGEND:
  case GUMBO_TAG_FORM:
  case GUMBO_TAG_HEADER: return true;
  default: return false;
  }
}

void start_block(std::string& out) {
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.empty()) return;
  while (!out.ends_with("\n\n")) out += '\n';
}

void add_words(std::string& out, const char* text) {
  for (const char* c = text; *c != '\0'; ++c) {
    const bool blank = *c == ' ' || *c == '\t' || *c == '\n' || *c == '\r' || *c == '\f';
    if (!blank)
      out += *c;
    else if (!out.empty() && out.back() != ' ' && out.back() != '\n')
      out += ' ';
  }
}

void words_of(const GumboNode* node, std::string& out, int depth) {
  if (depth > deepest) return;
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
    return add_words(out, node->v.text.text);
  if (node->type != GUMBO_NODE_ELEMENT || is_left_out(node->v.element.tag)) return;
  const bool apart = is_block(node->v.element.tag) || node->v.element.tag == GUMBO_TAG_BR;
  if (apart) add_words(out, " ");
  for (unsigned i = 0; i < node->v.element.children.length; ++i)
    words_of(static_cast<const GumboNode*>(node->v.element.children.data[i]), out, depth + 1);
  if (apart) add_words(out, " ");
}

template <class Predicate>
bool any_below(const GumboNode* node, Predicate is, int depth = 0) {
  if (depth > deepest || node->type != GUMBO_NODE_ELEMENT) return false;
  for (unsigned i = 0; i < node->v.element.children.length; ++i) {
    const auto* c = static_cast<const GumboNode*>(node->v.element.children.data[i]);
    if (c->type == GUMBO_NODE_ELEMENT && (is(c->v.element.tag) || any_below(c, is, depth + 1))) return true;
  }
  return false;
}

/// A form that only asks is no content; some systems put whole pages into one.
bool only_asks(const GumboNode* form) {
  return !any_below(form, [](GumboTag t) { return heading_of(t) > 0 || t == GUMBO_TAG_P || t == GUMBO_TAG_ARTICLE; });
}

using table_row = std::vector<std::string>;

void rows_of(const GumboNode* node, std::vector<table_row>& out, int depth) {
  if (depth > deepest || node->type != GUMBO_NODE_ELEMENT) return;
  const auto tag = node->v.element.tag;
  if (tag == GUMBO_TAG_TR) out.emplace_back();
  if ((tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) && !out.empty()) {
    std::string words;
    words_of(node, words, depth);
    auto& cell = out.back().emplace_back();
    for (const char c : trimmed(words)) cell += c == '|' ? std::string("\\|") : std::string(1, c);
    return;
  }
  for (unsigned i = 0; i < node->v.element.children.length; ++i)
    rows_of(static_cast<const GumboNode*>(node->v.element.children.data[i]), out, depth + 1);
}

/// As Markdown has it, with a first row of names; false for one that only lays a page out.
bool add_table(const GumboNode* node, std::string& out, int depth) {
  if (any_below(node, [](GumboTag t) {
        return heading_of(t) > 0 || t == GUMBO_TAG_TABLE || t == GUMBO_TAG_UL || t == GUMBO_TAG_OL;
      }))
    return false;
  std::vector<table_row> rows;
  rows_of(node, rows, depth);
  std::erase_if(rows, [](const auto& r) { return std::all_of(r.begin(), r.end(), [](auto& c) { return c.empty(); }); });
  std::size_t width = 0;
  for (const auto& r : rows) width = std::max(width, r.size());
  if (rows.size() < 2 || width < 2 || width > 50) return false;
  start_block(out);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].resize(width);
    out += "|";
    for (const auto& cell : rows[i]) out += " " + cell + " |";
    out += "\n";
    if (i > 0) continue;
    for (std::size_t k = 0; k < width; ++k) out += "|---";
    out += "|\n";
  }
  start_block(out);
  return true;
}

void walk(const GumboNode* node, page& out, int depth) {
  if (depth > deepest) return;
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
    return add_words(out.text, node->v.text.text);
  if (node->type != GUMBO_NODE_ELEMENT) return;
  const auto tag = node->v.element.tag;
  if (is_left_out(tag) || (tag == GUMBO_TAG_FORM && only_asks(node))) return;
  if (tag == GUMBO_TAG_TABLE && add_table(node, out.text, depth)) return;
  if (const auto level = heading_of(tag)) {
    std::string heading;
    words_of(node, heading, depth);
    const auto words = trimmed(heading);
    if (words.empty()) return;
    if (out.title.empty() && level == 1) {
      out.title = words;
      return;
    }
    if (words == out.title) return; // the page's title again
    start_block(out.text);
    out.text += std::string(static_cast<std::size_t>(level), '#') + " " + std::string(words);
    return start_block(out.text);
  }
  if (tag == GUMBO_TAG_BR) {
    out.text += '\n';
    return;
  }
  const bool block = is_block(tag);
  if (block) start_block(out.text);
  if (tag == GUMBO_TAG_LI) {
    if (!out.text.empty() && out.text.back() != '\n') out.text += '\n';
    out.text += "- ";
  }
  for (unsigned i = 0; i < node->v.element.children.length; ++i)
    walk(static_cast<const GumboNode*>(node->v.element.children.data[i]), out, depth + 1);
  if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) out.text += ' ';
  if (block) start_block(out.text);
}

const GumboNode* child(const GumboNode* node, GumboTag tag) {
  if (node == nullptr || node->type != GUMBO_NODE_ELEMENT) return nullptr;
  for (unsigned i = 0; i < node->v.element.children.length; ++i) {
    const auto* c = static_cast<const GumboNode*>(node->v.element.children.data[i]);
    if (c->type == GUMBO_NODE_ELEMENT && c->v.element.tag == tag) return c;
  }
  return nullptr;
}

} // namespace

void read_html(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink) {
  auto options = kGumboDefaultOptions;
  options.max_errors = 0;
  const auto free_tree = [&](GumboOutput* tree) { gumbo_destroy_output(&options, tree); };
  const std::unique_ptr<GumboOutput, decltype(free_tree)> tree(
      gumbo_parse_with_options(&options, bytes.data(), bytes.size()), free_tree);
  if (!tree || tree->root == nullptr) return sink.problem(name, 1, "cannot be read as HTML");
  page out;
  if (const auto* lang = gumbo_get_attribute(&tree->root->v.element.attributes, "lang")) out.language = lang->value;
  if (const auto* title = child(child(tree->root, GUMBO_TAG_HEAD), GUMBO_TAG_TITLE)) {
    std::string words;
    words_of(title, words, 0);
    out.title = trimmed(words);
  }
  if (const auto* body = child(tree->root, GUMBO_TAG_BODY)) walk(body, out, 0);
  article a;
  a.id = id;
  a.title = out.title;
  a.language = out.language;
  a.text = trimmed(out.text);
  if (a.text.empty()) return sink.problem(name, 1, "the page has no text of its own");
  if (a.title.empty()) a.title = id;
  sink.take(std::move(a), name, 1);
}

} // namespace steward
