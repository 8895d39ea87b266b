# Wie jemand dasteht: welches Limit entscheidet und warum, was blockiert, was gewährt ist.

why-member = es ist für genau dieses Mitglied festgelegt
why-role = von den Rollen dieses Mitglieds ist es das großzügigste
why-everyone = es gilt für jedes Mitglied, und kein Limit einer Rolle oder eines Mitglieds geht vor
why-default = dieser Server hat für dieses Mitglied kein Limit festgelegt
why-channel = das Limit eines Kanals gilt immer
why-server = das Limit des Servers gilt immer
why-operator = das Limit des Betreibers für einen Server gilt immer
why-bot = das Limit des ganzen Bots gilt immer
decides = Entscheidet: { $why }.
decides-yielding = Entscheidet: { $why }. Dahinter zurück tritt: { $others }.
yielding-between = {"; "}
own-exempt-member = Du bist als Mitglied **ausgenommen**: Für dich zählen hier nur Limits, die alle teilen.
own-exempt-role = Du bist durch die Rolle { $role } **ausgenommen**: Für dich zählen hier nur Limits, die alle teilen.
own-no-limit = Für dich ist kein Limit festgelegt.
exempt-member = **Ausgenommen** als Mitglied: Es zählen nur die Limits, die alle teilen.
exempt-role = **Ausgenommen** durch die Rolle { $role }: Es zählen nur die Limits, die alle teilen.
no-limit = Kein Limit ist festgelegt.
afresh = -# Die Zeiträume dieses Mitglieds haben { $when } neu begonnen.
granted-heading = **Extra gewährt**, wird verbraucht, wenn ein Limit oben aufgebraucht ist
granted-left = { $left } übrig, läuft ab { $expires }
granted-left-forever = { $left } übrig, läuft nie ab
blocked-by = **Blockiert durch**: { $whose }, { $limit }, beginnt neu { $resets }
blocked-role = Rolle { $role }
blocked-member = Mitglied { $member }
heading-account = **{ $name }**, in diesem Kanal

limit-set = Festgelegt: { $rule }. Es gilt ab der nächsten Frage.
limit-set-no-defaults = -# Für wen dieses Limit ist, gelten die Standardlimits des Bots nicht mehr: { $limits }.
limit-removed = Entfernt. `/{ cmd-quota } { cmd-quota-list }` zeigt, was bleibt.
limit-not-there = Ein solches Limit gibt es nicht. `/{ cmd-quota } { cmd-quota-list }` zeigt, welche es gibt.
limits-own = **Limits dieses Servers**
limits-default = **Für Mitglieder, für die er keine festgelegt hat**
limits-operator = **Vom Betreiber des Bots festgelegt**
limits-bot = **Für den ganzen Bot, auf allen Servern**
limits-exempt = **Von persönlichen Limits ausgenommen**: denen eines Mitglieds, einer Rolle oder aller Mitglieder
limits-none = keine

granted-forever = Gewährt: { $amount } extra für { $member }. Das läuft nie ab.
granted-until = Gewährt: { $amount } extra für { $member }. Das läuft { $expires } ab.
reset-member = Zurückgesetzt: { $member } hat ab jetzt nichts verbraucht.
reset-uncounted = -# Zählt nicht mehr: { $used }.
used-now = { $amount } { $now }
each-with-role = Jedes Mitglied mit { $role }
exempt-now = { $whom } ist ab der nächsten Frage von persönlichen Limits ausgenommen. Limits eines Kanals, des ganzen Servers und des Bots zählen weiterhin.
exempt-no-more = { $whom } ist nicht mehr ausgenommen: Persönliche Limits gelten ab der nächsten Frage.
exempt-already = { $whom } war schon ausgenommen.
exempt-not-already = { $whom } war gar nicht ausgenommen.
exempt-still-by-role = { $whom } ist nicht mehr als Mitglied ausgenommen, aber weiterhin durch die Rolle { $role }.
exempt-still-by-role-only = { $whom } war nicht als Mitglied ausgenommen, ist es aber weiterhin durch die Rolle { $role }.

sponsor-nobody = Niemand sponsert diesen Thread: Was jemand fragt, zählt bei jedem selbst.
sponsor-begun = { $sponsor } sponsert diesen Thread: Was hier gefragt wird, zählt bei dieser Person, bis zu { $cap } insgesamt.
sponsor-begun-more = -# Darüber hinaus, oder wo deren eigene Limits keinen Platz lassen, zahlt jeder selbst. `/{ cmd-sponsor } { cmd-sponsor-off }` beendet es.
sponsor-ended = { $sponsor } sponsert diesen Thread nicht mehr; { $spent } von { $cap } ausgegeben. Ab jetzt zählt bei jedem selbst, was er fragt.
sponsor-state = { $sponsor } sponsert diesen Thread: { $spent } von { $cap } ausgegeben, { $left } übrig.
