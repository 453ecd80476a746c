// result<T>: a value or a failure. What std::expected will be; GCC 12 has none.
#pragma once
#include "messages/error.hpp"

#include <utility>
#include <variant>

namespace steward {

template <class T>
class [[nodiscard]] result {
public:
  result(T x)
      : v_(std::in_place_index<0>, std::move(x)) {}
  result(failure f)
      : v_(std::in_place_index<1>, std::move(f)) {}
  result(errc code, std::string message)
      : v_(std::in_place_index<1>, failure{code, std::move(message)}) {}

  bool ok() const noexcept { return v_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }
  // Precondition of these: ok().
  T& operator*() & { return std::get<0>(v_); }
  const T& operator*() const& { return std::get<0>(v_); }
  T&& operator*() && { return std::get<0>(std::move(v_)); }
  T* operator->() { return &std::get<0>(v_); }
  const T* operator->() const { return &std::get<0>(v_); }
  // Precondition: !ok().
  const failure& error() const& { return std::get<1>(v_); }
  failure&& error() && { return std::get<1>(std::move(v_)); }

private:
  std::variant<T, failure> v_;
};

struct nothing {};
using status = result<nothing>;
inline status success() { return nothing{}; }

} // namespace steward
