#include "actors/watch/metrics.hpp"

#include <array>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace steward {
namespace {

struct description {
  const char* name;
  const char* help;
};
constexpr std::array<description, 17> figures{{
    {"steward_turns_total", "turns committed to the log"},
    {"steward_accepted_total", "messages that the log acknowledged at the door"},
    {"steward_refused_total", "messages refused at the door"},
    {"steward_answered_total", "replies with an answer"},
    {"steward_unknown_total", "replies that say: I do not know"},
    {"steward_choices_total", "replies that ask which of two or three was meant"},
    {"steward_handovers_total", "conversations that began to wait for a person"},
    {"steward_encoder_asked_total", "look-ups that asked the sentence encoder"},
    {"steward_lexical_settled_total", "look-ups that the lexical step settled"},
    {"steward_cached_total", "look-ups answered from the cache"},
    {"steward_restarts_total", "actors restarted after a failure"},
    {"steward_dead_letters_total", "messages and replies given up"},
    {"steward_fenced_total", "commits refused because another node owns the partition"},
    {"steward_redelivered_total", "deliveries tried again"},
    {"steward_parked_total", "replies parked after their retries"},
    {"steward_masked_total", "card numbers, ids and passwords masked at the door"},
    {"", ""},
}};
constexpr std::array<const char*, 6> steps{"accept", "decide", "look_up", "commit", "deliver", "turn"};
constexpr std::array<description, 7> gauges{{
    {"steward_connected", "1 while connected to NATS"},
    {"steward_waiting", "conversations of this node's partitions that wait for a person"},
    {"steward_log_lag", "messages in the log that are not decided yet"},
    {"steward_partitions", "partitions that this node owns"},
    {"steward_awake", "entities with an actor"},
    {"steward_ready", "1 when this node can answer"},
    {"steward_reading_back", "partitions whose store is still behind the log since their take-over: timers of sleeping "
                             "conversations that fall due meanwhile come late"},
}};

} // namespace

struct metrics::body {
  prometheus::Registry registry;
  std::array<prometheus::Counter*, figures.size()> counters{};
  std::array<prometheus::Histogram*, steps.size()> histograms{};
  std::array<prometheus::Gauge*, gauges.size()> levels{};
};

metrics::metrics()
    : body_(std::make_unique<body>()) {
  for (size_t i = 0; i + 1 < figures.size(); ++i)
    body_->counters[i] =
        &prometheus::BuildCounter().Name(figures[i].name).Help(figures[i].help).Register(body_->registry).Add({});
  auto& h = prometheus::BuildHistogram()
                .Name("steward_step_seconds")
                .Help("time that a step takes: accept (by the log), look_up, decide, commit, turn (from being handed "
                      "to its entity "
                      "to the commit), deliver (until its stream has it)")
                .Register(body_->registry);
  for (size_t i = 0; i < steps.size(); ++i)
    body_->histograms[i] =
        &h.Add({{"step", steps[i]}}, prometheus::Histogram::BucketBoundaries{.0005, .001, .002, .005, .01, .02, .05, .1,
                                                                             .2, .5, 1, 2, 5, 10});
  for (size_t i = 0; i < gauges.size(); ++i)
    body_->levels[i] =
        &prometheus::BuildGauge().Name(gauges[i].name).Help(gauges[i].help).Register(body_->registry).Add({});
}
metrics::~metrics() = default;

void metrics::count(figure f, uint64_t n) {
  body_->counters[static_cast<size_t>(f)]->Increment(static_cast<double>(n));
}
void metrics::observe(step s, double seconds) { body_->histograms[static_cast<size_t>(s)]->Observe(seconds); }
void metrics::set(gauge g, double x) { body_->levels[static_cast<size_t>(g)]->Set(x); }
std::string metrics::text() const { return prometheus::TextSerializer{}.Serialize(body_->registry.Collect()); }

std::map<std::string, double> metrics::all() const {
  std::map<std::string, double> out;
  for (size_t i = 0; i + 1 < figures.size(); ++i) out[figures[i].name] = body_->counters[i]->Value();
  for (size_t i = 0; i < gauges.size(); ++i) out[gauges[i].name] = body_->levels[i]->Value();
  return out;
}

} // namespace steward
