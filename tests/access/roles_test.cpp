#include "access/roles.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_CASE(subjects_match_as_nats_matches_them) {
  struct row {
    const char *pattern, *subject;
    bool fits;
  };
  for (auto& r : std::vector<row>{{"a.b", "a.b", true},
                                  {"a.b", "a.b.c", false},
                                  {"a.b.c", "a.b", false},
                                  {"a.*", "a.b", true},
                                  {"a.*", "a.b.c", false},
                                  {"a.*", "a", false},
                                  {"a.>", "a.b", true},
                                  {"a.>", "a.b.c", true},
                                  {"a.>", "a", false},
                                  {"*.b.>", "a.b.c", true},
                                  {"a.*", "a.>", false},
                                  {"a.>", "a.>", true},
                                  {">", "a", true},
                                  {"a.*.c", "a.*.c", true},
                                  {"ab", "a", false}})
    BOOST_TEST(subject_matches(r.pattern, r.subject) == r.fits, r.pattern << " and " << r.subject);
}

BOOST_AUTO_TEST_CASE(who_may_what) {
  // What each may say and hear in tenant demo, as user anna.
  struct row {
    const char* subject;
    const char* publishers; // first letters of roles: e a s g(agent) p r
    const char* listeners;
  };
  for (auto& r : std::vector<row>{
           {"say.demo.kiosk.x", "eap", "e"},
           {"say.other.kiosk.x", "ea", "e"},
           {"event.demo.shipped", "eap", "e"},
           {"event.other.shipped", "ea", "e"},
           {"reply.demo.kiosk.x", "e", "eap"},
           {"reply.other.kiosk.x", "e", "ea"},
           {"tool.demo.stock", "e", "ep"},
           {"tool.other.stock", "e", "e"},
           {"seat.demo.anna.take", "easg", "e"},
           {"seat.demo.anna.read", "easg", "e"},
           {"seat.demo.anna.join_in", "es", "e"},
           {"seat.demo.anna.take_over", "es", "e"},
           {"seat.demo.bob.take", "ea", "e"},
           {"seat.other.anna.take", "ea", "e"},
           {"feed.demo.c1", "e", "easgr"},
           {"feed.other.c1", "e", "ear"},
           {"typing.demo.c1", "e", "easg"},
           {"tail", "e", "ear"},
           {"ops.all.status", "ear", "e"},
           {"ops.all.drain", "ea", "e"},
           {"ops.one.tenant_push", "e", "e"},
           {"ops.one.dead_letter_drop", "e", "e"},
           {"ops.one.audit", "ea", "e"},
           {"by.anna.ops.one.tenant_push", "ea", "e"},
           {"by.anna.engine.3.close", "ea", "e"},
           {"by.bob.ops.one.tenant_push", "e", "e"},
           {"audit.anna", "e", "e"},
           {"engine.3.show", "ear", "e"},
           {"engine.3.close", "e", "e"},
           {"engine.3.reply", "e", "e"},
           {"node.n1.drain", "e", "e"},
           {"in.3.demo", "e", "e"},
           {"turn.3.demo.c1", "e", "e"},
           {"turn.3.__own", "e", "e"},
           {"kb.demo.a", "e", "e"},
           {"tenant.demo", "e", "e"},
           {"dlq.demo.c1", "e", "e"},
           {"cluster.beat", "e", "ea"},
           {"$JS.API.STREAM.CREATE.X", "e", "e"},
           {"$JS.API.STREAM.PURGE.TURN_3", "e", "e"},
           {"$JS.API.STREAM.DELETE.TURN_3", "e", "e"},
           {"$JS.API.STREAM.UPDATE.REPLY", "e", "e"},
           {"$JS.API.STREAM.INFO.REPLY", "ea", "e"},
           {"$JS.API.STREAM.MSG.GET.TURN_3", "ea", "e"},
           {"$JS.API.CONSUMER.CREATE.REPLY.anna.reply.demo.>", "ea", "e"},
           {"$JS.API.CONSUMER.MSG.NEXT.REPLY.anna", "eap", "e"},
           {"$JS.API.CONSUMER.MSG.NEXT.REPLY.bob", "ea", "e"},
           {"$JS.API.CONSUMER.MSG.NEXT.TURN_3.anna", "ea", "e"},
           {"_INBOX.x.1", "e", "ea"},
           {"_INBOX.anna.1", "e", "easgpr"},
           {"_INBOX.bob.1", "e", "ea"},
           {">", "e", "e"},
           {"*", "e", "e"},
           {"_INBOX.>", "e", "ea"},
       }) {
    std::string say, hear;
    for (auto [letter, who] : {std::pair{'e', role::engine},
                               {'a', role::admin},
                               {'s', role::supervisor},
                               {'g', role::agent},
                               {'p', role::platform},
                               {'r', role::readonly}}) {
      auto rights = rights_of(who, "anna", needs_tenant(who) ? "demo" : "");
      if (may_publish(rights, r.subject)) say += letter;
      if (may_subscribe(rights, r.subject)) hear += letter;
    }
    BOOST_TEST(say == r.publishers, r.subject << " may be said by " << say << ", not " << r.publishers);
    BOOST_TEST(hear == r.listeners, r.subject << " may be heard by " << hear << ", not " << r.listeners);
  }
}

BOOST_AUTO_TEST_CASE(roles_have_names) {
  for (auto r : {role::engine, role::admin, role::supervisor, role::agent, role::platform, role::readonly}) {
    role back = role::engine;
    BOOST_TEST(from_string(to_string(r), back));
    BOOST_TEST((back == r));
  }
}
