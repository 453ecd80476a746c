#define BOOST_TEST_MODULE tenant
#include <boost/test/unit_test.hpp>
