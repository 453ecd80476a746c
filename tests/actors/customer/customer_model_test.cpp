// What a customer's entity keeps of what platform teams tell.
#include "actors/customer/customer_model.hpp"
#include "messages/chat.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(customers)

namespace {

struct customer {
  tenant_config tenant;
  entity_state state;
  uint64_t seq = 0;

  customer() {
    tenant.id = tenant_id{"shop"};
    state = std::move(*fresh_entity({{'u', customer_kind()}}, tenant.id, customer_id(tenant.id, "C-1")));
  }
  turn_record happens(size_t bytes) {
    event_request e;
    e.id = "e" + std::to_string(++seq), e.customer = "C-1";
    e.data.msgpack = *msgpack_of(R"({"note":")" + std::string(bytes, 'x') + R"("})");
    in_message m;
    m.kind = in_kind::event, m.tenant = tenant.id, m.entity = state.frame.entity, m.topic = "form";
    m.id = message_id{e.id}, m.body.data = encode(e);
    return decide_turn(state, m, {1, seq}, {}, tenant, 1000);
  }
  customer_data data() const { return *decode<customer_data>(state.model->snapshot().data); }
};

} // namespace

BOOST_AUTO_TEST_CASE(the_newest_twenty_are_kept) {
  customer c;
  for (int i = 0; i < 25; ++i) c.happens(10);
  BOOST_TEST(c.data().recent.size() == 20u);
  BOOST_TEST(c.data().recent.back().id == "e25");
  BOOST_TEST(c.data().events == 25u);
}

// Twenty of the largest events made a state of more than the log takes in one record.
BOOST_AUTO_TEST_CASE(large_events_fit_the_log_however_many_they_are) {
  customer c;
  for (int i = 0; i < 40; ++i) BOOST_TEST(encode(c.happens(65'000)).size() < 600'000u);
  BOOST_TEST(c.data().recent.size() == 4u);
  c.happens(10);
  BOOST_TEST(c.data().recent.back().id == "e41");
  BOOST_TEST(c.data().events == 41u);
}

BOOST_AUTO_TEST_SUITE_END()
