// English words with several meanings, and the words of the fields that they belong to. Data only.
#include "actors/understanding/entities/sense_policy.hpp"

namespace steward::entities {

const sense_language& senses_english() {
  using g = sense_grammar;
  static const sense_language language{
      {
          {"electronics",
           "turn on|turn off|turned off|switch on|freeze|frozen|connect|set "
           "up|work|working|phone|iphone|ipad|macbook|mac|laptop|computer|screen|charger|app|device|watch|headphones|"
           "earbuds|airpods|"
           "keyboard|usb|bluetooth|wifi|wi-fi|pc|cable|display|icloud|touchscreen|monitor|camera|printer|wireless|"
           "unlock|reboot|restart|pixel|android|ios|speaker|smartphone|gadget|store card|model|serial number|adapter"},
          {"food",
           "eat|ate|eaten|fruit|juice|pie|recipe|ripe|fresh|kilo|kilogram|pound|kg|sweet|sour|taste|cook|bake|salad|"
           "breakfast|lunch|dinner|drink|organic|rotten|peel|grocery|groceries|snack|vegetable|bowl|flavour|flavor|"
           "delicious|mouldy|moldy|basket|seed|slice|vitamin|pear|banana|bread|sandwich|roast|oven|hungry|meal|"
           "stuffing|"
           "dessert|chocolate|crunchy|jam|lemon|grape|squeezed|salty|sauce|serving|menu|restaurant|crate of|bag of"},
          {"company",
           "ceo|company|shareholder|founder|headquarters|employee|subsidiary|rival|announced|support line|brand"},
          {"colour",
           "colour|color|blue|red|green|black|white|grey|gray|yellow|pink|purple|shade|dye|paint|dress|shirt|jacket|"
           "bright|pale|sofa|cushion|wear|fabric|fade|stripe|wall"},
          {"trading",
           "trade|trader|profit|broker|leverage|futures|forex|currency pair|usd|eur|btc|bitcoin|stop "
           "loss|stop-loss|take "
           "profit|market|portfolio|hedge|crypto|lot|ticker|limit order|volatility|exchange|dividend|bid|spread|"
           "liquidate|investor|invest|nasdaq|nyse|equity|bearish|bullish|expiry|strike price|at a loss|short|long|"
           "closing price|market order|unrealised|unrealized"},
          {"job",
           "job|apply|application|candidate|hire|hiring|recruiter|hr|interview|vacancy|salary|resume|cv|applicant|"
           "department|career|posting|internship|recruit|full-time|part-time|qualification|manager|cover letter|"
           "job offer|work permit|engineer|open until"},
          {"money",
           "account|money|pay|paid|payment|card|fee|transfer|deposit|withdraw|withdrew|loan|credit|debit|cash|invoice|"
           "refund|branch|atm|mortgage|savings|dollar|euro|transaction|statement|overdraft|lend|teller|price|"
           "subscription|billed|amount|cost|$|€|£|bill|rate|percent interest|pin"},
          {"power", "battery|plug|outlet|charger|volt|watt|amp|usb|cable|power|electric|socket|recharge|overnight|"
                    "mains|lamp|light|"
                    "fuse|wire|wiring|current|dead|empty battery|fast|slowly|percent|%"},
          {"nature",
           "river|water|fish|boat|shore|forest|tree|bird|wild|lake|flood|mud|grass|nest|mountain|sea|ocean|beach|hike|"
           "camp|stream|swim|rainforest|jungle|sand|rowing|picnic|canoe|garden"},
          {"animal",
           "zoo|cat|dog|feed|fed|bite|bit|tail|cheese|trap|cage|fur|pet|vet|snake|jungle|hole|squeak|prey|hunt|species|"
           "leg|wing|egg|nest|skin|attic|barn|claw|crawl|insect|tame|terrarium|reptile|cub|sting"},
          {"software",
           "code|program|programming|install|download|version|developer|crash|server|error|compile|script|website|"
           "browser|click|api|release|login|log in|file|folder|app|feature|update|library|page|software|website|site|"
           "antivirus|laptop|computer|pc|password|reinstall|activate|activation|checkout "
           "page|scan|infected|command|syntax"},
          {"medicine",
           "doctor|pill|dose|pain|prescription|pharmacy|mg|headache|swallow|medicine|treatment|hospital|nurse|symptom|"
           "patient|fever|flu|cough|ill|sick|infection|vaccine|contagious|twice a day|after meals|side "
           "effect|blood|cure"},
          {"car",
           "drive|drove|car|engine|mileage|dealer|dealership|brake|garage|tyre|tire|wheel|road|vehicle|parking|motor|"
           "gearbox|bonnet|luggage|petrol|gas station|fuel|diesel|mechanic|horsepower|convertible|test "
           "drive|windscreen"},
          {"travel",
           "flight|fly|hotel|airport|passport|embassy|trip|travel|tourist|border|plane|train|visit|holiday|abroad|"
           "immigration|consulate|istanbul|ankara|vacation|beach|island|cruise|seat|departure|airline|tour|boarding|"
           "ferry|bus|indonesia|brazil"},
          {"shopping", "order|parcel|delivery|deliver|ship|shipping|cart|return|refund|package|arrive|warehouse|size|"
                       "available|sold "
                       "out|restock|checkout|item|buy|bought|purchase|prime|seller|in store|shelf|back in|exchange "
                       "within|receipt|shop"},
          {"sport",
           "game|team|player|score|football|tennis|win|won|league|final|stadium|goal|cup|coach|season|referee|fans|"
           "basketball|hit|swing|concert|band|row"},
          {"insurance",
           "insurance|insured|insurer|premium|coverage|accident|damage|claim|cover|deductible|beneficiary|burglary|"
           "renew|lapse|home insurance|car insurance"},
          {"telephone",
           "phone|dial|number|ring|voicemail|operator|signal|sim|roaming|network|mobile|speak|talk|hang up|contract|gb|"
           "minutes|coverage|reception|prepaid|provider|5g|4g|broadband|landline|text message"},
          {"home",
           "house|room|curtain|glass|kitchen|door|furniture|floor|wooden|chair|clean|open|shut|draught|frame|blind|"
           "double-glazed|bedroom|balcony|living room|landlord|rent|locksmith|front door|broke|broken into"},
          {"clothes",
           "wear|shoe|leather|waterproof|sole|heel|lace|size|pair|jeans|shirt|trainers|sneakers|hiking|jacket|pinch|"
           "running|socks|winter|trousers|sleeve|waist|fit|outfit"},
          {"season", "summer|winter|autumn|may|april|march|flowers|collection|weather|blossom|easter|warm"},
          {"space", "stars|telescope|planet|astronomy|universe|milky way|light years|space|black hole|orbit"},
          {"support", "support|agent|issue|opened|raised|reply|replied|case|helpdesk|unresolved|complaint|response|"
                      "reference number"},
      },
      {
          {"apple|apples",
           {{"brand", "electronics|company|software|trading",
             "apple pay|apple store|apple id|apple watch|apple tv|apple music|apple care|applecare", g::name},
            {"fruit", "food",
             "apple pie|apple juice|apple tree|apple sauce|granny smith|apple crumble|apple cider|orchard|core",
             g::thing}}},
          {"orange|oranges",
           {{"fruit", "food", "orange juice|orange peel|citrus", g::thing},
            {"colour", "colour|clothes", "in orange|orange one|dark orange|orange version"},
            {"operator", "telephone|company", "", g::name}}},
          {"blackberry|blackberries",
           {{"brand", "electronics|company", "", g::name}, {"fruit", "food", "bush|pick", g::thing}}},
          {"mouse|mice",
           {{"device", "electronics|software",
             "wireless mouse|mouse pad|scroll|cursor|optical|left click|right click|dpi|gaming"},
            {"animal", "animal|food", "cheese|cellar|droppings|mousetrap|field mouse|kitchen|garage"}}},
          {"bank|banks",
           {{"money", "money|trading", "bank account|bank transfer|bank card|bank statement"},
            {"shore", "nature", "river bank|bank of the river|banks of the|riverbank"}}},
          {"charge|charges|charged|charging",
           {{"price", "money|shopping",
             "charged me|charged twice|free of charge|extra charge|charge me|customs charge|delivery charge|additional "
             "charge|overcharged"},
            {"power", "power|electronics",
             "hold a charge|charging cable|fully charged|won't charge|charge it|charging port"}}},
          {"position|positions",
           {{"trade", "trading",
             "close my position|close a position|open position|short position|long position|position size|margin call"},
            {"job", "job", "position filled|position as|position of"}}},
          {"tablet|tablets",
           {{"device", "electronics|software", "drawing tablet|stylus"},
            {"pill", "medicine", "sleeping tablet|pack of|vitamin|dissolve"}}},
          {"jaguar|jaguars", {{"car", "car", ""}, {"animal", "animal|nature", ""}}},
          {"python|pythons", {{"software", "software", "python 3|django|pip"}, {"snake", "animal|nature", ""}}},
          {"java",
           {{"software", "software", "jvm|jdk|spring boot"}, {"island", "travel|nature", "bali|jakarta|sumatra"}}},
          {"window|windows",
           {{"software", "software|electronics", "windows 10|windows 11|pop-up window|microsoft|tab|license key"},
            {"pane", "home|car", "window frame|window pane|window seat|cleaner"}}},
          {"bug|bugs",
           {{"fault", "software|electronics", "bug report|fix the bug|known bug"},
            {"insect", "animal|home|nature|food", "bed bugs|bug spray|bug bite|mattress"}}},
          {"virus|viruses",
           {{"software", "software|electronics", "malware|trojan"},
            {"illness", "medicine", "covid|outbreak|epidemic|caught"}}},
          {"stock|stocks",
           {{"goods", "shopping|clothes|food", "in stock|out of stock|back in stock|stock level"},
            {"shares", "trading", "stock market|stock price|stock exchange"}}},
          {"policy|policies",
           {{"insurance", "insurance", "policy number|policyholder"},
            {"rule", "shopping|job", "return policy|refund policy|privacy policy|company policy|cancellation policy"}}},
          {"plan|plans",
           {{"tariff", "telephone|money", "data plan|monthly plan|family plan|plan with|upgrade my plan|downgrade"},
            {"intention", "travel|sport", "plan to|my plan was|planning to|plans for"}}},
          {"ticket|tickets",
           {{"trip", "travel|sport", "concert ticket|train ticket|one-way|round-trip"},
            {"request", "support|software",
             "support ticket|ticket number|open a ticket|opened a ticket|close the ticket|closed my ticket"},
            {"fine", "car", "parking ticket|speeding ticket"}}},
          {"visa|visas",
           {{"card", "money|shopping", "visa card|visa debit|mastercard|visa ending in"},
            {"permit", "travel", "tourist visa|work visa|student visa|visa application|visa-free"}}},
          {"turkey|turkeys",
           {{"country", "travel", "in turkey|from turkey|to turkey|turkish"},
            {"food", "food", "roast turkey|thanksgiving|turkey breast|turkey sandwich", g::thing}}},
          {"boot|boots",
           {{"shoe", "clothes|shopping", "hiking boots|rubber boots|ankle boots"},
            {"start", "software|electronics", "won't boot|boot up|boot loop|reboot|safe mode", g::verb},
            {"trunk", "car", "boot lid|car boot"}}},
          {"key|keys",
           {{"lock", "home|car", "spare key|lost my key|lock|locked out|house key|car key"},
            {"licence", "software", "licence key|license key|product key|activation key|api key"},
            {"button", "", "enter key|space bar|key is stuck|delete key|keyboard|shift key"}}},
          {"margin|margins",
           {{"trade", "trading|money", "margin call|margin requirement|margin account|maintenance margin"},
            {"edge", "", "page|print|printer|document|left margin|paragraph|centimetre|cm"}}},
          {"option|options",
           {{"trade", "trading", "call option|put option|strike|stock option|premium|option chain"},
            {"choice", "shopping|travel|food|support",
             "best option|other option|options do i have|option is|payment option|delivery option|which option|any "
             "option"}}},
          {"galaxy|galaxies",
           {{"phone", "electronics|telephone", "samsung|galaxy s|galaxy note"}, {"stars", "space", ""}}},
          {"switch|switches",
           {{"console", "", "nintendo|joy-con|console|zelda|mario|handheld"},
            {"power", "power|home", "light switch|wall switch|dimmer|electrician"},
            {"change", "telephone|money", "switch to|switching to|want to switch", g::verb}}},
          {"chip|chips",
           {{"part", "electronics|software", "processor|intel|semiconductor|silicon|card chip|nfc"},
            {"food", "food", "fish and chips|potato|crisps|packet of|dip"}}},
          {"spring|springs",
           {{"season", "season|clothes|travel", "this spring|next spring|last spring|spring sale"},
            {"coil", "", "mattress|metal|steel|coil|sofa|squeak|broken spring|suspension|tension"},
            {"water", "nature", "hot spring|mineral water|spring water"}}},
          {"subway",
           {{"transit", "travel|home", "subway station|metro|subway line|next stop|platform"},
            {"restaurant", "food", "footlong|subway sandwich", g::name}}},
          {"amazon",
           {{"shop", "shopping|money|company|electronics", "amazon prime|alexa|kindle|amazon account"},
            {"river", "nature|travel|animal", "amazon river|amazon rainforest|amazon basin"}}},
          {"shell|shells",
           {{"fuel", "car|money", "petrol station|shell station", g::name},
            {"sea", "nature|animal|food", "sea shell|egg shell|snail|collect|mussel|turtle"},
            {"software", "software", "bash|terminal|command line|ssh"}}},
          {"puma|pumas",
           {{"brand", "clothes|shopping|sport", "puma shoes|adidas|nike", g::name},
            {"animal", "animal|nature", "cougar"}}},
          {"call|calls",
           {{"phone", "telephone|support",
             "call me|phone call|call back|called|missed call|call centre|call center|on a call"},
            {"trade", "trading", "call option|call spread|covered call|strike|naked call"}}},
          {"balance",
           {{"money", "money|telephone|shopping", "account balance|remaining balance|outstanding|gift card|balance is"},
            {"body", "sport|medicine", "lose my balance|dizzy|yoga|keep your balance|ear|one leg"}}},
          {"date|dates",
           {{"day", "travel|shopping|money|job|support",
             "delivery date|due date|which date|date of birth|expiry date|start date|up to date|change the "
             "date|expiration date"},
            {"fruit", "food", "medjool|dried|figs|palm", g::none}}},
          {"crane|cranes",
           {{"machine", "", "construction|lift|load|building site|tower|operator|ton|tons|rental|rent"},
            {"bird", "nature|animal", "feather|flew"}}},
          {"plant|plants",
           {{"growing", "nature|home",
             "water|leaf|leaves|pot|soil|flower|fertiliser|fertilizer|garden|sun|wilt|succulent"},
            {"factory", "job|company",
             "worker|power plant|manufacturing|shift|production|assembly|nuclear|union|chemical"}}},
          {"close|closed|closing",
           {{"trade", "trading", "close the trade|position"},
            {"shut", "shopping|home|job", "what time|at what time|opening hours|open on|sunday|door|store|early"},
            {"account", "money", "my account|close the account|close account"}}},
      }};
  return language;
}

} // namespace steward::entities
