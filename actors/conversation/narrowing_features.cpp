#include "actors/conversation/narrowing_features.hpp"

namespace steward {
namespace {

constexpr feature_value_row payments[] = {
    {"card",
     {"by card", "信用卡", "con tarjeta"},
     {"credit card|debit card|card is|card payment|my card|by card|visa|mastercard|amex|card keeps|card declined",
      "信用卡|借记卡|刷卡|银行卡", "tarjeta de crédito|tarjeta de débito|con tarjeta|mi tarjeta|visa|mastercard"}},
    {"paypal", {"with PayPal", "PayPal", "con PayPal"}, {"paypal", "paypal", "paypal"}},
    {"invoice",
     {"on invoice", "账单后付", "con factura"},
     {"on invoice|by invoice|purchase on invoice|buy on account", "账单后付|先货后款|货后付款",
      "con factura|pago con factura|a plazos con factura"}},
    {"transfer",
     {"by bank transfer", "银行转账", "por transferencia"},
     {"bank transfer|wire transfer|transfer in advance|wire the money", "转账|汇款", "transferencia"}},
    {"instalments",
     {"in instalments", "分期付款", "a plazos"},
     {"instalment|instalments|installments|pay in three|in three payments", "分期", "a plazos|en cuotas|tres plazos"}},
    {"gift_card",
     {"with a gift card", "礼品卡", "con tarjeta regalo"},
     {"gift card|gift cards|voucher card", "礼品卡|礼券", "tarjeta regalo|tarjetas regalo|cheque regalo"}},
    {"cash",
     {"in cash", "现金", "en efectivo"},
     {"in cash|cash on delivery|pay cash", "现金|货到付款", "en efectivo|contra reembolso"}},
};

constexpr feature_value_row stages[] = {
    {"before",
     {"not yet, it has not left", "还没发货", "aún no, no ha salido"},
     {"after placing it|order confirmation|cancel an order|cancel order|change an order|change order|change the order|"
      "before it ships|before dispatch|before it is packed|not yet shipped|still packing|order received",
      "下单后|下单以后|还没发货|未发货|修改订单|取消订单|订单确认|发货前",
      "pedido ya hecho|cancelar un pedido|cancelar pedido|cambiar un pedido|antes de enviar|antes del envío|sin enviar|"
      "confirmación del pedido"}},
    {"under_way",
     {"yes, it is on its way", "已经发货，在路上", "sí, está en camino"},
     {"on its way|has left|already left|parcel is late|late or has stopped|stopped moving|where is my order|tracking|"
      "track your order|missed delivery|missed deliveries|with the carrier|after it has left|after dispatch",
      "在路上|已发货|已发出|物流|迟迟不到|到哪儿了|到哪了|查询快递",
      "en camino|ya ha salido|se retrasa|no avanza|seguimiento|dónde está mi pedido|ya enviado|en reparto"}},
    {"arrived",
     {"yes, and I have it", "已经收到了", "sí, ya lo tengo"},
     {"arrived damaged|has arrived|after delivery|send something back|return a|returned|money back|refund|missing or "
      "you "
      "sent|wrong thing|broke or failed|exchange for another|received it",
      "收到时|已收到货|签收后|退货|退款|换货|换尺码|收到的",
      "llegó dañado|ya ha llegado|devolver|devolución|reembolso|mi dinero|cambiar por otra|tras la entrega"}},
};

constexpr feature_value_row conditions[] = {
    {"damaged",
     {"it arrived damaged", "收到时就坏了", "llegó dañado"},
     {"arrived damaged|damaged parcel|damaged in transit|damaged on arrival", "收到时包裹或商品坏了|破损|收到时坏",
      "llegó dañado|llegó roto|golpe"}},
    {"wrong",
     {"something is missing or wrong", "少件或发错", "falta algo o no es lo pedido"},
     {"is missing|missing item|wrong item|wrong thing|wrong article|sent the wrong", "少发|发错|缺件|漏发",
      "falta algo|artículo equivocado|equivocado"}},
    {"broke_later",
     {"it broke in use", "用着用着坏了", "se rompió con el uso"},
     {"broke or failed|failed early|warranty|guarantee|stopped working|broke in use|repair|repairs|defect after",
      "保修|质保|用坏|维修", "garantía|se ha roto|reparación|reparaciones|dejó de funcionar"}},
    {"wrong_size",
     {"it does not fit", "尺码不合适", "no me queda bien"},
     {"another size|exchange|does not fit|too small|too big|size or colour", "换尺码|换货|不合身|尺码不合",
      "otra talla|cambiar por otra|no me queda|talla o color"}},
    {"worn",
     {"I have worn it, and it hurts", "穿过，不舒服", "lo he usado y me hace daño"},
     {"hurt after real use|worn outdoors|after real use|boots that hurt|worn on a hike", "穿过|户外穿",
      "usadas en el monte|tras usarlas|me hacen daño"}},
    {"unwanted",
     {"I just do not want it", "不想要了", "ya no lo quiero"},
     {"can be returned|return policy|returns policy|send something back|change of mind|withdraw|bring a return",
      "哪些可以退|无理由退货|退货政策", "se puede devolver|política de devoluciones|desistimiento"}},
};

constexpr feature_value_row people[] = {
    {"guest",
     {"without an account", "没有账户", "sin cuenta"},
     {"without an account|as a guest|guest order|guests", "没有注册|没有账户|游客",
      "sin cuenta|como invitado|invitado"}},
    {"member",
     {"as a member", "会员", "como socio"},
     {"membership|member|members|club", "会员|俱乐部", "socio|socios|club"}},
    {"company",
     {"for a company", "公司", "para una empresa"},
     {"companies|company|business|schools and clubs|wholesale", "公司|企业|团购", "empresa|empresas|colegios"}},
    {"student",
     {"as a student", "学生", "como estudiante"},
     {"student|students|trainees", "学生", "estudiante|estudiantes"}},
};

constexpr feature_value_row speeds[] = {
    {"express", {"express", "特快", "exprés"}, {"express|overnight|next day", "特快|加急|次日达", "exprés|urgente"}},
    {"standard",
     {"standard", "普通快递", "normal"},
     {"standard delivery|standard shipping|shipping costs|delivery times|normal delivery", "普通快递|运费和送达",
      "envío normal|envío estándar|gastos y plazos"}},
};

constexpr feature_value_row ways[] = {
    {"shop",
     {"in the shop", "在门店", "en la tienda"},
     {"in the shop|to the shop|in store|the shop|pick up|pick-up|at the till|opening hours", "门店|到店|自提|店里",
      "en la tienda|recoger en la tienda|la tienda"}},
    {"post",
     {"by post", "邮寄", "por correo"},
     {"send something back|by post|send back|delivery to|parcel lockers|carrier|label", "邮寄|寄回|快递",
      "enviar de vuelta|por correo|a domicilio|devolver por correo"}},
};

constexpr feature_value_row actions[] = {
    {"return",
     {"send it back for a refund", "退货退款", "devolverlo"},
     {"return|returns|returned|send something back|send them back|send it back|give them back|give it back|money "
      "back|refund",
      "退货|退款|可以退", "devolver|devolución|devolverlo|reembolso"}},
    {"exchange",
     {"exchange it", "换货", "cambiarlo por otro"},
     {"exchange|another size|swap", "换货|换尺码|换颜色", "cambiar por otra|cambio de talla|otra talla"}},
    {"repair",
     {"have it repaired", "维修", "repararlo"},
     {"repair|repairs|resole|new soles|mend|spare parts|workshop", "维修|修理|换底|配件",
      "reparar|reparación|reparaciones|recambio"}},
    {"care",
     {"wash or care for it", "清洗保养", "lavarlo o cuidarlo"},
     {"wash|care for|clean|reproof|store a|dry and store", "清洗|保养|洗", "lavar|cuidar|limpiar|cuidado"}},
    {"cancel",
     {"cancel it", "取消", "cancelarlo"},
     {"cancel|end a|delete|leave", "取消|退会|注销|删除", "cancelar|darse de baja|eliminar|borrar"}},
    {"change",
     {"change it", "修改", "cambiar algo"},
     {"change an|change the|change it|edit", "修改|更改", "cambiar un|modificar|cambiar el"}},
    {"buy",
     {"buy it", "购买", "comprarlo"},
     {"which is right|choose|find your|buying one|which tent|which backpack|how long should", "怎么选|购买|选尺码",
      "elegir|comprar|qué tienda|tu talla"}},
    {"rent", {"rent it", "租用", "alquilarlo"}, {"rent|rental|hire|borrow", "租|租赁", "alquilar|alquiler"}},
    {"sell",
     {"sell it", "出售", "venderlo"},
     {"sell us|used gear|second hand|second-hand|sell your", "二手|卖给", "vender|segunda mano"}},
};

constexpr feature_value_row aspects[] = {
    {"delivery_price",
     {"what delivery costs", "运费", "los gastos de envío"},
     {"shipping costs|shipping cost|delivery costs|delivery cost|postage|shipping fee|free from", "运费|邮费|包邮",
      "gastos de envío|gastos y plazos|portes|coste del envío"}},
    {"product_price",
     {"what the goods cost", "商品价格", "el precio de los artículos"},
     {"price match|cheaper elsewhere|group prices|sale price|discount|discount codes|vouchers|outlet",
      "比价|折扣|优惠|价格", "precio más bajo|igualamos|descuento|descuentos|cupón"}},
    {"time",
     {"how long it takes", "需要多久", "cuánto tarda"},
     {"delivery times|how long|when do i|when does|is late|when to|opening hours", "多久|什么时候|送达时间|迟迟不到",
      "cuándo|cuánto tarda|plazos|se retrasa"}},
};

constexpr feature_row features[] = {
    {"payment", {"How do you pay, or did you pay?", "您用的是哪种付款方式？", "¿Cómo pagas o has pagado?"}, payments},
    {"condition", {"What is the matter with it?", "商品是什么情况？", "¿Qué le pasa al artículo?"}, conditions},
    {"stage", {"Has it left us already?", "货已经发出了吗？", "¿Ya ha salido el pedido?"}, stages},
    {"person", {"How do you order with us?", "您是以哪种身份下单？", "¿Cómo compras con nosotros?"}, people},
    {"way", {"By post, or in the shop?", "是邮寄，还是到门店？", "¿Por correo o en la tienda?"}, ways},
    {"speed", {"Which kind of delivery?", "哪一种配送？", "¿Qué tipo de envío?"}, speeds},
    {"action", {"What would you like to do?", "您想办理哪一项？", "¿Qué quieres hacer?"}, actions},
    {"aspect", {"What is it about?", "您问的是哪一方面？", "¿Sobre qué es?"}, aspects},
};

} // namespace

std::size_t narrowing_language(std::string_view language) {
  return language == "en" ? 0 : language == "zh" || language == "yue" ? 1 : language == "es" ? 2 : narrowing_languages;
}

std::span<const feature_row> narrowing_features() { return features; }

} // namespace steward
