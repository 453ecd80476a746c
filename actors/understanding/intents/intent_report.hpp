// What a set of examples is worth, for those who write them: figures, what is confused, which intents overlap, which
// examples are probably under the wrong intent. Pure.
#pragma once

#include "actors/understanding/intents/cross_validation.hpp"

namespace steward {

struct intent_report {
  struct confusion {
    std::uint32_t truth = 0, said = 0;
    std::size_t count = 0;
    std::vector<std::string> examples; // at most three
  };
  struct overlap {
    std::uint32_t a = 0, b = 0;
    double share = 0; // of both intents' examples, taken for the other
  };
  struct suspect {
    std::string text;
    std::uint32_t labelled = 0, meant = 0;
    double confidence = 0;
  };
  struct bin { // texts of like confidence
    double said = 0, right = 0;
    std::size_t count = 0;
  };

  std::vector<std::string> names;
  std::size_t texts = 0, strangers = 0; // judged
  double accuracy = 0, macro_f1 = 0, calibration_error = 0, calibration_by_chance = 0, in_scope_kept = 0;
  double out_of_scope_recall = 0;               // without strangers: 0
  std::vector<confusion> confusions;            // the most frequent first
  std::vector<overlap> overlaps;                // the widest first
  std::vector<suspect> suspects;                // the surest first
  std::vector<bin> curve;                       // reliability, by rising confidence
  std::vector<std::vector<std::size_t>> matrix; // [truth][said]
};

intent_report report_of(std::vector<std::string> names, std::span<const tested_text> all);

// A page that needs nothing else: figures, tables, a plot of confusions and a reliability curve, for each part.
struct report_part {
  std::string title;
  intent_report report;
};
std::string report_html(const std::string& title, std::span<const report_part> parts);

} // namespace steward
