# Cómo está alguien: qué límite decide y por qué, qué bloquea, qué se ha concedido.

why-member = está fijado para este mismo miembro
why-role = de los roles de este miembro es el más generoso
why-everyone = es para todos los miembros, y ningún límite de rol o de miembro va antes
why-default = este servidor no ha fijado ningún límite para este miembro
why-channel = el límite de un canal cuenta siempre
why-server = el límite del servidor cuenta siempre
why-operator = el límite que fija el operador para un servidor cuenta siempre
why-bot = el límite de todo el bot cuenta siempre
decides = Decide: { $why }.
decides-yielding = Decide: { $why }. Ceden ante él: { $others }.
yielding-between = {"; "}
own-exempt-member = Estás **exento** como miembro: aquí solo cuentan para ti los límites que comparten todos.
own-exempt-role = Estás **exento** por el rol { $role }: aquí solo cuentan para ti los límites que comparten todos.
own-no-limit = No hay ningún límite fijado para ti.
exempt-member = **Exento** como miembro: solo cuentan los límites que comparten todos.
exempt-role = **Exento** por el rol { $role }: solo cuentan los límites que comparten todos.
no-limit = No hay ningún límite fijado.
afresh = -# Los periodos de este miembro empezaron de nuevo { $when }.
granted-heading = **Concedido aparte**, se gasta cuando se agota un límite de arriba
granted-left = queda { $left }, caduca { $expires }
granted-left-forever = queda { $left }, no caduca nunca
blocked-by = **Bloqueado por**: { $whose }, { $limit }, se reinicia { $resets }
blocked-role = rol { $role }
blocked-member = miembro { $member }
heading-account = **{ $name }**, en este canal

limit-set = Fijado: { $rule }. Vale a partir de la próxima pregunta.
limit-set-no-defaults = -# Para quien es este límite ya no valen los que el bot trae por defecto: { $limits }.
limit-removed = Quitado. `/{ cmd-quota } { cmd-quota-list }` muestra lo que queda.
limit-not-there = No hay tal límite. `/{ cmd-quota } { cmd-quota-list }` muestra los que hay.
limits-own = **Límites de este servidor**
limits-default = **Para los miembros a los que no ha fijado ninguno**
limits-operator = **Fijado por quien opera el bot**
limits-bot = **Para todo el bot, en todos los servidores**
limits-exempt = **Exentos de los límites personales**: los de un miembro, un rol o todos los miembros
limits-none = ninguno

granted-forever = Concedido: { $amount } aparte para { $member }. No caduca nunca.
granted-until = Concedido: { $amount } aparte para { $member }. Caduca { $expires }.
reset-member = Reiniciado: { $member } no tiene nada usado desde ahora.
reset-uncounted = -# Ya no cuenta: { $used }.
used-now = { $amount } { $now }
each-with-role = Cada miembro con { $role }
exempt-now = { $whom } queda exento de los límites personales a partir de la próxima pregunta. Los límites de un canal, de todo el servidor y del bot siguen contando.
exempt-no-more = { $whom } ya no está exento: los límites personales valen a partir de la próxima pregunta.
exempt-already = { $whom } ya estaba exento.
exempt-not-already = { $whom } no estaba exento.
exempt-still-by-role = { $whom } ya no está exento como miembro, pero lo sigue estando por el rol { $role }.
exempt-still-by-role-only = { $whom } no estaba exento como miembro, pero lo sigue estando por el rol { $role }.

sponsor-nobody = Nadie patrocina este hilo: las preguntas de cada cual cuentan en lo suyo.
sponsor-begun = { $sponsor } patrocina este hilo: las preguntas de todos aquí cuentan en lo suyo, hasta { $cap } en total.
sponsor-begun-more = -# Más allá de eso, o cuando sus propios límites no dan más, cada cual paga lo suyo. `/{ cmd-sponsor } { cmd-sponsor-off }` lo termina.
sponsor-ended = { $sponsor } ya no patrocina este hilo; { $spent } de { $cap } gastado. Desde ahora las preguntas de cada cual cuentan en lo suyo.
sponsor-state = { $sponsor } patrocina este hilo: { $spent } de { $cap } gastado, queda { $left }.
