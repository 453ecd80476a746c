// The folder behind --tenant-dir, read and checked. Touches the disk only.
#pragma once
#include "actors/tenant/tenant_config.hpp"

#include <map>
#include <string>

namespace steward {

/// Every file of the folder but hidden ones, by its path inside; or `bad_request` with all that is wrong, one
/// "FOLDER/file:line: message" a line: what cannot be read, what is no file, and all that the tenant's reader finds.
result<std::map<std::string, bytes>> read_tenant_folder(const std::string& folder, const tenant_id&);

} // namespace steward
