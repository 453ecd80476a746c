// A node's data folder: its name, and the store that waits for its disk.
#pragma once
#include "actors/engine.hpp"

#include <functional>

namespace steward {

struct data_folder {
  node_id node; // made once, and kept in the folder
  std::shared_ptr<store> db;
  std::string notice; // empty: all is well
};

/// `hurry`: the node stops, so the store must not wait for its disk any longer. `gives_up`: it has waited long enough.
result<data_folder> open_data_folder(const std::string& path, std::function<bool()> hurry,
                                     std::function<void(const failure&)> gives_up);

} // namespace steward
