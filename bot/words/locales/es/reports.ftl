# Qué se usó, y qué habría detenido un límite; gráficos, y las frases que dicen lo mismo.

span-day = hoy
span-week = esta semana
span-month = este mes
span-thirty-days = en los últimos 30 días
amounts-line = { $requests } · { $tokens } · { $cost }
amounts-sentence = { $requests }, { $tokens }, { $cost }
usage-nothing = Todavía no has preguntado nada aquí.
usage-heading = **Tus últimas preguntas aquí**
usage-turn = - { $when } · { $about }{ $tokens } · { $about }{ $cost }
usage-turn-of = - { $when } · { $about }{ $tokens } · { $about }{ $cost } · preguntado por { $asker }, pagado por ti
roughly = unos{" "}
report-head = **Uso de este servidor { $span }**, desde { $since }
report-empty = Nadie ha usado nada.
report-people = **Personas con más uso**, de { $count }
report-channels = **Canales con más uso**, de { $count }, con sus hilos
report-share = { $place }. { $who } · { $amounts } · { $share }
report-others = -# y { $count } más, { $tokens } · { $share }
report-hours = **Horas con más uso** ({ $zone }): { $hours }
report-hour = { $hours } ({ $share })
report-hours-none = ninguna
hours = { $from } a { $to }

limit-for-holders = { $limit } para quien tenga { $role }
limit-for-members = { $limit } para cada miembro
people =
    { $count ->
        [one] { $count } persona
       *[other] { $count } personas
    }
simulated-nobody = Nadie a quien se aplicaría ha preguntado nada en ese tiempo.
simulated-nothing = No habría detenido nada: caben las { $requests } de { $people }.
simulated = Habría detenido **{ $stopped }** de { $requests } ({ $share }), de { $who } de { $people }.
simulated-person = - { $person }: { $stopped } de { $requests }, la primera { $first }
simulated-others = -# y { $people } más, { $stopped } preguntas: el archivo las tiene todas
simulated-heading = **{ $limit }**, aplicado a los últimos 30 días
simulated-how = -# Una pregunta cuenta como detenida si no habría cabido entera; el bot habría acortado algunas respuestas. Lo que pagaron las concesiones queda fuera, igual que los miembros exentos o con un límite propio como este.
simulated-holders-now = -# Cuenta quien tiene el rol ahora, no quien lo tenía entonces.
simulated-doubt = ⚠️ No se pudo averiguar si { $unasked } de { $people } personas tienen el rol, así que quedan fuera.

chart-span-day = Uso de hoy
chart-span-week = Uso de esta semana
chart-span-month = Uso de este mes
chart-span-thirty-days = Uso de los últimos 30 días
chart-tokens-a-day = Tokens al día
chart-nothing-yet = todavía nada
chart-today = hoy
chart-within = dentro de los límites
chart-granted = pagado con concesiones
chart-your-days = Tus últimos { $days } días
chart-tokens-an-hour = Tokens por hora del día
chart-people = Personas
chart-channels = Canales, con sus hilos
chart-most-tokens = Más tokens
chart-dates-zone = { $dates }, { $zone }
chart-other-people =
    { $count ->
        [one] { $count } persona más
       *[other] { $count } personas más
    }
chart-other-channels =
    { $count ->
        [one] { $count } canal más
       *[other] { $count } canales más
    }
chart-person-unknown = persona …{ $digits }
chart-channel-unknown = canal …{ $digits }
described-own = Gráfico de barras de tus tokens al día, { $dates }: { $amounts } en total
described-own-most = ; lo máximo el { $day }, { $tokens }
described-own-granted = ; { $tokens } se pagaron con concesiones
described-own-idle = ; nada en { $idle } de { $days } días
described-end = .
described-hours-none = Lo que se usó, { $dates }: { $amounts }.
described-hours = Lo que se usó, { $dates }: { $amounts }. Gráfico de barras por hora del día: lo máximo de { $hours }, { $share } de todos los tokens.
described-shares = Gráficos de barras.
described-people = {" "}Personas con más tokens: { $most }.
described-channels = {" "}Canales con más tokens: { $most }.
described-share = { $name } ({ $share })
dates-one-day = { $day } { $year }
dates-one-year = { $first } a { $last } { $year }
dates-two-years = { $first } { $year } a { $last } { $last-year }
