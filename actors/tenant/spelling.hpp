// What a reader of people's files needs of words: which known one was meant, and whether bytes are text. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// The known word that `word` is a slip of the pen from; empty when none is near enough.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// "; did you mean 'x'?" or, when none is near, "; known are: a, b, c".
std::string hint(std::string_view word, const std::vector<std::string>& known);

/// Byte offset of the first byte that is no UTF-8, or of a control character other than tab and line end.
std::optional<size_t> first_bad_byte(std::string_view text);

/// Code points of valid UTF-8.
size_t characters(std::string_view utf8);

/// The first `limit` characters, with "…" when something was cut; for messages.
std::string shortened(std::string_view utf8, size_t limit = 60);

/// Line of a byte offset, from 1.
uint32_t line_of(std::string_view text, size_t offset);

} // namespace steward
