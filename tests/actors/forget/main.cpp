#define BOOST_TEST_MODULE forget
#include <boost/test/unit_test.hpp>
