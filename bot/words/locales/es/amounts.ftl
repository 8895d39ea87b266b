# Límites y cantidades, y las líneas que los muestran.

amount-requests =
    { $amount ->
        [one] { $amount } pregunta
       *[other] { $amount } preguntas
    }
amount-tokens =
    { $amount ->
        [one] { $amount } token
       *[other] { $amount } tokens
    }
unit-requests =
    { $amount ->
        [one] pregunta
       *[other] preguntas
    }
unit-tokens =
    { $amount ->
        [one] token
       *[other] tokens
    }
unit-cost = coste
meter-requests = Preguntas
meter-tokens = Tokens
meter-cost = Coste

dollars = { $amount } $
part-of = { $part } de { $whole }
percent = { $share } %
percent-under-one = menos del 1 %

window-minute = por minuto
window-hour = por hora
window-day = al día
window-week = por semana
window-month = al mes
now-minute = en este minuto
now-hour = en esta hora
now-day = hoy
now-week = esta semana
now-month = este mes

limit = { $amount } { $window }
rule = { $limit } para { $target }
target-bot = todos juntos, en todo el bot
target-operator = este servidor, fijado por quien opera el bot
target-server = todos juntos, en todo el servidor
target-channel = todos juntos en { $channel }
target-role = cada miembro con { $role }
target-everyone = cada miembro
target-default = cada persona, por defecto del bot
target-plain-server = todo el servidor

bar-title = **{ $meter } { $window }** · { $target }
bar-numbers = uso: { $used } de { $limit }{ $held } · queda: { $left }{ $granted } · se reinicia { $resets }
bar-held = {" "}· { $amount } en reserva
bar-granted = {" "}({ $amount } por concesión)

list-between = {", "}
list-last-or = {" "}o{" "}
list-last-and = {" "}y{" "}
and-more = { $count } más

short-thousands = { $short }k
short-millions = { $short }M

pattern-day = d MMM
pattern-day-of-month = d
pattern-last-of-month = d MMM
pattern-clock = EEEE, HH:mm
