# Lo que eligieron servidores y canales, personas, y el rastro de los cambios.

settings-heading = **Ajustes en { $channel }**
settings-line = - { $name }: **{ $value }** ({ $whose }): { $meaning }
settings-set = Fijado para { $where }: { $settings }
settings-set-one = { $name } **{ $value }**
settings-reset = Restablecido para { $where }: { $names }
settings-reset-nothing = Nada de esto estaba fijado para { $where }.
settings-this-server = este servidor
settings-by-server = este servidor
settings-default = valor predeterminado
settings-here = fijado aquí
settings-tokens = { $amount } tokens
meaning-temperature = con cuánta libertad elige el modelo sus palabras
meaning-top-p = entre cuántas de las palabras más probables elige
meaning-max-output = el límite de una respuesta, con lo que piensa
meaning-context = lo que puede contener un prompt, con el pasado y los archivos
meaning-thinking = cuánto tiempo y cuánto piensa el modelo, mientras lo hace
meaning-footer = la línea con segundos, tokens, coste y lo que queda
meaning-mention-only = en mis hilos responder solo donde me mencionan o me responden
timezone-line = - { option-timezone }: { $zone }
timezone-set = Fijado: { option-timezone } { $zone }
timezone-reset = Restablecido: { option-timezone } { $zone }
timezone-now = **{ $zone }**, donde es { $time }. Los días, semanas y meses de los límites de este servidor empiezan según este reloj.
timezone-proposed = { $zone } (ahora { $time })

persona-none = Aquí no hay ninguna persona fijada: soy un asistente servicial. `/{ cmd-persona } { cmd-persona-set }` escribe una y tiene algunas para empezar.
persona-placeholders = -# `{ $date }`, `{ $server }`, `{ $channel }` y `{ $user }` se sustituyen por lo que dicen.
persona-hint = { $placeholders } se rellenan
persona-title-person = **Para ti, preguntes donde preguntes; se añade a lo que valga allí**
persona-title-server = **Para este servidor**
persona-title-channel = **Para { $channel }**
persona-set-person = Fijada: tu propia persona. Vale a partir de la próxima pregunta.
persona-set-channel = Fijada: la persona de este canal. Vale a partir de la próxima pregunta.
persona-set-server = Fijada: la persona de este servidor. Vale a partir de la próxima pregunta.
persona-reset-person = Restablecida: tu propia persona.
persona-reset-channel = Restablecida: la persona de este canal.
persona-reset-server = Restablecida: la persona de este servidor.
persona-not-there-person = No tienes una persona propia que restablecer.
persona-not-there-channel = Este canal no tiene una persona que restablecer.
persona-not-there-server = Este servidor no tiene una persona que restablecer.
form-persona-person = Tu propia persona
form-persona-channel = La persona de este canal
form-persona-server = La persona de este servidor
form-persona-instructions = Instrucciones para el modelo
form-persona-example = Eres …

audit-heading = **Cambios del último año**, los más nuevos primero
audit-about = , hechos por { $person } o sobre esa persona
audit-by = , con **/{ $command }**
audit-none = Ninguno.
audit-line = - { $when } { $actor } **/{ $command }** { $target }: { $before } → { $after }
audit-nothing = nada
audit-whole-server = todo el servidor
audit-each-member = cada miembro
audit-limit = { $whom } { $meter }/{ $window }
audit-allowance = { $whom } { $meter }
audit-reports = { $whom } informes
audit-setting-in = { $setting } en { $channel }
audit-persona-server = persona del servidor
audit-persona-channel = persona de { $channel }
audit-characters = { $count ->
        [one] { $count } carácter
       *[other] { $count } caracteres
    }
audit-allow = permitido
audit-deny = denegado
audit-exempt = exento
audit-not-exempt = no exento
audit-afresh = desde cero
audit-until = { $amount } hasta { $when }
audit-used = { $used }/{ $window }
