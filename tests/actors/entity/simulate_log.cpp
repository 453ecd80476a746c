// simulate_log [--schedules N] [--seed S] [--mutate NAME]: runs the simulation of the turn log. With --seed and one
// schedule (the default then) it prints what happened, line by line. Exit code 1 when an invariant broke.
#include "tests/actors/entity/simulation.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace steward;

int main(int argc, char** argv) {
  simulation::options o;
  uint64_t schedules = 0;
  bool seeded = false;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (!std::strcmp(argv[i], "--schedules"))
      schedules = std::strtoull(argv[i + 1], nullptr, 10);
    else if (!std::strcmp(argv[i], "--seed"))
      o.seed = std::strtoull(argv[i + 1], nullptr, 10), seeded = true;
    else if (std::strcmp(argv[i], "--mutate") || !from_string(argv[i + 1], o.mutate)) {
      std::fprintf(
          stderr,
          "usage: simulate_log [--schedules N] [--seed S] [--mutate none|no_expected_sequence|no_chain|"
          "accept_gaps|timeout_is_failure|no_seen_ids|no_watermarks|no_trim|no_trials|cut_unwritten|stale_look]\n");
      return 2;
    }
  }
  if (schedules == 0) schedules = seeded ? 1 : 100'000;
  o.trace = seeded && schedules == 1;
  simulation::tally t;
  std::string why;
  auto begun = std::chrono::steady_clock::now();
  auto failed = first_failure(o, schedules, t, why);
  auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  std::printf("schedules %llu, seconds %.1f: events %llu, messages %llu, records %llu, takeovers %llu, fenced %llu, "
              "crashes %llu, pauses %llu, doubts %llu, duplicates %llu, redeliveries %llu, given up %llu, parked %llu, "
              "recreated %llu, timers %llu, snapshots %llu, purged %llu, gathered %llu\n",
              (unsigned long long)t.schedules, seconds, (unsigned long long)t.events, (unsigned long long)t.messages,
              (unsigned long long)t.records, (unsigned long long)t.takeovers, (unsigned long long)t.fenced,
              (unsigned long long)t.crashes, (unsigned long long)t.pauses, (unsigned long long)t.doubts,
              (unsigned long long)t.duplicates, (unsigned long long)t.redeliveries, (unsigned long long)t.given_up,
              (unsigned long long)t.parked, (unsigned long long)t.recreated, (unsigned long long)t.timers,
              (unsigned long long)t.snapshots, (unsigned long long)t.purged, (unsigned long long)t.gathered);
  if (!failed) return 0;
  std::printf("seed %llu broke: %s\n", (unsigned long long)*failed, why.c_str());
  if (!o.trace) std::printf("trace: simulate_log --seed %llu\n", (unsigned long long)*failed);
  return 1;
}
