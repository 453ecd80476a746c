// W3C trace context, version 00.
#pragma once
#include <string>
#include <string_view>

namespace steward {

/// Is it "00-<32 hex>-<16 hex>-<2 hex>", lower case, no id all zero? (Later versions may have more behind.)
bool is_traceparent(std::string_view);

/// A new one with random ids.
std::string make_traceparent();

} // namespace steward
