// The queue: holds the conversations that wait for a person, knows the seats on duty, and alone decides who wins. Pure.
#pragma once
#include "actors/entity/entity_model.hpp"
#include "actors/seat/queue_state.hpp"

namespace steward {

entity_kind_definition queue_kind();
entity_kind_definition shelf_kind();

namespace queue_limits {
// With these a record stays under 48 KB: 20,000 waiting, or 5,000 waiting and 500 seats. What is on the way (a shelf
// that is fetched, tickets with longer words) has the rest of the 64 KB.
inline constexpr size_t head_fills = 64; // beyond it who comes goes to the back
inline constexpr size_t head_low = 32;   // below it the next shelf is fetched
inline constexpr size_t head_most = 112; // beyond it a shelf is made of those that nobody here serves
inline constexpr size_t shelf = 48;      // tickets of one shelf
inline constexpr size_t offers = 8;      // made in one turn
inline constexpr size_t text_bytes = 60; // of a ticket
} // namespace queue_limits

} // namespace steward
