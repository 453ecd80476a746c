#define BOOST_TEST_MODULE seat_view
#include <boost/test/unit_test.hpp>
