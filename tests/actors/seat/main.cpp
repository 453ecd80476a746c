#define BOOST_TEST_MODULE seat
#include <boost/test/unit_test.hpp>
