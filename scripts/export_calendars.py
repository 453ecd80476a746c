#!/usr/bin/env python3
"""Writes regions' holidays as FOLDER/REGION.tsv (date, holiday or workday, name), last year to three years ahead.

usage: export_calendars.py FOLDER WHEEL…      the wheels of holidays, python-dateutil, six and, for China, chinesecalendar
"""
import datetime
import pathlib
import sys


def write(folder, region, days):
    lines = [f"{day}\t{kind}\t{' '.join(name.split())}" for day, (kind, name) in sorted(days.items())]
    (folder / f"{region}.tsv").write_text("\n".join(lines) + "\n" if lines else "")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    sys.path[:0] = sys.argv[2:]
    import holidays
    this_year = datetime.date.today().year
    years = range(this_year - 1, this_year + 4)
    for country, parts in holidays.list_supported_countries(include_aliases=False).items():
        for part in [None, *parts]:
            # "DE-BY"; parts with other letters than a file name may have are left out
            region = country if part is None else f"{country}-{part}"
            if not all(c.isascii() and (c.isalnum() or c == "-") for c in region) or len(region) > 12:
                continue
            found = holidays.country_holidays(country, subdiv=part, years=years)
            write(folder, region, {d: ("holiday", n) for d, n in found.items()})
    try:
        import chinese_calendar
    except ImportError:
        return
    # Make-up working days are announced a year ahead; years beyond have the general holidays alone.
    known = range(years[0], max(chinese_calendar.constants.holidays).year + 1)
    days = {d: ("holiday", n) for d, n in holidays.country_holidays("CN", years=years).items() if d.year not in known}
    for d, name in chinese_calendar.constants.holidays.items():
        if d.year in known:
            days[d] = ("holiday", chinese_calendar.Holiday(name).chinese)
    for d, name in chinese_calendar.constants.workdays.items():
        if d.year in known:
            days[d] = ("workday", chinese_calendar.Holiday(name).chinese)
    write(folder, "CN", days)


main()
