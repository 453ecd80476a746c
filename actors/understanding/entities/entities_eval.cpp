// entities_eval < FILE.jsonl: for each line of {"text", "language", "reference"} a line of {"entities": [...]}.
#include "actors/understanding/entities/entity_reader.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const auto row = nlohmann::json::parse(line, nullptr, false);
    if (!row.is_object() || !row.contains("text")) continue;
    steward::entity_context context;
    context.language = row.value("language", "en");
    context.senses = row.value("senses", false);
    if (row.contains("reference") && row["reference"].is_string())
      context.now = steward::local_seconds(row["reference"].get<std::string>());
    auto out = nlohmann::json::array();
    for (const auto& e : steward::read_entities(row["text"].get<std::string>(), context))
      out.push_back({{"kind", e.kind},
                     {"type", e.type},
                     {"text", e.text},
                     {"start", e.start},
                     {"value", e.value},
                     {"unit", e.unit},
                     {"alternatives", e.alternatives}});
    std::cout << nlohmann::json{{"entities", out}}.dump() << '\n';
  }
}
