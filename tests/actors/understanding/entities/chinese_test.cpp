// Chinese forms, kind by kind; now is Wednesday, 15 May 2024, 10:30.
#include "tests/actors/understanding/entities/cases.hpp"

using namespace steward;

BOOST_AUTO_TEST_SUITE(chinese_forms)

BOOST_AUTO_TEST_CASE(one_of_several) {
  check_cases({
      {"zh", "datetime", "下个月的第二个周五", "下个月的第二个周五=2024-06-14"},
      {"zh", "datetime", "2024年7月的最后一个星期五", "2024年7月的最后一个星期五=2024-07-26"},
      {"zh", "datetime", "八月的第一个星期", "八月的第一个星期=2024-07-29/2024-08-05"},
      {"zh", "datetime", "八月第一个星期一", "八月第一个星期一=2024-08-05"},
      {"zh", "datetime", "下个月中旬到", "下个月中旬=2024-06-11/2024-06-21"},
      {"zh", "datetime", "七月下旬", "七月下旬=2024-07-21/2024-08-01"},
      {"zh", "datetime", "明年的第3季度", "明年的第3季度=2025-07-01/2025-10-01"},
      {"zh", "datetime", "3季度", "3季度=2024-07-01/2024-10-01"},
      {"zh", "datetime", "3个季度", "3个季度=P9M"},
      {"zh", "datetime", "1990年代的", "1990年代=1990-01-01/2000-01-01"},
      {"zh", "datetime", "二十世纪九十年代", "二十世纪九十年代=1990-01-01/2000-01-01"},
  });
}

BOOST_AUTO_TEST_CASE(days) {
  check_cases({
      {"zh", "datetime", "两千零八年八月八日", "两千零八年八月八日=2008-08-08"},
      {"zh", "datetime", "两千年的历史", "两千年=P2000Y"},
      {"zh", "datetime", "六月廿三日", "六月廿三日=2024-06-23"},
      {"zh", "datetime", "大年初三", "大年初三=2025-01-03"},
      {"zh", "datetime", "农历八月十五", "农历八月十五=2024-08-15"},
      {"zh", "datetime", "2023年3月5日(星期日)到的", "2023年3月5日(星期日)=2023-03-05"},
      {"zh", "datetime", "双11买的", "双11=2024-11-11"},
      {"zh", "datetime", "5-8号", "5-8号=2024-06-05/2024-06-08"},
      {"zh", "datetime", "3号楼的快递柜", ""},
      {"zh", "datetime", "不早于6月5日", "不早于6月5日=2024-06-05/"},
      {"zh", "datetime", "23年的夏天", "23年的夏天=2023-SU"},
      {"zh", "datetime", "接下来的三天", "接下来的三天=2024-05-16/2024-05-19"},
      {"zh", "datetime", "下两周", "下两周=2024-05-16/2024-05-30"},
  });
}

BOOST_AUTO_TEST_CASE(clocks) {
  check_cases({
      {"zh", "datetime", "差五分八点", "差五分八点=07:55:00"},
      {"zh", "datetime", "差一刻三点", "差一刻三点=02:45:00"},
      {"zh", "datetime", "八点过五分", "八点过五分=08:05:00"},
      {"zh", "datetime", "有一点贵", ""},
      {"zh", "datetime", "下午一点送到", "下午一点=13:00:00"},
      {"zh", "datetime", "一点半", "一点半=01:30:00"},
      {"zh", "datetime", "扣了10点积分", ""},
      {"zh", "datetime", "下午2点到4点之间", "下午2点到4点之间=14:00:00/16:00:00"},
      {"zh", "datetime", "2024-03-05T14:30:20", "2024-03-05T14:30:20=2024-03-05T14:30:20"},
  });
}

BOOST_AUTO_TEST_CASE(lengths_and_recurrences) {
  check_cases({
      {"zh", "datetime", "等了十几天", "十几天=P10D"},
      {"zh", "datetime", "两三天", "两三天=P3D"},
      {"zh", "datetime", "等了两个多小时", "两个多小时=PT2H"},
      {"zh", "datetime", "三刻钟", "三刻钟=PT45M"},
      {"zh", "datetime", "一整天", "一整天=P1D"},
      {"zh", "datetime", "每天晚上", "每天晚上=TEV"},
      {"zh", "datetime", "每月1号扣款", "每月1号=XXXX-XX-01"},
      {"zh", "datetime", "每年10月1日", "每年10月1日=XXXX-10-01"},
      {"zh", "datetime", "每个工作日", "每个工作日=P1WD"},
  });
}

BOOST_AUTO_TEST_CASE(numbers) {
  check_cases({
      {"zh", "number", "廿三", "廿三=23"},
      {"zh", "number", "半百", "半百=50"},
      {"zh", "number", "300余万人", "300余万=3000000"},
      {"zh", "number", "3又1/2", "3又1/2=3.5"},
      {"zh", "number", "三四十个", ""},
      {"zh", "number", "几十个", ""},
      {"zh", "number", "二零二四", "二零二四=2024"},
      {"zh", "number", "第一", ""},
      {"zh", "number", "星期一", ""},
      {"zh", "number", "一如既往", ""},
      {"zh", "number", "一张票", "一=1"},
      {"zh", "number", "乱七八糟", ""},
      {"zh", "percentage", "百分之百", "百分之百=100"},
      {"zh", "percentage", "负百分之五", "负百分之五=-5"},
      {"zh", "percentage", "九成九新", "九成=90"},
      {"zh", "percentage", "九成九", "九成九=99"},
      {"zh", "percentage", "百分之二三十", ""},
  });
}

BOOST_AUTO_TEST_CASE(sums_and_measures) {
  check_cases({
      {"zh", "currency", "三块五", "三块五=3.5"},
      {"zh", "currency", "三块五个", "三块=3"},
      {"zh", "currency", "3元5角2分", "3元5角2分=3.52"},
      {"zh", "currency", "6块6毛6", "6块6毛6=6.66"},
      {"zh", "currency", "20多块", "20多块=20"},
      {"zh", "currency", "几十块", ""},
      {"zh", "dimension", "身高一米七五", "一米七五=1.75"},
      {"zh", "dimension", "1米8的床", "1米8=1.8"},
      {"zh", "dimension", "一米三个", "一米=1"},
      {"zh", "dimension", "半斤", "半斤=0.5"},
      {"zh", "dimension", "零下5度", "零下5度=-5"},
      {"zh", "dimension", "5000mAh电池", "5000mAh=5000"},
      {"zh", "age", "三十来岁", "三十来岁=30"},
      {"zh", "phone", "订单号20171234567", ""},
      {"zh", "phone", "手机号13812345678", "13812345678=13812345678"},
  });
}

BOOST_AUTO_TEST_SUITE_END()
