// Conversations as people read them. Pure.
#pragma once
#include "clients/cli/table.hpp"
#include "messages/ops.hpp"

namespace steward::cli {

inline constexpr size_t short_id = 9; // characters of an id in listings: enough to be unique, and to be typed

/// Numbered choices that the text itself does not list already.
std::vector<std::string> choice_lines(const std::string& text, const std::vector<std::string>& choices);
std::string item_text(const feed_item&, size_t width, bool colours); // lines
std::string citation_text(const std::vector<citation>&);             // "article › passage, article"
std::string row_header(const conversation_row&, int64_t now_ms, bool colours);
/// In the order given.
table rows_table(const std::vector<conversation_row>& rows, bool waiting, bool with_tenant, int64_t now_ms);
colour paint_of_mode(std::string_view mode);

} // namespace steward::cli
