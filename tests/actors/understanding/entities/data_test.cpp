// The held-out tenth of the shared cases must not fall below a floor. Skipped where the data is not there.
#include "actors/understanding/entities/entity_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

using namespace steward;
using nlohmann::json;

namespace {

std::filesystem::path data_file() {
  const char* shared = std::getenv("STEWARD_SHARED");
  const auto root =
      shared ? std::filesystem::path(shared) : std::filesystem::path(STEWARD_SOURCE_DIR).parent_path() / "shared";
  return root / "data/entities/train.jsonl";
}

// FNV-1a, as scripts/entities_measure.py divides.
bool held_out(const std::string& text) {
  std::uint64_t h = 0xCBF29CE484222325;
  for (unsigned char c : text) h = (h ^ c) * 0x100000001B3;
  return h % 10 == 0;
}

std::string swapped(std::string s, char from, char to) {
  for (auto& c : s)
    if (c == from) c = to;
  return s;
}

bool accepts(const json& want, const entity& got) {
  if (!want["start"].is_null() && want["start"].get<std::uint32_t>() != got.start) return false;
  const auto& r = want["resolution"];
  if (r.is_object() && r.contains("values")) {
    for (const auto& v : r["values"]) {
      const auto type = v.value("type", "");
      std::string value;
      if (v.value("value", "") == "not resolved" || type == "set" || type == "duration")
        value = v.value("timex", "");
      else if (v.contains("start") || v.contains("end"))
        value = swapped(v.value("start", "") + "/" + v.value("end", ""), ' ', 'T');
      else
        value = swapped(v.value("value", ""), ' ', 'T');
      if (value == got.value) return true;
    }
    return false;
  }
  if (!r.is_object() || !r.contains("value") || r["value"].is_null()) return got.value.empty();
  if (r["value"].is_boolean()) return got.value == (r["value"].get<bool>() ? "true" : "false");
  const auto text = r["value"].get<std::string>();
  if (got.value == text || (text == "null" && got.value.empty())) return true;
  const auto a = std::atof(swapped(text, ',', '.').c_str()), b = std::atof(got.value.c_str());
  return std::fabs(a - b) <= 1e-9 * std::max({1.0, std::fabs(a), std::fabs(b)});
}

} // namespace

BOOST_AUTO_TEST_CASE(held_out_cases_reach_the_floor) {
  std::ifstream in(data_file());
  if (!in) {
    BOOST_TEST_MESSAGE("skipped: no data at " << data_file());
    return;
  }
  std::map<std::string, std::pair<int, int>> count;
  for (std::string line; std::getline(in, line);) {
    const auto row = json::parse(line);
    const auto text = row["text"].get<std::string>();
    if (!held_out(text)) continue;
    entity_context context;
    context.language = row["language"];
    if (row["reference"].is_string()) context.now = local_seconds(row["reference"].get<std::string>());
    std::vector<entity> got;
    for (auto& e : read_entities(text, context))
      if (e.kind == row["kind"]) got.push_back(std::move(e));
    bool right = got.size() == row["results"].size();
    for (std::size_t i = 0; right && i < got.size(); ++i) right = accepts(row["results"][i], got[i]);
    auto& [good, all] = count[context.language];
    good += right;
    ++all;
  }
  const std::map<std::string, double> floor = {{"en", 0.85}, {"zh", 0.84}, {"es", 0.89}};
  for (const auto& [language, least] : floor)
    BOOST_TEST(count[language].first >= least * count[language].second,
               language << ": " << count[language].first << " of " << count[language].second);
}
