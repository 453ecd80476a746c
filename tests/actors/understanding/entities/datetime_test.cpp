// Dates and times; now is Wednesday, 15 May 2024, 10:30.
#include "tests/actors/understanding/entities/cases.hpp"

using namespace steward;

BOOST_AUTO_TEST_SUITE(datetimes)

BOOST_AUTO_TEST_CASE(english) {
  check_cases({
      {"en", "datetime", "it came on June 3rd, 2023", "June 3rd, 2023=2023-06-03"},
      {"en", "datetime", "next friday", "next friday=2024-05-24"},
      {"en", "datetime", "in 3 days", "in 3 days=2024-05-18"},
      {"en", "datetime", "two hours ago", "two hours ago=2024-05-15T08:30:00"},
      {"en", "datetime", "tomorrow at 4pm", "tomorrow at 4pm=2024-05-16T16:00:00"},
      {"en", "datetime", "from 9 to 11:30am", "from 9 to 11:30am=09:00:00/11:30:00"},
      {"en", "datetime", "last month", "last month=2024-04-01/2024-05-01"},
      {"en", "datetime", "before 2020", "before 2020=/2020-01-01"},
      {"en", "datetime", "every tuesday", "every tuesday=XXXX-WXX-2"},
      {"en", "datetime", "it took three weeks", "three weeks=P3W"},
      {"en", "datetime", "the second quarter of 2022", "the second quarter of 2022=2022-04-01/2022-07-01"},
      {"en", "datetime", "this may help", ""},
  });
}

BOOST_AUTO_TEST_CASE(spanish) {
  check_cases({
      {"es", "datetime", "el 7 de octubre de 2021", "7 de octubre de 2021=2021-10-07"},
      {"es", "datetime", "el próximo lunes", "próximo lunes=2024-05-20"},
      {"es", "datetime", "ayer por la noche", "ayer por la noche=2024-05-14T20:00:00/2024-05-14T23:59:59"},
      {"es", "datetime", "mañana a las 9 de la mañana", "mañana a las 9 de la mañana=2024-05-16T09:00:00"},
      {"es", "datetime", "dentro de dos semanas", "dentro de dos semanas=2024-05-15/2024-05-29"},
      {"es", "datetime", "duró tres horas", "tres horas=PT3H"},
      {"es", "datetime", "cada viernes", "cada viernes=XXXX-WXX-5"},
  });
}

BOOST_AUTO_TEST_CASE(chinese) {
  check_cases({
      {"zh", "datetime", "下周三", "下周三=2024-05-22"},
      {"zh", "datetime", "2023年6月8日", "2023年6月8日=2023-06-08"},
      {"zh", "datetime", "明天下午三点半", "明天下午三点半=2024-05-16T15:30:00"},
      {"zh", "datetime", "三天前", "三天前=2024-05-12"},
      {"zh", "datetime", "上个月", "上个月=2024-04-01/2024-05-01"},
      {"zh", "datetime", "等了两个小时", "两个小时=PT2H"},
      {"zh", "datetime", "每周五", "每周五=XXXX-WXX-5"},
  });
}

BOOST_AUTO_TEST_CASE(the_past_reading_is_an_alternative) {
  entity_context context;
  context.now = local_seconds("2024-05-15T10:30:00");
  const auto found = read_entities("on Monday", context);
  BOOST_REQUIRE(!found.empty());
  BOOST_TEST(found.back().value == "2024-05-20");
  BOOST_REQUIRE(found.back().alternatives.size() == 1);
  BOOST_TEST(found.back().alternatives.front() == "2024-05-13");
}

BOOST_AUTO_TEST_SUITE_END()
