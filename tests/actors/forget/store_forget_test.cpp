#include "actors/entity/store_forget.hpp"
#include "storage/keys.hpp"
#include "tests/actors/forget/forgetting.hpp"

using namespace steward;

BOOST_AUTO_TEST_SUITE(store_forget)

BOOST_AUTO_TEST_CASE(rows_of_before_go_and_those_of_a_new_life_stay) {
  auto db = make_memory_store();
  told c(chat), s(seat_id(shop, "mia"));
  auto put = [&](turn_record r) {
    write_batch b;
    b.put(table::turns, keys::turn(r.entity, r.turn), encode(r));
    BOOST_TEST(db->write(std::move(b)).ok());
  };
  auto has = [&](const entity_id& e, uint64_t turn) {
    return (*db->get(table::turns, keys::turn(e, turn))).has_value();
  };
  put(c.say("zebra"));
  put(c.forget());
  put(c.say("zebra, late"));
  put(c.forget());
  put(c.say("new"));
  auto seat = s.state.frame.entity;
  s.tell(in_kind::command, "join", encode(seat_command{"mia", {.id = "1", .name = "Mia"}}));
  duty_note n;
  n.ticket.conversation = chat, n.text = "zebra";
  put(s.tell(in_kind::entity, "message", encode(n)));                                       // turn 2
  put(s.tell(in_kind::entity, "ended", encode(n), {partition_of(shop, chat), {1, 77}, 0})); // of letting go
  n.ticket.conversation = conversation_id(shop, anna.channel, {}, peer_id{"bert"});
  put(s.tell(in_kind::entity, "message", encode(n))); // another's
  n.ticket.conversation = chat;
  put(s.tell(in_kind::entity, "message", encode(n))); // behind the bound
  forget_note done;
  done.step = forget_step::erased, done.tenant = shop, done.of = {chat, annas};
  done.clean = {{chat, 76, 1, 2, 2}, {chat, 77, 1, 4, 4}};
  done.bounds = {{partition_of(shop, seat), 0, 0, 1, 4}};
  auto rows = erase_forgotten(*db, {done}, "uqhs");
  BOOST_REQUIRE(rows.ok());
  BOOST_TEST(*rows == 3u);
  BOOST_TEST(!has(chat, 1));
  BOOST_TEST(has(chat, 2)); // the log keeps each letting go
  BOOST_TEST(!has(chat, 3));
  BOOST_TEST(has(chat, 4));
  BOOST_TEST(has(chat, 5));
  BOOST_TEST(!has(seat, 2));
  BOOST_TEST(has(seat, 3));
  BOOST_TEST(has(seat, 4));
  BOOST_TEST(has(seat, 5));
  BOOST_TEST(*erase_forgotten(*db, {done}, "uqhs") == 0u);
  // Another tenant's rows are another's.
  done.tenant = tenant_id{"other"};
  forgotten_rows f;
  f.add(done);
  BOOST_TEST(!f.has(partition_of(shop, chat), told(chat).say("zebra"), chat.value));
}

BOOST_AUTO_TEST_SUITE_END()
