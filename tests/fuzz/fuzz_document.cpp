// The document tree: takes any bytes; no drawing lets markup or an unsafe link through; bounded nesting.
#include "messages/document.hpp"
#include "tests/fuzz/must.hpp"

#include <cstddef>
#include <cstdint>

using namespace steward;

namespace {

constexpr size_t deepest = 40; // blocks, and inlines within them

void look(const std::vector<document_node>& nodes, size_t depth) {
  fuzz::must(depth < deepest, "nesting is bounded");
  for (auto& n : nodes) {
    if (n.kind == node_kind::link) fuzz::must(is_safe_link(n.href), "links are http, https or mailto");
    if (n.kind != node_kind::link) fuzz::must(n.href.empty(), "only links lead somewhere");
    look(n.nodes, depth + 1);
  }
}

/// Every tag is one that the tree is drawn with.
void look_at_tags(std::string_view html) {
  for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    auto name = html.substr(at + 1);
    if (name.starts_with('/')) name.remove_prefix(1);
    name = name.substr(0, name.find_first_of(" >/"));
    bool known = false;
    for (auto t : {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em",
                   "strong", "a", "br"})
      known |= name == t;
    fuzz::must(known, "no tag but those of the tree");
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto d = document_of(text);
  look(d.nodes, 0);
  look_at_tags(html_of(d));
  auto j = json_of(d);
  fuzz::must(j.find('\n') == j.npos, "JSON on one line");
  (void)text_of(d);
  return 0;
}
