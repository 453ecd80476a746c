// steward-nlu evaluate: how well intents are understood, on texts that were not learnt from.
#include "actors/understanding/steward_nlu.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

namespace steward {

void add_nlu_evaluate(CLI::App& app, int& exit_code) {
  auto* sub = app.add_subcommand("evaluate", "How well intents are understood");
  sub->callback([&exit_code] {
    std::fprintf(stderr, "steward-nlu: evaluate is not there yet\n");
    exit_code = 2;
  });
}

} // namespace steward
