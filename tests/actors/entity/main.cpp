#define BOOST_TEST_MODULE entity_core
#include <boost/test/unit_test.hpp>
