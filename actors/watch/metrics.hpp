// The engine's figures, in Prometheus' terms. Counting is a few atomic operations; any thread.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace steward {

enum class figure {
  turns,    // steward_turns_total
  accepted, // messages that the log acknowledged at the door
  refused,  // at the door
  answered,
  unknown,
  choices,
  handovers, // by what was said
  encoder_asked,
  lexical_settled,
  cached, // by what settled the look-up
  restarts,
  dead_letters,
  fenced,
  redelivered,
  parked,
  masked,
};
enum class step { accept, decide, look_up, commit, deliver, turn }; // histograms, seconds
enum class gauge { connected, waiting, log_lag, partitions, awake, ready, reading_back };

class metrics {
public:
  metrics();
  ~metrics();
  void count(figure, uint64_t n = 1);
  void observe(step, double seconds);
  void set(gauge, double);
  std::string text() const;                  // Prometheus text format
  std::map<std::string, double> all() const; // counters and gauges, for status

private:
  struct body;
  std::unique_ptr<body> body_;
};

} // namespace steward
