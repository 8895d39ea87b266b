# Las líneas pequeñas alrededor de una respuesta, y sus botones.

about-line = -# { $asker } pregunta sobre [lo que escribió { $writer }]({ $link }): { $asked }
about-tokens = unos { $amount } tokens
meter-writing = -# ✍️ escribiendo
meter-waiting = -# esperando al modelo · { $time }
meter-thinking = -# 💭 pensando desde hace { $time } · { $tokens }
meter-thought = -# 💭 pensó { $time } · { $tokens } · escribiendo
time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s

ending-stopped = detenida
ending-length = cortada en su límite de longitud
ending-interrupted = interrumpida
ending-failed = fallida
bill-open = se está averiguando su coste
paid-by = pagada por { $payer }
left-of = quedan { $left } de { $limit } { $now }
failed-why = ⚠️ { $why }
answer-interrupted = ⚠️ Esta respuesta se interrumpió cuando me reiniciaron.
stopped-before-words = Detenida antes de la primera palabra.
only-thoughts = El modelo gastó todo su límite de salida en pensar y no quedó nada para responder. Prueba con una pregunta más sencilla o con una parte.
no-words = El modelo terminó sin decir una palabra. Inténtalo de nuevo.
earlier-answer = -# Esta es la respuesta de antes; no hay ninguna nueva.
notes-more = -# y { $count } más
in-file = La respuesta ocupa más de { $most } mensajes: este archivo la tiene toda.
not-in-file = ⚠️ Todo sería un archivo que no puedo adjuntar aquí.
goes-on = -# La respuesta continúa; llegará entera en un archivo.
too-late = ⚠️ Discord me deja escribir en una respuesta privada durante 15 minutos, y ya han pasado. Lo que venga a partir de aquí no se puede mostrar. Para una respuesta tan larga, pregunta en público.
no-files = -# ⚠️ No puedo adjuntar archivos aquí, o no tan grandes, así que faltan imágenes y archivos.
thoughts-above = -# 💭 Lo que el modelo pensó primero. Nadie más lo ve, y él no recuerda nada de esto.

hint-mermaid = -# Un diagrama de Mermaid: mermaid.live lo dibuja.
hint-svg = -# Un dibujo SVG: guardado como archivo .svg, un navegador lo muestra.
more-lines-so-far =
    { $count ->
        [one] -# … { $count } línea más hasta ahora; todo llegará en un archivo
       *[other] -# … { $count } líneas más hasta ahora; todo llegará en un archivo
    }
more-lines-in =
    { $count ->
        [one] -# … y { $count } línea más en { $file }
       *[other] -# … y { $count } líneas más en { $file }
    }

button-stop = Detener
button-thinking = Pensamiento
button-retry = Reintentar
button-regenerate = Regenerar
button-continue = Continuar
button-thread = Hilo
button-send = Enviar
button-trim = Recortar
button-cancel = Cancelar
page-of = -# Página { $page } de { $pages }

note-trimmed =
    { $turns ->
        [one] Recortado: { $turns } turno anterior no se envió al modelo.
       *[other] Recortado: { $turns } turnos anteriores no se enviaron al modelo.
    }
note-fell-out =
    { $turns ->
        [one] Esta conversación se ha vuelto demasiado larga para mí: { $turns } turno anterior quedó fuera, y desde ahora quedarán fuera los más antiguos. Lo que fijes en `/{ cmd-history } { cmd-history-show }` se queda.
       *[other] Esta conversación se ha vuelto demasiado larga para mí: { $turns } turnos anteriores quedaron fuera, y desde ahora quedarán fuera los más antiguos. Lo que fijes en `/{ cmd-history } { cmd-history-show }` se queda.
    }
note-edited-since = La pregunta se editó después. **{ button-regenerate }** la responde tal como está ahora.
note-quote-lost = El mensaje al que esto responde se olvidó por deseo de su autor: no veo lo que dice.
note-credits-low = El saldo de este bot en OpenRouter está casi agotado; quien lo opera puede añadir más.
note-short-cost = Respuesta corta: queda { $left }, suficiente para { $tokens } de respuesta.
note-short-cost-now = Respuesta corta: { $now } queda { $left }, suficiente para { $tokens } de respuesta.
note-short-tokens =
    { $count ->
        [one] Respuesta corta: queda { $tokens }.
       *[other] Respuesta corta: quedan { $tokens }.
    }
note-short-tokens-now =
    { $count ->
        [one] Respuesta corta: { $now } queda { $tokens }.
       *[other] Respuesta corta: { $now } quedan { $tokens }.
    }
warning-nearly =
    { $count ->
       *[other] Has usado el { $percent } % de tu límite de { $limit }; se reinicia { $resets }.
    }
warning-end =
    { $count ->
       *[other] Tu límite de { $limit } está agotado; se reinicia { $resets }.
    }
warning-end-but =
    { $count ->
       *[other] Tu límite de { $limit } está agotado, salvo { $rest }; se reinicia { $resets }.
    }

price-cancelled = Cancelada. No se gastó nada.
price-withdrawn = La pregunta se borró. No se gastó nada.
price-ask = **{ $price }.** ¿La envío?
price-ask-share = **{ $price }, el { $share } % de lo que te queda hoy.** ¿La envío?
price-ask-share-whole = **{ $price }, el { $share } % de tu día.** ¿La envío?
price-tokens = Unos { $tokens } tokens
price-tokens-cost = Unos { $tokens } tokens, unos { $cost }
price-trim-tokens =
    { $turns ->
        [one] -# Recortar la envía sin { $turns } turno anterior: unos { $tokens } tokens.
       *[other] -# Recortar la envía sin { $turns } turnos anteriores: unos { $tokens } tokens.
    }
price-trim-tokens-cost =
    { $turns ->
        [one] -# Recortar la envía sin { $turns } turno anterior: unos { $tokens } tokens, unos { $cost }.
       *[other] -# Recortar la envía sin { $turns } turnos anteriores: unos { $tokens } tokens, unos { $cost }.
    }
price-rules = -# Solo puede elegir quien preguntó. Antes no se gasta nada; la pregunta espera un día.

alarm-credits-gone = ⚠️ OpenRouter ya no responde a nadie: mi saldo allí, o el límite de mi clave, se ha agotado. Añade saldo o sube el límite; lo intento de nuevo cada minuto.
alarm-credits-low = ⚠️ Mi saldo en OpenRouter, o el límite de mi clave, está casi agotado. Añade saldo o sube el límite antes de que ya no pueda responder.
alarm-key-rejected = ⚠️ OpenRouter no acepta mi clave, así que no se puede responder a nadie. Pon una OPENROUTER_API_KEY válida en mi configuración y vuelve a iniciarme.

branch-first = -# 🧵 Este hilo continúa desde { $answer }. Recuerdo todo lo que se dijo hasta ahí. { $how }
branch-this-answer = [esta respuesta]({ $link })
branch-an-answer = una respuesta
branch-here = Aquí está tu hilo: { $thread }
thread-waits = Aquí respondo cuando me mencionan o cuando me respondes.
thread-answers = Aquí se responde a cada mensaje; no hace falta mencionarme.
thread-not-mine = Un mensaje solo puede tener uno. Mencióname en él y responderé.
thread-exists = Ese mensaje ya tiene un hilo: { $thread }
thread-read-with = 🧵 He leído [lo que escribió { $writer }]({ $link }), con { $files }. ¿Qué quieres saber sobre ello?
thread-read = 🧵 He leído [lo que escribió { $writer }]({ $link }). ¿Qué quieres saber sobre ello?
thread-too-long = -# ⚠️ Es demasiado largo para mí: solo he leído el principio.
thread-name-message = Lo que escribió { $writer }
thread-me = Threadlight
thread-title-cut = -# El título tenía más de { $most } caracteres; este es su principio.
chat-asks = **{ $asker }** pregunta:
chat-with = Charla con { $person }
form-ask-title = Preguntar sobre este mensaje
form-ask-example = ¿Qué quieres saber sobre él?
form-ask-question = Tu pregunta
