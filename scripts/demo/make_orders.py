#!/usr/bin/env python3
"""Writes orders.jsonl: 100 orders of 40 made-up customers, from catalogue.yaml and the shop's own rules.

The seed is fixed, so the same catalogue gives the same file. Run it again after changing prices:
    python3 scripts/demo/make_orders.py
"""
import json
import pathlib
import random
from datetime import datetime, timedelta, timezone

import yaml

HERE = pathlib.Path(__file__).parent
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)  # the day on which the demo takes place

# name, language, member, street, postcode, city, country; streets and numbers are invented
CUSTOMERS = [
    ("Anna Vogt", "en", True, "Amselsteig 4", "80469", "München", "DE"),
    ("Jonas Brandl", "en", False, "Am Alten Anger 19", "80337", "München", "DE"),
    ("Li Wei", "zh", True, "Fliederhof 8", "80797", "München", "DE"),
    ("Carmen Ortega", "es", False, "Calle del Olmo Viejo 12", "41004", "Sevilla", "ES"),
    ("Peter Haslinger", "en", True, "Lindenrain 3", "5020", "Salzburg", "AT"),
    ("Sofie Maes", "en", False, "Beukenpad 27", "9000", "Gent", "BE"),
    ("Zhang Min", "zh", False, "Kastanienring 41", "10245", "Berlin", "DE"),
    ("Tom Ashdown", "en", False, "6 Heron Lane", "M4 5JD", "Manchester", "GB"),
    ("Lucía Fernández", "es", True, "Calle de la Fuente 5", "28012", "Madrid", "ES"),
    ("Henrik Lund", "en", False, "Bjerkestien 9", "0561", "Oslo", "NO"),
    ("Marie Chevrier", "en", False, "14 impasse des Tilleuls", "69003", "Lyon", "FR"),
    ("Katharina Moser", "en", True, "Erlenweg 30", "87435", "Kempten", "DE"),
    ("Wang Fang", "zh", True, "Buchenhain 2", "60316", "Frankfurt am Main", "DE"),
    ("Diego Salas", "es", False, "Carrer del Pou Nou 21", "08001", "Barcelona", "ES"),
    ("Petra Novotná", "en", False, "Lipová 17", "120 00", "Praha", "CZ"),
    ("Ben Schuster", "en", False, "Drosselgang 11", "20357", "Hamburg", "DE"),
    ("Ilse de Vries", "en", False, "Iepenkade 6", "1015 LR", "Amsterdam", "NL"),
    ("Chen Jing", "zh", False, "Ahornplatz 15", "50823", "Köln", "DE"),
    ("Marco Bellini", "en", False, "Via dei Faggi 33", "20121", "Milano", "IT"),
    ("Elena Ruiz", "es", True, "Avenida del Tejo 8", "48005", "Bilbao", "ES"),
    ("Franz Huber", "en", False, "Rotkehlchenweg 1", "83022", "Rosenheim", "DE"),
    ("Nora Keller", "en", True, "Eschenhalde 22", "8003", "Zürich", "CH"),
    ("Liu Yang", "zh", False, "Weidenstieg 5", "70178", "Stuttgart", "DE"),
    ("Mikkel Friis", "en", False, "Elmevej 40", "2200", "København", "DK"),
    ("Ania Zielińska", "en", False, "ul. Jaworowa 13", "31-004", "Kraków", "PL"),
    ("Pablo Iriarte", "es", False, "Calle del Haya 2", "31001", "Pamplona", "ES"),
    ("Greta Stein", "en", True, "Holunderweg 7", "04109", "Leipzig", "DE"),
    ("Zhao Lei", "zh", True, "Platanenhof 18", "80333", "München", "DE"),
    ("Aoife Byrne", "en", False, "3 Rowan Close", "D08 X2F6", "Dublin", "IE"),
    ("Lukas Reindl", "en", False, "Ulmengrund 9", "93047", "Regensburg", "DE"),
    ("Teresa Campos", "es", False, "Rua do Carvalho 16", "4050-015", "Porto", "PT"),
    ("Hanna Lindqvist", "en", False, "Rönngatan 24", "116 21", "Stockholm", "SE"),
    ("Markus Wolff", "en", True, "Zeisigpfad 12", "79098", "Freiburg", "DE"),
    ("Sun Li", "zh", False, "Mispelgasse 6", "1070", "Wien", "AT"),
    ("Inés Molina", "es", True, "Calle del Enebro 19", "18001", "Granada", "ES"),
    ("Paul Weidner", "en", False, "Haselbusch 3", "01099", "Dresden", "DE"),
    ("Claire Dumont", "en", False, "8 allée des Charmes", "38000", "Grenoble", "FR"),
    ("Felix Ebner", "en", False, "Tannenschlag 14", "6020", "Innsbruck", "AT"),
    ("Xu Hong", "zh", False, "Kirschgarten 10", "90402", "Nürnberg", "DE"),
    ("Julia Sommer", "en", True, "Birkenleite 25", "80636", "München", "DE"),
]

NEAR = {"AT", "BE", "CZ", "DK", "FR", "LU", "NL", "PL"}
OUTSIDE_EU = {"CH", "GB", "NO", "LI"}
DAYS = {"standard": (2, 3), "express": (1, 1), "near": (3, 6), "eu": (5, 9), "outside": (5, 8),
        "bulky": (4, 6)}
GERMAN_VAT = 119  # a price with VAT is 119 hundredths of the price without
BAVARIAN_HOLIDAYS = {(2026, 8, 15), (2026, 10, 3), (2026, 11, 1)}


def working_days_after(day, count):
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and (day.year, day.month, day.day) not in BAVARIAN_HOLIDAYS:
            count -= 1
    return day


def shipping_cents(country, service, goods, member, bulky):
    """The table of the article `shipping-costs`."""
    if service == "pickup":
        return 0
    if service == "express":
        return 1190
    if country == "DE":
        cost = 0 if member or goods >= 6000 else 490
    elif country in NEAR:
        cost = 0 if goods >= 15000 else 990
    elif country in OUTSIDE_EU:
        cost = 1990
    else:
        cost = 0 if goods >= 20000 else 1490
    return cost + (1200 if bulky else 0)


def zone(country, service, bulky):
    if bulky:
        return "bulky"
    if service in ("express", "standard") and country == "DE":
        return service
    return "near" if country in NEAR else "outside" if country in OUTSIDE_EU else "eu"


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def euro(cents):
    return round(cents / 100, 2)


def pick_items(rng, products, country):
    def may_go(product):
        ships = product.get("ships")
        if ships == "gas":
            return country == "DE"
        if ships == "bulky":
            return country in ("DE", "AT")
        # batteries travel alone inside the EU only
        return not (country in OUTSIDE_EU and product["sku"].startswith("TN-PWB"))

    chosen = rng.sample([p for p in products if may_go(p)], rng.choice([1, 1, 1, 2, 2, 3, 4]))
    items = []
    for product in chosen:
        cheap = product["price_eur"] < 30
        items.append((product, rng.choice(product["sizes"]), rng.choice([1, 1, 2, 3]) if cheap else 1))
    return items


def make_order(rng, number, customer_index, placed, products):
    name, language, member, street, postcode, city, country = CUSTOMERS[customer_index]
    items = pick_items(rng, products, country)
    special = {p.get("ships") for p, _, _ in items}
    service = "standard"
    if city == "München" and rng.random() < 0.5:
        service = "pickup"
    elif country == "DE" and not special & {"gas", "bulky"} and rng.random() < 0.15:
        service = "express"

    lines, goods = [], 0
    for product, size, quantity in items:
        price = round(product["price_eur"] * 100)
        if country in OUTSIDE_EU:
            price = round(price * 100 / GERMAN_VAT)
        goods += price * quantity
        lines.append({"sku": product["sku"], "size": size, "quantity": quantity, "unit_price_eur": euro(price)})
    code, discount = None, 0
    if goods >= 8000 and rng.random() < 0.12:
        code, discount = "WELCOME10", 1000
    shipping = shipping_cents(country, service, goods - discount, member, "bulky" in special)
    total = goods - discount + shipping

    age = NOW - placed
    shipped = delivered = returned = tracking = carrier = None
    if rng.random() < 0.06:
        status = "cancelled"
    elif age < timedelta(hours=1):
        status = "received"
    elif service == "pickup":
        status = "ready_for_pickup" if age < timedelta(days=5) else "delivered"
        if status == "delivered":
            delivered = working_days_after(placed, 2).replace(hour=15, minute=rng.randrange(60))
    else:
        # a parcel goes out at 14:00 UTC of the day if the order came before 13:00 Munich time (11:00 UTC is safe)
        weekday = placed.weekday() < 5 and (placed.year, placed.month, placed.day) not in BAVARIAN_HOLIDAYS
        day = placed if weekday and placed.hour < 11 else working_days_after(placed, 1)
        leaves = day.replace(hour=14, minute=rng.randrange(60), second=0)
        if leaves > NOW:
            status = "packing"
        else:
            shipped, status = leaves, "shipped"
            carrier = "DHL" if country in ("DE", "CH", "GB", "NO") or rng.random() < 0.3 else "DPD"
            tracking = ("JD0146%010d" if carrier == "DHL" else "0150%010d") % rng.randrange(10**10)
            arrives = working_days_after(leaves, rng.randint(*DAYS[zone(country, service, "bulky" in special)]))
            arrives = arrives.replace(hour=rng.randrange(9, 17), minute=rng.randrange(60))
            stuck = number % 33 == 0  # three parcels that stopped moving, to ask about
            if arrives <= NOW and not stuck:
                status, delivered = "delivered", arrives
                # late enough that the delivery charge is not refunded, see the article `refund-when`
                if rng.random() < 0.14 and NOW - arrives > timedelta(days=20):
                    status, returned = "returned", arrives + timedelta(days=rng.randint(16, 20))
    label = 0 if country in ("DE", "AT") or country in OUTSIDE_EU else 590  # outside the EU it is paid to the carrier
    return {
        "id": f"LT-{26000 + number}",
        "customer": {"id": f"C-{1001 + customer_index}", "name": name, "language": language, "member": member,
                     "email": f"customer{1001 + customer_index}@mail.example"},
        "status": status,
        "placed": stamp(placed),
        "shipped": stamp(shipped) if shipped else None,
        "delivered": stamp(delivered) if delivered else None,
        "returned": stamp(returned) if returned else None,
        "service": service,
        "carrier": carrier,
        "tracking": tracking,
        "address": {"name": name, "street": street, "postcode": postcode, "city": city, "country": country},
        "payment": rng.choice(["card", "card", "paypal", "paypal", "apple_pay", "transfer"]
                              + (["invoice"] if country in ("DE", "AT") and total <= 20000 else [])),
        "items": lines,
        "subtotal_eur": euro(goods),
        "discount_code": code,
        "discount_eur": euro(discount),
        "shipping_eur": euro(shipping),
        "total_eur": euro(total),
        "refunded_eur": euro(goods - discount - label) if returned else 0.0,
    }


def main():
    products = yaml.safe_load((HERE / "catalogue.yaml").read_text(encoding="utf-8"))["products"]
    rng = random.Random(21)
    buyers = list(range(len(CUSTOMERS))) + [rng.randrange(len(CUSTOMERS)) for _ in range(60)]
    rng.shuffle(buyers)
    # most orders lie weeks back, some are of this week, a few of this morning and two of the last hour
    ages = sorted([rng.uniform(8, 100) for _ in range(74)] + [rng.uniform(0.2, 8) for _ in range(20)]
                  + [0.16, 0.13, 0.1, 0.06, 0.03, 0.01], reverse=True)
    with open(HERE / "orders.jsonl", "w", encoding="utf-8") as out:
        for number, (buyer, age) in enumerate(zip(buyers, ages), start=1):
            placed = (NOW - timedelta(days=age)).replace(microsecond=0)
            out.write(json.dumps(make_order(rng, number, buyer, placed, products), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
