// The tree as JSON, as text and as escaped HTML.
#include "messages/document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace steward {
namespace {

using json = nlohmann::ordered_json;

json node_json(const document_node& n) {
  json j{{"kind", to_string(n.kind)}};
  if (!n.text.empty()) j["text"] = n.text;
  if (!n.href.empty()) j["href"] = n.href;
  if (n.number) j["number"] = n.number;
  for (auto& c : n.nodes) j["nodes"].push_back(node_json(c));
  return j;
}

std::string inline_text(const std::vector<document_node>& nodes) {
  std::string out;
  for (auto& n : nodes) {
    if (n.kind == node_kind::line_break) out += '\n';
    auto words = n.text + inline_text(n.nodes);
    out += words;
    auto address = n.href.substr(n.href.starts_with("mailto:") ? 7 : 0);
    if (n.kind == node_kind::link && words != address && words != n.href) out += " (" + address + ")";
  }
  return out;
}

std::string indented(const std::string& text, const std::string& first, const std::string& rest) {
  std::string out = first;
  for (char c : text) {
    out += c;
    if (c == '\n') out += rest;
  }
  return out;
}

std::string block_text(const document_node&);

std::string blocks_text(const std::vector<document_node>& nodes, const char* between) {
  std::string out;
  for (auto& n : nodes) {
    auto text = block_text(n);
    if (!out.empty() && !text.empty()) out += between;
    out += text;
  }
  return out;
}

std::string block_text(const document_node& n) {
  switch (n.kind) {
  case node_kind::paragraph:
  case node_kind::heading: return inline_text(n.nodes);
  case node_kind::code_block: return indented(n.text, "    ", "    ");
  case node_kind::quote: return indented(blocks_text(n.nodes, "\n"), "> ", "> ");
  case node_kind::list: {
    std::string out;
    auto number = n.number;
    for (auto& item : n.nodes) {
      auto mark = n.number ? std::to_string(number++) + ". " : std::string("- ");
      out += (out.empty() ? "" : "\n") + indented(blocks_text(item.nodes, "\n"), mark, std::string(mark.size(), ' '));
    }
    return out;
  }
  default: return blocks_text(n.nodes, "\n");
  }
}

void html(const document_node& n, std::string& out) {
  auto wrap = [&](std::string_view open, std::string_view close) {
    out += open;
    out += html_escaped(n.text);
    for (auto& c : n.nodes) html(c, out);
    out += close;
  };
  switch (n.kind) {
  case node_kind::paragraph: return wrap("<p>", "</p>");
  case node_kind::heading: return wrap("<p><strong>", "</strong></p>"); // a bubble's heading is none of the page's
  case node_kind::list:
    return n.number ? wrap("<ol start=\"" + std::to_string(n.number) + "\">", "</ol>") : wrap("<ul>", "</ul>");
  case node_kind::item: return wrap("<li>", "</li>");
  case node_kind::quote: return wrap("<blockquote>", "</blockquote>");
  case node_kind::code_block: return wrap("<pre><code>", "</code></pre>");
  case node_kind::text: return wrap("", "");
  case node_kind::emphasis: return wrap("<em>", "</em>");
  case node_kind::strong: return wrap("<strong>", "</strong>");
  case node_kind::code: return wrap("<code>", "</code>");
  case node_kind::link:
    return wrap("<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"" + html_escaped(n.href) + "\">",
                "</a>");
  case node_kind::line_break: out += "<br>";
  }
}

} // namespace

std::string json_of(const document& d) {
  json j = json::array();
  for (auto& n : d.nodes) j.push_back(node_json(n));
  return j.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string text_of(const document& d) {
  std::string out;
  for (size_t i = 0; i < d.nodes.size(); ++i) {
    auto text = block_text(d.nodes[i]);
    bool list_follows_words = i > 0 && d.nodes[i].kind == node_kind::list;
    if (!out.empty()) out += list_follows_words ? "\n" : "\n\n";
    out += text;
  }
  return out;
}

std::string html_of(const document& d) {
  std::string out;
  for (auto& n : d.nodes) html(n, out);
  return out;
}

std::string html_escaped(std::string_view s) {
  std::string out;
  out.reserve(s.size() + s.size() / 8);
  for (char c : s) switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    default: out += c;
    }
  return out;
}

} // namespace steward
