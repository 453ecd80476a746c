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

BOOST_AUTO_TEST_CASE(parts_of_an_hour_and_short_years) {
  check_cases({
      {"en", "datetime", "a couple of weeks", "a couple of weeks=P2W"},
      {"en", "datetime", "a number of weeks", "a number of weeks=P3W"},
      {"en", "datetime", "a quarter of an hour", "a quarter of an hour=PT15M"},
      {"en", "datetime", "three quarters of an hour", "three quarters of an hour=PT45M"},
      {"en", "datetime", "until 8 tonight", "until 8 tonight=/2024-05-15T20:00:00"},
      {"en", "datetime", "since Mar 3 '18", "since Mar 3 '18=2018-03-03/"},
  });
}

BOOST_AUTO_TEST_CASE(a_greeting_tells_no_time) {
  check_cases({
      {"en", "datetime", "Good morning, where is my parcel?", ""},
      {"en", "datetime", "have a good evening!", ""},
      {"es", "datetime", "buenas tardes, busco mi paquete", ""},
      {"zh", "datetime", "晚上好，我的订单呢", ""},
      {"zh", "datetime", "明天晚上好吗", "明天晚上=2024-05-16T16:00:00/2024-05-16T20:00:00"},
  });
}

BOOST_AUTO_TEST_CASE(rests_clocks_and_bounds) {
  check_cases({
      {"en", "datetime", "closed for the rest of the week", "rest of the week=2024-05-15/2024-05-20"},
      {"en", "datetime", "the rest of May", "rest of May=2024-05-15/2024-06-01"},
      {"en", "datetime", "the rest of the day", "rest of the day=2024-05-15T10:30:00/2024-05-15T23:59:59"},
      {"en", "datetime", "the last weekend of June", "last weekend of June=2024-06-29/2024-07-01"},
      {"en", "datetime", "be there at 0730 hours", "0730 hours=07:30:00"},
      {"en", "datetime", "it runs 1800 hours", "1800 hours=PT1800H"},
      {"en", "datetime", "around 5ish", "5ish=05:00:00"},
      {"en", "datetime", "you answer 24/7", ""},
      {"en", "datetime", "they will march on", ""},
      {"en", "datetime", "it ends on June 8-9", "on June 8-9=2024-06-08/2024-06-09"},
      {"en", "datetime", "on the 17 between 2 and 4pm",
       "the 17 between 2 and 4pm=2024-05-17T14:00:00/2024-05-17T16:00:00"},
      {"en", "datetime", "done more than 2 weeks before today", "more than 2 weeks before today=/2024-05-01"},
      {"es", "datetime", "más de 2 semanas después de hoy", "más de 2 semanas después de hoy=2024-05-29/"},
      {"zh", "datetime", "零八年奥运会", "零八年=2008-01-01/2009-01-01"},
      {"zh", "datetime", "18周岁", ""},
  });
}

BOOST_AUTO_TEST_CASE(english_appointments) {
  check_cases({
      {"en", "datetime", "Thursday 2-4 pm suits me", "Thursday 2-4 pm=2024-05-16T14:00:00/2024-05-16T16:00:00"},
      {"en", "datetime", "the call takes 40 minutes from noon", "40 minutes from noon=12:00:00/12:40:00"},
      {"en", "datetime", "for 3 hours from 8", "for 3 hours from 8=08:00:00/11:00:00"},
      {"en", "datetime", "call me at four-fifteen", "four-fifteen=04:15:00"},
      {"en", "datetime", "deliver it Saturday before noon", "Saturday before noon=/2024-05-18T12:00:00"},
      {"en", "datetime", "Saturday before 5pm", "Saturday before 5pm=/2024-05-18T17:00:00"},
      {"en", "datetime", "September 12-14, 2022", "September 12-14, 2022=2022-09-12/2022-09-14"},
      {"en", "datetime", "the weekend of June 8", "weekend of June 8=2024-06-08/2024-06-10"},
      {"en", "datetime", "meet at 21 and 22 March", "21=2025-03-21 | 22 March=2025-03-22"},
      {"es", "datetime", "cierra 19h30", "19h30=19:30:00"},
      {"en", "datetime", "next Friday by 6pm", "next Friday by 6pm=/2024-05-24T18:00:00"},
      {"en", "datetime", "3 and 4 March are fine", "3=2025-03-03 | 4 March=2025-03-04"},
      {"en", "datetime", "every other Thursday", "every other Thursday=XXXX-WXX-4"},
      {"en", "datetime", "open 9am to 5pm CET", "9am to 5pm CET=09:00:00/17:00:00"},
      {"en", "datetime", "2024-06-01T08:30:00Z", "2024-06-01T08:30:00Z=2024-06-01T08:30:00"},
      {"en", "datetime", "I live in the mountain time zone", "mountain time zone=UTC-07:00"},
      {"en", "datetime", "it was 38.2 in the evening", "in the evening=16:00:00/20:00:00"},
  });
}

BOOST_AUTO_TEST_CASE(english_days_and_periods) {
  check_cases({
      {"en", "datetime", "Nov-07-2023", "Nov-07-2023=2023-11-07"},
      {"en", "datetime", "7-Nov-23", "7-Nov-23=2023-11-07"},
      {"en", "datetime", "from July until the end of September",
       "from July until the end of September=2024-07-01/2024-10-01"},
      {"en", "datetime", "the day after Thanksgiving", "the day after Thanksgiving=2024-11-29"},
      {"en", "datetime", "day after Christmas", "day after Christmas=2024-12-26"},
      {"en", "datetime", "two Sundays ago", "two Sundays ago=2024-05-05"},
      {"en", "datetime", "three Mondays from now", "three Mondays from now=2024-06-03"},
      {"en", "datetime", "the month of October", "month of October=2024-10-01/2024-11-01"},
      {"en", "datetime", "12 midnight", "12 midnight=00:00:00"},
      {"en", "datetime", "the Tuesday after next", "Tuesday after next=2024-05-28"},
      {"en", "datetime", "the year before last", "the year before last=2022-01-01/2023-01-01"},
      {"en", "datetime", "on the last day of next month", "the last day of next month=2024-06-30"},
      {"en", "datetime", "it should not last three weeks", "three weeks=P3W"},
      {"en", "datetime", "a second attempt", ""},
      {"en", "datetime", "wait a second please", "a second=PT1S"},
      {"en", "datetime", "it took 1h45m", "1h45m=PT1H45M"},
      {"en", "datetime", "sales month to date", "month to date=2024-05-01/2024-05-15"},
      {"en", "datetime", "before 2015 or later than 2019", "before 2015=/2015-01-01 | later than 2019=2020-01-01/"},
      {"en", "datetime", "Q2/2023", "Q2/2023=2023-04-01/2023-07-01"},
  });
}

BOOST_AUTO_TEST_CASE(spanish_appointments_and_periods) {
  check_cases({
      {"es", "datetime", "lo pedí hace tres semanas", "hace tres semanas=2024-04-24"},
      {"es", "datetime", "llamé hace 20 minutos", "hace 20 minutos=2024-05-15T10:10:00"},
      {"es", "datetime", "a las 11 de la mañana", "11 de la mañana=11:00:00"},
      {"es", "datetime", "a las ocho del 21", "ocho del 21=2024-05-21T08:00:00"},
      {"es", "datetime", "esperé tres horas y media", "tres horas y media=PT3.5H"},
      {"es", "datetime", "tres cuartos de hora", "tres cuartos de hora=PT45M"},
      {"es", "datetime", "el último día del mes", "último día del mes=2024-05-31"},
      {"es", "datetime", "el fin de semana pasado", "el fin de semana pasado=2024-05-11/2024-05-13"},
      {"es", "datetime", "un mueble del siglo XVIII", "siglo XVIII=1700-01-01/1800-01-01"},
      {"es", "datetime", "modelos de 2019 o posteriores", "2019 o posteriores=2019-01-01/"},
      {"es", "datetime", "dos veces por semana", "dos veces por semana=P1W"},
      {"es", "datetime", "el 7 y el 8 de agosto", "7=2024-08-07 | 8 de agosto=2024-08-08"},
      {"es", "datetime", "a partir del 3 de junio", "a partir del 3 de junio=2024-06-03/"},
  });
}

BOOST_AUTO_TEST_CASE(chinese_periods) {
  check_cases({
      {"zh", "datetime", "从2023年三月五日到九日", "从2023年三月五日到九日=2023-03-05/2023-03-09"},
      {"zh", "datetime", "等了两个半小时", "两个半小时=PT2.5H"},
      {"zh", "datetime", "前年买的", "前年=2022-01-01/2023-01-01"},
      {"zh", "datetime", "七十年代的家具", "七十年代=1970-01-01/1980-01-01"},
      {"zh", "datetime", "十九世纪", "十九世纪=1800-01-01/1900-01-01"},
      {"zh", "datetime", "上个月底到的", "上个月底=2024-04-16/2024-05-01"},
      {"zh", "datetime", "月底之前能到吗", "月底之前=/2024-06-01"},
      {"zh", "datetime", "明年年初", "明年年初=2025-01-01/2025-05-01"},
      {"zh", "datetime", "几天前", "几天前=2024-05-12"},
      {"zh", "datetime", "上个半年", "上个半年=2023-07-01/2024-01-01"},
      {"zh", "datetime", "下半年", "下半年=2024-07-01/2025-01-01"},
      {"zh", "datetime", "三天后年会", "三天后=2024-05-18"},
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
