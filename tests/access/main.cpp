#define BOOST_TEST_MODULE access
#include <boost/test/unit_test.hpp>
