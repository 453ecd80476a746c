// A model whose state is one struct: it is stored and read whole. Included where the struct's codec is (a .cpp).
#pragma once
#include "actors/entity/entity_model.hpp"

namespace steward {

template <class Data>
class data_model : public entity_model {
public:
  status restore(const bytes& b) override {
    auto d = decode<Data>(b.data);
    if (!d) return d.error();
    data_ = std::move(*d);
    return success();
  }
  bytes snapshot() const override { return {encode(data_)}; }

protected:
  Data data_;
};

} // namespace steward
