#define BOOST_TEST_MODULE understanding
#include <boost/test/unit_test.hpp>
