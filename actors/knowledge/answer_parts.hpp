// Which passages of an article make the answer to a question, and the text they make. Pure.
//
// The best passage alone is often a neighbour of the right one: within an article all of them are about the same, and
// what tells them apart is a few words. So what comes close to the best is said with it, as long as the answer stays
// one that people read; and an article that is short altogether is said whole.
#pragma once

#include "actors/knowledge/chunker.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace steward {

struct answer_limits {
  std::size_t whole = 500; // characters; an article up to this long is said as it is
  std::size_t most = 600;  // characters of an answer of several passages; the best alone may be longer
  double close = 0.08;     // how far below the best score a passage may lie to be said with it
};

/// `score` for each passage, a higher one fits better. Ordinals in the article's order; never empty where there is a
/// passage.
std::vector<std::uint32_t> answer_parts(std::span<const passage>, std::span<const double> score,
                                        const answer_limits& = {});

/// Their text, each under its heading where they are several; Markdown.
std::string answer_text(std::span<const passage>, std::span<const std::uint32_t> parts);

} // namespace steward
