// What people search in past conversations: words of customers and of persons, not the AI's. Over the store; blocks on
// the disk.
#pragma once
#include "actors/engine.hpp"
#include "messages/forget.hpp"
#include "messages/seat.hpp"

#include <set>

namespace steward {

inline constexpr size_t searched_words = 12, found_most = 100;

/// The words that a text can be found by: as they stand, and their stems in these languages.
std::set<std::string> archive_words(std::string_view text, const std::vector<std::string>& languages);
/// Each word of a question, in every form that it may be found in.
std::vector<std::set<std::string>> archive_question(std::string_view text, const std::vector<std::string>& languages);

/// Takes in what the store has of a conversation and the archive does not; takes out what the store has not any more.
status archive_one(engine&, partition_id, const entity_id&);

/// What these notes (messages/forget.hpp) want gone leaves the archive and the disk. After the rows of turns, which say
/// what stays: the words of a new life.
status erase_archived(engine&, const std::vector<forget_note>&);

/// `engine.<p>.search`: an ops_request with tenant, text, limit.
seat_found search_archive(engine&, partition_id, const ops_request&);

/// The part of a text around the first of these words, on one line; at most some 160 bytes.
std::string snippet_of(std::string_view text, const std::vector<std::set<std::string>>& words,
                       const std::vector<std::string>& languages);

} // namespace steward
