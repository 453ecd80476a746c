// The dead letters for operators: list, show, retry, drop. All of it over NATS callbacks; nothing blocks.
#pragma once
#include "actors/engine.hpp"

namespace steward {

/// Verbs: dead_letters, dead_letter_show, dead_letter_retry, dead_letter_drop. Answers to `reply`.
void answer_dead_letters(const engine_ptr&, const std::string& verb, const ops_request&, const std::string& reply);

} // namespace steward
