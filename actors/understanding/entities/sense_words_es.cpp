// Spanish words with several meanings, and the words of the fields that they belong to. Data only.
#include "actors/understanding/entities/sense_policy.hpp"

namespace steward::entities {

const sense_language& senses_spanish() {
  using g = sense_grammar;
  static const sense_language language{
      {
          {"electronics",
           "funcionar|conectar|apagar|congelar|configurar|teléfono|móvil|celular|iphone|ipad|macbook|portátil|"
           "ordenador|computadora|pantalla|cargador|aplicación|"
           "reloj|"
           "auriculares|teclado|usb|bluetooth|wifi|cable|impresora|inalámbrico|desbloquear|reiniciar|android|altavoz|"
           "dispositivo|encender|cámara|smartphone|adaptador"},
          {"food",
           "comer|comí|comido|fruta|zumo|jugo|tarta|receta|maduro|madura|fresco|fresca|kilo|dulce|ácido|sabor|cocinar|"
           "cocina|hornear|ensalada|desayuno|almuerzo|cena|beber|ecológico|podrido|podrida|pelar|verdura|cesta|"
           "delicioso|"
           "pan|chocolate|plátano|pera|limón|uva|postre|mermelada|restaurante|sal|leche|camarero|menú|plato|mordisco"},
          {"company", "empresa|compañía|accionista|fundador|sede|empleado|marca|filial|anunciar|soporte"},
          {"colour", "color|azul|rojo|roja|verde|negro|negra|blanco|blanca|gris|amarillo|rosa|tono|teñir|pintar|"
                     "vestido|camisa|chaqueta|claro|sofá|pared|cojín"},
          {"trading",
           "invertir|inversión|inversor|operar|bróker|broker|apalancamiento|futuros|divisa|usd|eur|btc|bitcoin|stop "
           "loss|"
           "pérdida|ganancia|beneficio|mercado|cartera|cripto|lote|orden "
           "límite|volatilidad|dividendo|cotizar|cotización|"
           "liquidar|corto|larga|largo|comprar acciones|vender acciones|valores|ibex|nasdaq|abrir una|cerrar una"},
          {"job",
           "trabajo|empleo|solicitud|candidato|contratar|entrevista|vacante|salario|sueldo|currículum|cv|departamento|"
           "carrera|prácticas|jornada|requisito|postular|ingeniero|empresa|recursos humanos|oferta de "
           "empleo|jefe|director|experiencia"},
          {"money",
           "cuenta|dinero|pagar|pago|tarjeta|comisión|transferencia|transferir|depósito|depositar|retirar|préstamo|"
           "crédito|"
           "débito|efectivo|factura|reembolso|sucursal|cajero|hipoteca|ahorro|euro|dólar|transacción|extracto|precio|"
           "suscripción|importe|cobrar|cobro|€|$|saldo|iban|recibo|ingresar|duplicado"},
          {"power", "batería|enchufe|enchufar|cargador|voltio|vatio|usb|cable|corriente|eléctrico|lámpara|luz|fusible|"
                    "porcentaje|%|mando|linterna|agotar|recargar|recargable|juguete|control remoto"},
          {"nature", "río|agua|pez|barco|barca|orilla|bosque|árbol|pájaro|selva|lago|hierba|montaña|mar|océano|playa|"
                     "nadar|arena|jardín|excursión|flor|parque|naturaleza"},
          {"animal", "zoológico|zoo|gato|perro|alimentar|morder|mordió|cola|queso|trampa|jaula|pelo|mascota|"
                     "veterinario|serpiente|presa|cazar|especie|pata|ala|huevo|nido|piel|garra|insecto|reptil|cachorro|"
                     "maullar|sótano|arañar"},
          {"software", "código|programa|programar|instalar|descargar|versión|desarrollador|fallo|servidor|error|"
                       "compilar|script|web|página|"
                       "navegador|clic|api|iniciar "
                       "sesión|archivo|carpeta|aplicación|app|actualizar|actualización|biblioteca|software|"
                       "antivirus|ordenador|portátil|computadora|contraseña|reinstalar|activar|infectado|infectar|"
                       "abrir el programa|internet"},
          {"medicine", "médico|pastilla|dosis|dolor|receta|farmacia|mg|tragar|medicina|medicamento|tratamiento|"
                       "hospital|enfermera|síntoma|paciente|fiebre|gripe|tos|enfermo|enferma|infección|vacuna|"
                       "contagioso|contagiar|sangre|esguince|lesión|hueso|doler|duele"},
          {"car", "conducir|coche|carro|motor|kilometraje|concesionario|freno|garaje|taller|neumático|rueda|carretera|"
                  "vehículo|aparcar|maletero|gasolina|gasolinera|mecánico|pinchar|pinchazo|diésel|auto"},
          {"travel", "vuelo|volar|hotel|aeropuerto|pasaporte|embajada|viaje|viajar|turista|frontera|avión|tren|visitar|"
                     "vacaciones|extranjero|consulado|isla|crucero|asiento|salida|embarque|autobús|estación|ida y "
                     "vuelta|indonesia|brasil|equipaje|destino"},
          {"shopping",
           "pedido|paquete|entrega|entregar|enviar|envío|carrito|devolver|devolución|reembolso|llegar|almacén|talla|"
           "disponible|agotado|artículo|comprar|compra|vendedor|tienda|recibo|prime|cambiar|producto|repartidor|tique"},
          {"sport", "partido|equipo|jugador|fútbol|tenis|ganar|ganó|liga|final|estadio|gol|entrenador|temporada|"
                    "árbitro|concierto|teatro|cine|espectáculo|fila|película|festival|museo"},
          {"telephone", "teléfono|marcar|número|voz|operador|operadora|señal|sim|roaming|red "
                        "móvil|llamar|llamada|hablar|colgar|contrato|gb|minutos|cobertura|prepago|fibra|5g|4g|fijo|"
                        "tarifa|datos|portabilidad|se corta"},
          {"home", "casa|habitación|cortina|cristal|puerta|mueble|suelo|madera|silla|limpiar|abrir|cerrar|dormitorio|"
                   "balcón|salón|alquiler|alquilar|cerrajero|baño|ascensor|vecino|mudanza|cerradura|fregadero|grifo|"
                   "edificio|pared|agente inmobiliario|metros cuadrados"},
          {"clothes", "zapato|cuero|impermeable|suela|talla|par "
                      "de|vaqueros|camisa|zapatillas|chaqueta|calcetines|invierno|pantalón|manga|ropa|llevar "
                      "puesto|falda|vestido"},
          {"tools", "herramienta|levantar|tornillo|martillo|taller|cortar|madera|rueda|hidráulico|hidráulica|repuesto|"
                    "metal|eléctrica"},
          {"paper", "papel|imprimir|impresora|escribir|cuaderno|carta|correo|sobre|sello|firmar|documento|postal|buzón|"
                    "certificada"},
          {"music", "música|guitarra|tocar|tambor|banda|concierto|canción|ensayo|piano|baquetas|partitura|ritmo"},
      },
      {
          {"apple",
           {{"brand", "electronics|company|software|trading",
             "apple pay|apple store|apple watch|id de apple|de apple|apple music", g::name},
            {"fruit", "food", "", g::thing}}},
          {"naranja|naranjas",
           {{"fruit", "food", "zumo de naranja|jugo de naranja|cítrico|exprimir", g::thing},
            {"colour", "colour|clothes", "de color naranja|en naranja|naranja claro|naranja oscuro"}}},
          {"orange", {{"operator", "telephone|company|money", "", g::name}, {"colour", "colour|clothes", ""}}},
          {"ratón|ratones",
           {{"device", "electronics|software", "ratón inalámbrico|cursor|óptico|alfombrilla|botón|pilas"},
            {"animal", "animal|food|home", "ratonera|queso|ratón de campo"}}},
          {"banco|bancos",
           {{"money", "money|trading", "cuenta en el banco|mi banco|banco central"},
            {"seat", "nature|home", "banco del parque|sentarse|sentado|sentada|sentar|banco de madera"}}},
          {"cargo|cargos",
           {{"charge", "money|shopping", "cargo en mi cuenta|cargo duplicado|cargo adicional|sin cargo|cargo de"},
            {"job", "job", "cargo de director|ocupar el cargo|cargo público"}}},
          {"cargar|carga|cargas|cargado|cargando",
           {{"power", "power|electronics", "no carga|se carga|carga rápida|cargar el móvil|cable de carga"},
            {"freight", "car|travel", "carga pesada|camión|mercancía|contenedor|toneladas"},
            {"load", "software", "la página no carga|tarda en cargar|pantalla de carga"}}},
          {"posición|posiciones",
           {{"trade", "trading",
             "cerrar la posición|cerrar mi posición|cerrar una posición|posición abierta|posición corta|posición "
             "larga|tamaño de la posición|margen"},
            {"job", "job", "cubrir la posición|posición de gerente"}}},
          {"puesto|puestos",
           {{"job", "job", "puesto de trabajo|puesto vacante|solicitar el puesto"},
            {"stall", "food|shopping", "puesto del mercado|mercadillo|feria|puesto de frutas"}}},
          {"tableta|tabletas",
           {{"device", "electronics|software", "lápiz óptico|dibujar"},
            {"pill", "medicine", ""},
            {"bar", "", "tableta de chocolate|cacao"}}},
          {"jaguar|jaguares", {{"car", "car", ""}, {"animal", "animal|nature", ""}}},
          {"python|pitón", {{"software", "software", ""}, {"snake", "animal|nature", ""}}},
          {"java", {{"software", "software", ""}, {"island", "travel|nature", "yakarta|bali"}}},
          {"ventana|ventanas",
           {{"software", "software", "ventana emergente|nueva ventana|pestaña"},
            {"pane", "home|car", "marco de la ventana|persiana|corriente de aire"}}},
          {"virus",
           {{"software", "software|electronics", "virus informático|malware|troyano"},
            {"illness", "medicine", "covid|brote|epidemia"}}},
          {"acción|acciones",
           {{"shares", "trading|money", "bolsa|acciones de la empresa|precio de la acción"},
            {"deed", "sport", "película de acción|buena acción|acción legal|tomar acciones|acciones legales"}}},
          {"bolsa|bolsas",
           {{"exchange", "trading", "bolsa de valores|en bolsa|invertir en bolsa|bolsa de madrid"},
            {"bag", "shopping|food|clothes", "bolsa de plástico|bolsa de papel|bolsa de viaje|asa|cremallera"}}},
          {"llave|llaves",
           {{"lock", "home|car", "perdí la llave|perdí las llaves|cerradura|llave del coche"},
            {"tool", "tools", "llave inglesa|llave allen|tuerca"},
            {"tap", "", "llave de paso|fuga|gotear"}}},
          {"gato|gatos",
           {{"animal", "animal|home", "arena para gatos|comida para gatos|maullar|arenero", g::none},
            {"jack", "car|tools", "gato hidráulico"}}},
          {"batería|baterías",
           {{"power", "power|electronics|car", "dura poco|batería agotada|se descarga"},
            {"drums", "music", ""},
            {"pans", "", "batería de cocina|sartén|olla"}}},
          {"pila|pilas",
           {{"power", "power|electronics", "pilas aa|pilas recargables|sin pilas"},
            {"heap", "", "pila de|montón|pila de ropa|pila de papeles"},
            {"sink", "home", "fregar|pila de la cocina"}}},
          {"cola|colas",
           {{"queue", "", "hacer cola|esperar|en la cola|puesto en la cola|cola virtual|minutos|delante de mí"},
            {"glue", "tools", "pegar|cola blanca|cola de contacto"},
            {"tail", "animal", "mover la cola"},
            {"drink", "food", "refresco|lata|hielo"}}},
          {"hoja|hojas",
           {{"paper", "paper|software", "hoja de papel|hoja de cálculo|hoja de reclamaciones|hoja de reclamación"},
            {"leaf", "nature|food", "maceta|amarillear|amarillas|otoño|hoja de laurel"},
            {"blade", "tools", "cuchillo|afeitar|sierra|filo|afilar"}}},
          {"planta|plantas",
           {{"growing", "nature", "regar|maceta|tierra|hoja|marchitar|interior|fertilizante"},
            {"floor", "",
             "tercera planta|segunda planta|primera planta|planta baja|cuarta planta|ascensor|planta de "
             "caballeros|escaleras|qué planta"},
            {"factory", "company|job", "planta de producción|planta industrial|planta nuclear|obrero|turno"}}},
          {"línea|líneas",
           {{"telephone", "telephone",
             "línea fija|línea móvil|línea telefónica|dar de alta|dar de baja|dar de baja la línea"},
            {"transit", "travel", "línea de metro|línea de autobús|parada"},
            {"online", "shopping", "en línea|compra en línea"}}},
          {"piso|pisos",
           {{"flat", "",
             "alquilar|alquiler|comprar un piso|metros cuadrados|habitaciones|compartir piso|hipoteca|inquilino"},
            {"floor", "",
             "tercer piso|segundo piso|primer piso|cuarto piso|ascensor|quinto piso|fregar|piso mojado|resbalar"}}},
          {"red|redes",
           {{"network", "software|telephone|electronics",
             "red social|redes sociales|red wifi|red móvil|conexión|sin red"},
            {"net", "sport", "pescar|pescador|portería|red de pesca"}}},
          {"sierra|sierras",
           {{"tool", "tools", "sierra eléctrica|sierra circular|hoja"},
            {"mountains", "nature|travel", "senderismo|nevar|nieve|sierra de|casa rural"}}},
          {"vela|velas",
           {{"candle", "home", "encender|cera|aroma|perfumada|cumpleaños|mecha|oler"},
            {"sail", "", "barco|viento|mástil|navegar|regata"}}},
          {"visa|visado",
           {{"card", "money|shopping", "tarjeta visa|mastercard|visa terminada"},
            {"permit", "travel", "visa de turista|visa de trabajo|visado de|solicitar el visado|tramitar"}}},
          {"muñeca|muñecas",
           {{"toy", "shopping", "hija|niña|juguete|jugar|barbie|casa de muñecas"},
            {"wrist", "medicine", "reloj|pulsera|romper|rompí|mano"}}},
          {"cámara|cámaras",
           {{"device", "electronics", "foto|lente|objetivo|enfocar|cámara de fotos|vídeo|cámara de seguridad"},
            {"tube", "", "bicicleta|pinchar|pinchazo|cubierta"},
            {"chamber", "", "cámara de comercio|diputado|ley|votar|cámara frigorífica"}}},
          {"carta|cartas",
           {{"letter", "paper", "recibir una carta|enviar una carta|cartero"},
            {"menu", "food", "la carta por favor|carta de vinos|pedir|reservar mesa"},
            {"cards", "", "baraja|jugar a las cartas|póker|naipe|barajar"}}},
          {"billete|billetes",
           {{"ticket", "travel", "billete de avión|billete de tren|billete de ida"},
            {"note", "money",
             "billete de diez|billete de veinte|billete de cincuenta|billete de 50|billete de 20|falso|cambio"}}},
          {"entrada|entradas",
           {{"ticket", "sport", "comprar entradas|entradas para|entrada para|taquilla|sacar entradas"},
            {"starter", "food", "de entrada"},
            {"door", "home", "puerta de entrada|la entrada del|portero|timbre"}}},
          {"cuenta|cuentas",
           {{"bank", "money", "cuenta bancaria|cuenta corriente|número de cuenta|cuenta de ahorro"},
            {"login", "software",
             "cuenta de usuario|crear una cuenta|mi cuenta de|contraseña|eliminar mi cuenta|iniciar sesión|correo "
             "electrónico|bloqueada"},
            {"bill", "food", "la cuenta por favor|pedir la cuenta|propina|traer la cuenta"}}},
          {"tienda|tiendas",
           {{"shop", "shopping|clothes|food|electronics", "tienda en línea|horario|centro comercial"},
            {"tent", "nature", "tienda de campaña|acampar|camping|montar la tienda|piquetas|impermeable"}}},
          {"amazon|amazonas",
           {{"shop", "shopping|money|company|electronics", "amazon prime|alexa|kindle"},
            {"river", "nature|travel|animal", "el amazonas|selva"}}},
          {"puma|pumas",
           {{"brand", "clothes|shopping|sport", "zapatillas puma|adidas|nike", g::name},
            {"animal", "animal|nature", ""}}},
          {"plan|planes",
           {{"tariff", "telephone|money", "plan de datos|plan mensual|plan familiar"},
            {"intention", "travel|sport", "mi plan era|planes para"}}},
      }};
  return language;
}

} // namespace steward::entities
