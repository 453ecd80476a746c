// Words for tenants that give none. Neutral on purpose: no names, no opening hours, no promises.
#include "actors/tenant/tenant_files.hpp"

namespace steward {

const tenant_words* default_words(const std::string& language) {
  static const std::map<std::string, tenant_words> words = {
      {"en",
       {.unknown = "I don't know the answer to that, and I would rather not guess.",
        .offer_person = "I'll pass this on to a colleague, who can read everything above.",
        .choose = "I want to be sure I get this right. Which of these do you mean?",
        .waiting = "A colleague has your message and will answer here.",
        .closed = "This conversation is closed. Just write again if there is anything else.",
        .trouble = "Something went wrong on our side and your last message could not be dealt with. A colleague has "
                   "been told. Sorry for the trouble.",
        .greeting = "Hello! How can I help?",
        .person_joined = "A colleague is with you now.",
        .place = "You are number {place} in line.",
        .wait = "The wait is usually {wait}.",
        .out_of_hours =
            "Nobody is here right now. We are back: {time}. What you write is read then, and answered here.",
        .comfort = "I'm sorry about this. That is not how it should be.",
        .reassure = "Don't worry, we will sort this out.",
        .blocked = "Our team has ended this conversation. What you write here is kept, but not answered any more."}},
      {"zh",
       {.unknown = "这个问题我不清楚，不想随便答复您。",
        .offer_person = "我把您的问题转给同事，上面的对话同事都能看到。",
        .choose = "我想确认一下，您问的是下面哪一个？",
        .waiting = "同事已经收到您的消息，会在这里回复您。",
        .closed = "本次对话已结束。如果还有问题，直接留言就可以。",
        .trouble = "我们这边出了点问题，您刚才的消息没能处理，已经通知同事跟进。非常抱歉。",
        .greeting = "您好，请问有什么可以帮您？",
        .person_joined = "同事已经接入，为您服务。",
        .place = "您目前排在第 {place} 位。",
        .wait = "预计等待 {wait}。",
        .out_of_hours = "现在是非工作时间，我们将于{time}恢复服务。您可以先留言，我们会在这里回复您。",
        .comfort = "非常抱歉，给您带来了不好的体验。",
        .reassure = "请别担心，我们会帮您处理好。",
        .blocked = "客服人员已结束本次会话。您之后发送的内容会被保留，但不会再得到回复。"}},
      {"es",
       {.unknown = "Eso no lo sé, y prefiero no inventarme nada.",
        .offer_person = "Se lo paso a una persona del equipo, que verá todo lo anterior.",
        .choose = "Quiero entenderte bien. ¿A cuál de estas cosas te refieres?",
        .waiting = "Ya tenemos tu mensaje y te contestaremos aquí.",
        .closed = "Esta conversación está cerrada. Si necesitas algo más, escríbenos otra vez.",
        .trouble = "Algo ha fallado por nuestra parte y no hemos podido atender tu último mensaje. Ya hemos avisado "
                   "al equipo. Perdona las molestias.",
        .greeting = "Hola, ¿en qué puedo ayudarte?",
        .person_joined = "Ya está contigo una persona del equipo.",
        .place = "Eres el número {place} de la cola.",
        .wait = "La espera suele ser de {wait}.",
        .out_of_hours =
            "Ahora no hay nadie. Volvemos: {time}. Lo que escribas se leerá entonces y te contestaremos aquí.",
        .comfort = "Siento mucho lo ocurrido. No debería ser así.",
        .reassure = "No te preocupes, lo vamos a resolver.",
        .blocked = "Nuestro equipo ha terminado esta conversación. Lo que escribas aquí se guarda, pero ya no se "
                   "responde."}}};
  auto at = words.find(language);
  return at == words.end() ? nullptr : &at->second;
}

const std::vector<std::string>* default_ask_for_person(const std::string& language) {
  static const std::map<std::string, std::vector<std::string>> phrases = {
      {"en",
       {"talk to a human", "speak to a human", "talk to a person", "speak to a person", "talk to someone",
        "speak with someone", "real person", "real human", "human agent", "live agent", "talk to an agent",
        "i want a human", "not a bot"}},
      {"zh", {"转人工", "人工客服", "找人工", "我要人工", "真人客服", "找真人", "找客服", "不要机器人"}},
      {"es",
       {"hablar con una persona", "hablar con alguien", "hablar con un agente", "hablar con un humano",
        "quiero una persona", "persona de verdad", "agente humano", "atención humana", "no quiero un robot"}}};
  auto at = phrases.find(language);
  return at == phrases.end() ? nullptr : &at->second;
}

} // namespace steward
