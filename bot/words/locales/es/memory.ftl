# El estante de /historial: lo que vería el modelo.

shelf-heading = **Lo que ve el modelo con la próxima pregunta aquí**
shelf-heading-private = **Lo que ve el modelo con tu próxima pregunta privada aquí**
shelf-total = { $bar } { $total } de { $budget } tokens ({ $share } %)
shelf-turn = Una pregunta ocupa unos { $tokens } tokens, más lo que escribas.
shelf-turn-cost = Una pregunta ocupa unos { $tokens } tokens, unos { $cost }, más lo que escribas.
shelf-parts = -# { $instructions } de los tokens son instrucciones, { $around } rodean cualquier prompt; se cuenta con una respuesta de { $answer }.
shelf-empty = Aquí todavía no se ha dicho nada que yo recuerde: la próxima pregunta empieza de cero.
shelf-not-yours = -# Puedes fijar y apartar lo que preguntaste tú; moderación puede hacerlo con todo.
shelf-overflows = ⚠️ **Lo que se queda en cualquier caso es más de lo que cabe, así que aquí no se puede preguntar nada.** Deja de fijar o aparta algo.
shelf-files-only = (solo archivos)
shelf-file = -# 📄 { $marks }{ $words } · { $tokens } · con { $turn }
shelf-being-answered = -# ↳ ✍️ se está respondiendo
shelf-no-answer = -# ↳ sin respuesta
shelf-mark-pinned = fijado: se queda, por largo que sea esto
shelf-mark-stale = desfasado: respondido antes de que cambiara algo en lo que se apoya
shelf-mark-left-out = ya no cabe
shelf-mark-dropped = apartado: no se envía al modelo
shelf-mark-private = solo en lo que preguntas en privado
shelf-older =
    { $turns ->
        [one] -# { $turns } turno más antiguo, que hace tiempo que no cabe, no figura aquí
       *[other] -# { $turns } turnos más antiguos, que hace tiempo que no caben, no figuran aquí
    }
shelf-select-pin = 📌 Fijar o dejar de fijar …
shelf-select-drop = 🗑️ Apartar o devolver …
shelf-do-pin = Fijar { $what }
shelf-do-unpin = Dejar de fijar { $what }
shelf-do-drop = Apartar { $what }
shelf-do-restore = Devolver { $what }
shelf-nothing-to-clear = No hay nada que dejar a un lado: la próxima pregunta aquí ya empieza de cero.
shelf-cleared =
    { $turns ->
        [one] 🧹 **Un nuevo comienzo.** Un turno queda a un lado, también lo fijado: el modelo no ve nada de lo dicho aquí hasta ahora.
       *[other] 🧹 **Un nuevo comienzo.** { $turns } turnos quedan a un lado, también lo fijado: el modelo no ve nada de lo dicho aquí hasta ahora.
    }
shelf-cleared-note = -# No se borró nada. { button-undo } lo devuelve todo, también lo fijado.
shelf-undone = Se deshizo el nuevo comienzo: lo dicho antes se recuerda otra vez.
button-refresh = Actualizar
button-undo = Deshacer

export-nothing = Todavía no recuerdo nada de esta conversación; el archivo lo dice.
export-what =
    { $questions ->
        [one] Lo que recuerdo de esta conversación: { $questions } pregunta con sus archivos y respuestas.
       *[other] Lo que recuerdo de esta conversación: { $questions } preguntas con sus archivos y respuestas.
    }
export-private = Solo tú ves esto; las preguntas privadas de otros no están.
export-parts = Viene en { $parts } partes, porque Discord no acepta archivos más grandes.
export-left-out = ⚠️ Demasiado grandes para cualquier archivo, y por eso fuera: { $count }.
export-cut = ⚠️ Es demasiado largo: las preguntas más nuevas no están en estos archivos.

forget-ask = **¿Olvido todo lo que me has dicho?** No se puede deshacer.
forget-goes = Esto desaparece, de todos los servidores, hilos y mensajes directos:
forget-running = Se detienen las respuestas para ti que aún se están escribiendo.
forget-stays = Esto se queda:
forget-done = **Olvidado:**
forget-already = nada: ya estaba todo olvidado
forget-traces-now = Sus últimos rastros en los archivos de la base de datos se sobrescriben ahora; si siguen en uso, la próxima vez que me inicie.
forget-traces-next-start = Sus últimos rastros en el archivo de la base de datos no se sobrescriben hasta la próxima vez que me inicie: es demasiado grande para reescribirlo mientras respondo.
forget-traces-server = Sus últimos rastros en los archivos de la base de datos no puedo sobrescribirlos yo: lo hace el servidor de la base de datos la próxima vez que haga limpieza.
forget-from-now-on = -# Lo que digas desde ahora se recuerda otra vez.
forget-kept = No se olvidó nada.
forget-nothing-there = No guardo nada de lo que dijiste, así que no hay nada que olvidar.
forget-nothing-but = No guardo nada de lo que dijiste, así que no hay nada que olvidar. Sin contar: { $but }
forget-count-questions =
    { $count ->
        [one] { $count } pregunta tuya
       *[other] { $count } preguntas tuyas
    }
forget-count-files =
    { $count ->
        [one] { $count } archivo que las acompañaba
       *[other] { $count } archivos que las acompañaban
    }
forget-count-answers =
    { $count ->
        [one] { $count } respuesta a ellas, con lo que el modelo pensó primero
       *[other] { $count } respuestas a ellas, con lo que el modelo pensó primero
    }
forget-count-quotes =
    { $count ->
        [one] { $count } cita tuya en preguntas de otros
       *[other] { $count } citas tuyas en preguntas de otros
    }
forget-count-echoes =
    { $count ->
        [one] { $count } respuesta a otros que repite palabras tuyas
       *[other] { $count } respuestas a otros que repiten palabras tuyas
    }
forget-count-persona = tu propia persona
forget-count-waiting =
    { $count ->
        [one] { $count } pregunta que espera tu sí a su precio
       *[other] { $count } preguntas que esperan tu sí a su precio
    }
forget-count-titles =
    { $count ->
        [one] { $count } título de hilo que puede contener palabras tuyas
       *[other] { $count } títulos de hilos que pueden contener palabras tuyas
    }
forget-count-reasons =
    { $count ->
        [one] { $count } motivo que escribiste para concesiones y reinicios
       *[other] { $count } motivos que escribiste para concesiones y reinicios
    }
forget-shared =
    { $count ->
        [one] { $count } persona que escribiste para un canal o servidor y que pertenece allí: `/{ cmd-persona } { cmd-persona-reset }` la quita.
       *[other] { $count } personas que escribiste para un canal o servidor y que pertenecen allí: `/{ cmd-persona } { cmd-persona-reset }` las quita.
    }
forget-keeps-amounts = las preguntas, tokens y costes de lo que preguntaste, bajo tu id de Discord: los límites se apoyan en ello
forget-keeps-messages = tus mensajes y mis respuestas en Discord, y los nombres de los hilos allí, que puedes borrar o hacer borrar; los botones bajo esas respuestas ya no hacen nada
forget-keeps-others = lo que otros preguntaron y dijeron ellos mismos, aunque repita palabras tuyas, y mis demás respuestas a eso
forget-keeps-provider = lo que se envió al modelo y a su proveedor, sobre lo que decide la configuración de OpenRouter
button-forget = Olvidarlo todo
button-keep = Conservarlo

document-channel = canal { $id }
document-in-server = { $place } en { $server }
document-part = { $title }, parte { $part }
document-for = Exportado para { $person } el { $when }.
document-nothing = No se dijo nada.
document-goes-on = Sigue en la próxima parte.
document-edited = editado { $when }
document-private = privado
document-pinned = fijado
document-file = Archivo { $name }:
document-file-pinned = Archivo { $name }, fijado:
document-unnamed = sin nombre
document-answer = Respuesta
document-answer-of = Respuesta, { $place } de { $count }
document-chosen = la que cuenta
document-length = cortada por su límite
document-stopped = detenida
document-interrupted = interrumpida
document-stale = se basa en algo que ha cambiado desde entonces
