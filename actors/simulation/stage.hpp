// The tenant as simulated customers meet it: its real indexes and intents behind the real pool, once for each fold of
// labelled questions and examples that is left out, and once with all. Blocks while the encoder reads what it has not
// read before.
#pragma once
#include "actors/knowledge/answer_pool.hpp"
#include "actors/simulation/visit.hpp"
#include "messages/knowledge.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <set>

namespace steward {

struct stage_options {
  std::filesystem::path models;
  std::filesystem::path vectors; // where vectors are kept; empty or in use by another: in memory
  bool encoder = true;           // false: words and static table alone
  std::uint32_t threads = 2;
  std::function<void(const std::string& language, std::size_t done, std::size_t all)> progress;
};

class stage {
public:
  /// `folds`: which of them somebody will ask. Languages without an article are not there.
  static result<std::unique_ptr<stage>> create(const tenant_config&, std::vector<article>,
                                               const std::set<std::size_t>& folds, const stage_options&);
  /// Any thread.
  look_up of_fold(std::size_t fold) const;
  /// What is missing, and what that means.
  const std::vector<std::string>& notes() const { return notes_; }

private:
  stage() = default;
  std::vector<std::string> notes_;
  std::unique_ptr<answer_pool> pool_;
};

} // namespace steward
