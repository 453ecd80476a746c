#define BOOST_TEST_MODULE intents
#include <boost/test/unit_test.hpp>
