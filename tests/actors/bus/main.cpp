#define BOOST_TEST_MODULE bus
#include <boost/test/unit_test.hpp>
