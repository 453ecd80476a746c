// L-BFGS: a smooth function's minimum from its values and gradients, with a memory of eight steps.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace steward {

// Returns the value at `x` and writes the gradient, of the same size.
using cost_function = std::function<double(const std::vector<float>& x, std::vector<float>& gradient)>;

// Starts at zero; ends after `most` evaluations, or when two steps running gain less than a ten-thousandth of the value
// each.
std::vector<float> minimise(std::size_t size, std::size_t most, const cost_function& cost);

} // namespace steward
