#include "actors/tenant/yaml_tree.hpp"
#include "actors/tenant/spelling.hpp"

#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace steward {
namespace {

constexpr auto no_anchors = "anchors and aliases ('&name', '*name') are not taken: write the value out, or "
                            "put quotes around it if it is text";

struct refused {
  uint32_t line;
  std::string message;
};

uint32_t line_of(const YAML::Mark& m) { return m.line < 0 ? 1 : static_cast<uint32_t>(m.line) + 1; }

// Builds the tree from the parser's events: yaml-cpp's own nodes would expand aliases and forget the lines of keys.
class builder : public YAML::EventHandler {
public:
  builder(yaml_node& root, const yaml_limits& limits)
      : root_(root)
      , limits_(limits) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& m, YAML::anchor_t a) override { add(m, "?", a, yaml_node::type::nothing); }
  void OnAlias(const YAML::Mark& m, YAML::anchor_t) override { throw refused{line_of(m), no_anchors}; }
  void OnAnchor(const YAML::Mark& m, const std::string&) override { throw refused{line_of(m), no_anchors}; }

  void OnScalar(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a, const std::string& text) override {
    bool plain = tag != "!";
    if (plain && (text == "~" || text == "null" || text == "Null" || text == "NULL"))
      return add(m, tag, a, yaml_node::type::nothing), void();
    if (!open_.empty() && open_.back().node->kind == yaml_node::type::map && !open_.back().key_read)
      return add_key(m, text);
    auto& n = *add(m, plain ? tag : "?", a, yaml_node::type::scalar);
    n.text = text, n.quoted = !plain;
  }
  void OnSequenceStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a,
                       YAML::EmitterStyle::value) override {
    push(add(m, tag, a, yaml_node::type::list), m);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t a, YAML::EmitterStyle::value) override {
    push(add(m, tag, a, yaml_node::type::map), m);
  }
  void OnMapEnd() override { open_.pop_back(); }

private:
  struct level {
    yaml_node* node;
    bool key_read = false;
  };

  void count(const YAML::Mark& m) {
    if (++nodes_ > limits_.nodes)
      throw refused{line_of(m), "more than " + std::to_string(limits_.nodes) + " values in one file"};
  }

  void add_key(const YAML::Mark& m, const std::string& text) {
    count(m);
    open_.back().node->members.push_back({text, line_of(m), {}});
    open_.back().key_read = true;
  }

  // The returned pointer stays valid while its parent gets no further child, which is until the node is closed.
  yaml_node* add(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor, yaml_node::type kind) {
    count(m);
    if (anchor) throw refused{line_of(m), no_anchors};
    if (!tag.empty() && tag != "?" && tag != "!")
      throw refused{line_of(m), "tags ('" + shortened(tag) + "') are not taken: write the value without"};
    yaml_node* n = &root_;
    if (!open_.empty()) {
      auto& top = open_.back();
      if (top.node->kind == yaml_node::type::list)
        n = &top.node->items.emplace_back();
      else if (top.key_read)
        n = &top.node->members.back().value, top.key_read = false;
      else
        throw refused{line_of(m), kind == yaml_node::type::nothing ? "a key is missing before ':'"
                                                                   : "a key must be a word, not a list or a map"};
    }
    n->kind = kind, n->line = line_of(m);
    return n;
  }

  void push(yaml_node* n, const YAML::Mark& m) {
    if (open_.size() >= limits_.depth)
      throw refused{line_of(m), "nested deeper than " + std::to_string(limits_.depth) + " levels"};
    open_.push_back({n});
  }

  yaml_node& root_;
  const yaml_limits& limits_;
  std::vector<level> open_;
  size_t nodes_ = 0;
};

// yaml-cpp's words for the mistakes that people make most, in ours.
std::string explain(const std::string& why) {
  if (why.find("anchor") != std::string::npos) return no_anchors;
  if (why == "illegal map value" || why == "end of map not found")
    return "not YAML here: the indentation is off, or text that contains ': ' or '#' needs quotes around it";
  if (why == "end of sequence not found" || why == "end of sequence flow not found")
    return "not YAML here: a list does not end; look for a missing ']' or '- ' at another indentation";
  if (why == "end of map flow not found") return "not YAML here: a map does not end; look for a missing '}'";
  if (why.find("tab") != std::string::npos)
    return "not YAML here: a tab stands where spaces belong (indent with spaces)";
  if (why == "illegal EOF in scalar") return "not YAML here: a quote is opened and not closed";
  return "not YAML here: " + why;
}

} // namespace

std::optional<config_problem> parse_yaml(const std::string& text, yaml_node& out, const yaml_limits& limits) {
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    builder build(out, limits);
    if (!parser.HandleNextDocument(build)) return std::nullopt;
    yaml_node second;
    builder again(second, limits);
    if (parser.HandleNextDocument(again))
      return config_problem{{}, second.line, "a second document begins here ('---'): one file holds one"};
  } catch (const refused& r) {
    return config_problem{{}, r.line, r.message};
  } catch (const YAML::Exception& e) {
    return config_problem{{}, line_of(e.mark), explain(e.msg)};
  }
  return std::nullopt;
}

std::optional<yaml_node> open_yaml(const std::string& file, const std::string& text,
                                   std::vector<config_problem>& problems, const yaml_limits& limits) {
  yaml_node root;
  if (auto wrong = parse_yaml(text, root, limits)) {
    wrong->file = file;
    problems.push_back(std::move(*wrong));
    return std::nullopt;
  }
  if (root.kind == yaml_node::type::nothing) {
    auto name = file.substr(file.rfind('/') + 1);
    problems.push_back({file, 1, "the file is empty; the demo tenant's " + name + " shows what belongs in it"});
    return std::nullopt;
  }
  return root;
}

std::string_view name_of(const yaml_node& n) {
  switch (n.kind) {
  case yaml_node::type::nothing: return "nothing";
  case yaml_node::type::list: return "a list";
  case yaml_node::type::map: return "a map";
  case yaml_node::type::scalar: break;
  }
  bool number = !n.quoted && !n.text.empty() && n.text.find_first_not_of("+-.0123456789") == std::string::npos;
  return number ? "a number" : "text";
}

} // namespace steward
