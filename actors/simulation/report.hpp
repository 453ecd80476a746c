// What came of all visits, for people and for programs. Pure.
#pragma once
#include "actors/simulation/customers.hpp"
#include "actors/simulation/visit.hpp"

#include <map>
#include <string>
#include <vector>

namespace steward {

struct outcome_count {
  std::size_t customers = 0, right = 0, wrong = 0, handed_over = 0, left = 0;
  std::size_t served = 0;     // what he wanted came about
  std::size_t asked_back = 0; // customers who were asked back at least once
  std::size_t picked = 0;     // of these: what they wanted was among what was offered
  std::size_t questions_back = 0, turns = 0;

  void add(const visit&);
  double share(std::size_t n) const {
    return customers == 0 ? 0 : static_cast<double>(n) / static_cast<double>(customers);
  }
};

struct simulation_report {
  outcome_count all;
  std::map<std::string, outcome_count> by_kind; // labelled, written, person
  double seconds = 0;
};

simulation_report report_of(const std::vector<visitor>&, const std::vector<visit>&);
std::string to_text(const simulation_report&);
std::string to_json(const simulation_report&, std::uint64_t seed);
/// One conversation as people read it.
std::string transcript(const visitor&, const visit&);

} // namespace steward
