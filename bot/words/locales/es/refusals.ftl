# Qué salió mal, qué costó y qué hacer ahora.

unknown-error = Algo salió mal de mi lado y ha quedado anotado en el registro. Inténtalo de nuevo; si vuelve a pasar, avisa a quien opera este bot.
screen-gone = No puedo mostrar la respuesta nueva: el mensaje de la anterior ya no está, o no tengo acceso a él. Lo que gastó la nueva cuenta igualmente.
discord-unreachable = Ahora mismo no se puede llegar a Discord. Inténtalo más tarde.
storage-busy = Mi memoria está muy ocupada ahora mismo. Inténtalo de nuevo en un momento.
storage-trouble = Ahora mismo no puedo usar mi memoria, así que no puedo responder. Avisa, por favor, a quien opera este bot.

refused = Eso no se puede hacer ahora. No se gastó nada.
price-unknown = Ahora mismo no veo el precio del modelo, así que respondo las preguntas de una en una para respetar los límites de coste. Pregunta de nuevo en un momento. No se gastó nada.
repeated = Eso ya se ha preguntado. No se gastó nada.
nothing-spent = No se gastó nada.
place-closed = Este lugar se cerró antes de que llegara el turno de la pregunta. No se gastó nada.
withdrawn = La pregunta se borró antes de que llegara su turno. No se gastó nada.
forgotten = Esas palabras están olvidadas: hiciste borrar todo lo que dijiste. Lo que hay en Discord puedes borrarlo allí; pregunta de nuevo si quieres.
quote-forgotten = El mensaje del que se trata se olvidó por deseo de su autor antes de que esto pudiera hacerse. No se gastó nada.
quote-gone = El mensaje del que se trata ya no se puede leer: se borró, o solo lo veías tú y me he reiniciado desde entonces. No se gastó nada.
form-typed = Lo que escribiste:
being-written = Aquí se está escribiendo una respuesta nueva. Espera a que termine o detenla primero.
nothing-there = De eso ya no hay nada: se borró o nunca existió.
thinking-hidden = El pensamiento está oculto aquí: lo eligió con `/{ cmd-settings }` quien administra este lugar.
already-ended = Esa respuesta ya no se está escribiendo, así que no hay nada que detener.
proposal-gone = Esa pregunta ya no espera respuesta: se envió o se canceló, o tiene más de un día. Pregunta de nuevo si quieres; esto no costó nada.
shutting-down = Estoy a punto de reiniciarme. Pregunta de nuevo en un minuto; no se gastó nada.
question-empty = Ahí no había ninguna pregunta.{ $files } Escribe una y la responderé.
nothing-to-read = No encontré palabras que leer en ese mensaje.{ $files } No se gastó nada.
file-sentence = {" "}{ $note }.
in-line =
    { $ahead ->
        [one] Te toca después de { $ahead } pregunta que se está respondiendo aquí.
       *[other] Te toca después de { $ahead } preguntas que esperan o se están respondiendo aquí.
    }
queue-full =
    { $waiting ->
        [one] Ya hay { $waiting } pregunta esperando aquí. Pregunta de nuevo cuando se hayan respondido algunas.
       *[other] Ya hay { $waiting } preguntas esperando aquí. Pregunta de nuevo cuando se hayan respondido algunas.
    }
too-long-pinned = Con lo que está fijado aquí son unos { $tokens } tokens, y caben { $limit }. Fijado: { $pinned }. Quita algo con `/{ cmd-history } { cmd-history-show }` o pregunta en otro canal. No se gastó nada.
too-long = Es demasiado largo: con sus archivos son unos { $tokens } tokens, y caben { $limit }. Acórtalo o pregunta por una parte. No se gastó nada.
too-long-persona = La persona de aquí no deja sitio para una pregunta: ocupa unos { $persona } de los { $limit } tokens que caben. Quien la definió puede acortarla con `/{ cmd-persona } { cmd-persona-set }`; quienes gestionan este servidor pueden subir el límite con `/{ cmd-settings } { cmd-settings-set }`. No se gastó nada.
too-long-to-continue = Esta respuesta ya es demasiado larga para continuarla: con su pregunta son unos { $tokens } tokens, y caben { $limit }. Pide el resto en una pregunta nueva. No se gastó nada.
quoted-name = «{ $name }»
not-allowed-me = No puedo hacer eso aquí: me falta el permiso **{ $permission }**. Alguien que administre este servidor puede dármelo.
not-allowed-you = Para eso necesitas el permiso **{ $permission }**.
permission-manage-server = Gestionar servidor
permission-manage-channels = Gestionar canales
permission-manage-messages = Gestionar mensajes
permission-read-message-history = Leer el historial de mensajes
permission-view-channel = Ver canal
permission-create-public-threads = Crear hilos públicos
permission-create-private-threads = Crear hilos privados
permission-send-messages-in-threads = Enviar mensajes en hilos
not-owner = Solo puede hacerlo quien es dueño de este hilo.
not-owner-but = Solo puede hacerlo { $owner }, que es dueño de este hilo.
not-yours-moderators = Solo puede hacerlo quien preguntó, o alguien de moderación.
not-yours = Solo puede hacerlo quien preguntó. Tú puedes preguntar lo mismo.

whose-bot = El límite de todo el bot de { $limit } para todos juntos
whose-operator = El límite del bot de { $limit } para este servidor
whose-server = El límite de este servidor de { $limit } para todos juntos
whose-channel = El límite de este canal de { $limit } para todos juntos
whose-member = Tu propio límite de { $limit }
whose-role = El límite de tu rol de { $limit } para cada miembro
whose-everyone = El límite de este servidor de { $limit } para cada miembro
whose-default = El límite de { $limit } para cada persona
quota-left =
    { $count ->
        [one] queda { $amount }
       *[other] quedan { $amount }
    }
quota-held = , con { $amount } en reserva para respuestas que aún se están escribiendo
quota-needs = , y esta pregunta necesita al menos { $amount }
quota-reached = { $whose } se ha alcanzado: { $left }. Se reinicia { $resets }. No se gastó nada.
quota-too-small = { $whose } es demasiado pequeño para esta pregunta, que necesita al menos { $needed }; { $left }. Puede que quepa una pregunta más corta, o que te suba el límite quien los administra. No se gastó nada.

invalid-request = El modelo no aceptó esta pregunta; puede que sea demasiado larga para él. Prueba con una más corta o pregunta en un hilo nuevo.
key-rejected = OpenRouter no acepta la clave de este bot, así que ahora no se puede responder a nadie. Avisa, por favor, a quien opera este bot.
credits-exhausted = Se ha agotado el saldo de este bot en OpenRouter, así que ahora no se puede responder a nadie. Avisa, por favor, a quien opera este bot.
moderated = Un filtro de moderación rechazó estas palabras. Intenta decirlo de otra manera.
moderated-for = Un filtro de moderación rechazó estas palabras ({ $reasons }). Intenta decirlo de otra manera.
no-endpoint = Ahora mismo nadie ofrece el modelo. Inténtalo más tarde; si sigue así, avisa a quien opera este bot.
rate-limited = Ahora mismo el modelo recibe demasiadas preguntas. { $again }
provider-trouble = El proveedor del modelo tiene problemas ahora mismo. { $again }
unreachable = No se pudo llegar a OpenRouter. { $again }
empty-answer = El modelo terminó sin decir una palabra. { $again }
stream-broken = La respuesta se cortó: se perdió la conexión con el modelo. { $again }
model-error = El modelo no pudo responder. { $again }
again-in =
    { $seconds ->
        [one] Inténtalo de nuevo en { $seconds } segundo.
       *[other] Inténtalo de nuevo en { $seconds } segundos.
    }
again-soon = Inténtalo de nuevo en un momento.
with-cost-begun = { $what } Se cobra lo que se usó hasta entonces.
with-cost-none = { $what } No costó nada.

unread-line = { $file }: { $problem }
unread-too-large = no se leyó, ocupa más de { $kilobytes } kB
unread-kind = no se leyó, el modelo lee texto y esto es { $about }
unread-not-handed-out = no se leyó, Discord no lo entregó; envíalo otra vez, por favor
unread-no-text = no se leyó, no es un archivo de texto
unread-empty = está vacío
unread-no-room = no se leyó, con él el hilo no tendría sitio para preguntas
