// What Steward says, as a small tree: parsed once from a safe subset of Markdown, drawn by the page (DOM calls), the
// terminal (text) and the plain page (escaped HTML). No raw HTML ever gets through: it is text. Pure, thread-safe.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

enum class node_kind : uint8_t {
  // Blocks. They hold blocks (list, item, quote) or inlines (paragraph, heading); code holds its text.
  paragraph,
  heading, // number: 1 to 6
  list,    // number: of its first item; 0 for bullets
  item,
  quote,
  code_block,
  // Inlines.
  text,
  emphasis,
  strong,
  code,
  link, // href: http, https or mailto, nothing else
  line_break
};

std::string_view to_string(node_kind); // as in the JSON

struct document_node {
  node_kind kind = node_kind::paragraph;
  std::string text; // of text, code, code_block
  std::string href; // of link
  uint32_t number = 0;
  std::vector<document_node> nodes;
  bool operator==(const document_node&) const = default;
};

struct document {
  std::vector<document_node> nodes; // blocks
  bool operator==(const document&) const = default;
};

/// Takes any bytes. What is outside the subset (tables, images, HTML) stays as the text it is; nesting beyond 12 is
/// flattened.
document document_of(std::string_view markdown);

/// `[{"kind": "paragraph", "nodes": [{"kind": "text", "text": "…"}]}, …]`, on one line.
std::string json_of(const document&);

/// For a terminal or a text file: lists with their marks, links with their address behind the words.
std::string text_of(const document&);

/// For a page without script. All text is escaped.
std::string html_of(const document&);
std::string html_escaped(std::string_view);

/// Is it an address that a customer may be sent to: http, https or mailto, without control characters?
bool is_safe_link(std::string_view href);

} // namespace steward
