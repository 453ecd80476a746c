#define BOOST_TEST_MODULE indexes
#include <boost/test/unit_test.hpp>
