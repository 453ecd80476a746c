#define BOOST_TEST_MODULE entities
#include <boost/test/unit_test.hpp>
