#include "actors/understanding/intents/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

namespace steward {
namespace {

using vector = std::vector<float>;

double inner(const vector& a, const vector& b) {
  // Eight sums: the order is fixed, and the compiler may keep them in one register.
  float sums[8] = {};
  double out = 0;
  std::size_t i = 0;
  for (; i + 8 <= a.size(); i += 8) {
    for (std::size_t k = 0; k < 8; ++k) sums[k] += a[i + k] * b[i + k];
    if ((i & 4095) == 0)
      for (auto& s : sums) out += s, s = 0;
  }
  for (; i < a.size(); ++i) out += static_cast<double>(a[i]) * b[i];
  for (const auto s : sums) out += s;
  return out;
}

void add(vector& to, const vector& from, double by) {
  const auto f = static_cast<float>(by);
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += f * from[i];
}

struct pair_of_changes {
  vector step, gradient;
  double inverse = 0;
};

} // namespace

std::vector<float> minimise(std::size_t size, std::size_t most, const cost_function& cost) {
  vector x(size, 0), gradient(size, 0), next(size), next_gradient(size, 0);
  auto value = cost(x, gradient);
  std::deque<pair_of_changes> memory;
  int small = 0;
  for (std::size_t used = 1; used < most;) {
    auto direction = gradient;
    std::vector<double> alpha(memory.size());
    for (std::size_t i = memory.size(); i-- > 0;) {
      alpha[i] = inner(memory[i].step, direction) * memory[i].inverse;
      add(direction, memory[i].gradient, -alpha[i]);
    }
    const auto length = std::sqrt(inner(gradient, gradient));
    if (length < 1e-9) break;
    const auto gamma = memory.empty()
                           ? 1 / length
                           : 1 / (memory.back().inverse * inner(memory.back().gradient, memory.back().gradient));
    for (auto& d : direction) d *= static_cast<float>(gamma);
    for (std::size_t i = 0; i < memory.size(); ++i)
      add(direction, memory[i].step, alpha[i] - inner(memory[i].gradient, direction) * memory[i].inverse);
    const auto slope = -inner(gradient, direction);
    if (!(slope < 0)) break;
    double part = 1, found = 0;
    for (;; part *= 0.4) {
      next = x;
      add(next, direction, -part);
      found = cost(next, next_gradient);
      ++used;
      if (found <= value + 1e-4 * part * slope || used >= most) break;
    }
    // Nothing is known of the scale before the first step: as long as a longer one is better, it is taken.
    for (auto longer = part * 4; memory.empty() && found < value && used < most; longer *= 4) {
      auto further = x;
      vector further_gradient(size, 0);
      add(further, direction, -longer);
      const auto there = cost(further, further_gradient);
      ++used;
      if (!(there < found)) break;
      next.swap(further), next_gradient.swap(further_gradient), found = there;
    }
    if (!(found < value)) break;
    pair_of_changes p{next, next_gradient, 0};
    add(p.step, x, -1);
    add(p.gradient, gradient, -1);
    const auto curve = inner(p.step, p.gradient);
    if (curve > 1e-12) {
      p.inverse = 1 / curve;
      memory.push_back(std::move(p));
      if (memory.size() > 8) memory.pop_front();
    }
    small = value - found < 1e-4 * std::fabs(value) ? small + 1 : 0;
    x.swap(next);
    gradient.swap(next_gradient);
    value = found;
    if (small >= 2) break;
  }
  return x;
}

} // namespace steward
