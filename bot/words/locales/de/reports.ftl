# Was verbraucht wurde, und was ein Limit gestoppt hätte; Diagramme, und die Sätze dazu.

span-day = heute
span-week = in dieser Woche
span-month = in diesem Monat
span-thirty-days = in den letzten 30 Tagen
amounts-line = { $requests } · { $tokens } · { $cost }
amounts-sentence = { $requests }, { $tokens }, { $cost }
usage-nothing = Du hast hier noch nichts gefragt.
usage-heading = **Deine letzten Fragen hier**
usage-turn = - { $when } · { $about }{ $tokens } · { $about }{ $cost }
usage-turn-of = - { $when } · { $about }{ $tokens } · { $about }{ $cost } · gefragt von { $asker }, bezahlt von dir
roughly = etwa{" "}
report-head = **Nutzung dieses Servers { $span }**, seit { $since }
report-empty = Niemand hat etwas verbraucht.
report-people = **Personen mit der größten Nutzung**, von { $count }
report-channels = **Kanäle mit der größten Nutzung**, von { $count }, mit ihren Threads
report-share = { $place }. { $who } · { $amounts } · { $share }
report-others = -# und { $count } weitere, { $tokens } · { $share }
report-hours = **Stärkste Stunden** ({ $zone }): { $hours }
report-hour = { $hours } ({ $share })
report-hours-none = keine
hours = { $from } bis { $to }

limit-for-holders = { $limit } für alle mit { $role }
limit-for-members = { $limit } für jedes Mitglied
people =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
simulated-nobody = Niemand, für den es gälte, hat in dieser Zeit etwas gefragt.
simulated-nothing = Es hätte nichts gestoppt: Alle { $requests } von { $people } passen.
simulated = Es hätte **{ $stopped }** von { $requests } gestoppt ({ $share }), gestellt von { $who } von { $people }.
simulated-person = - { $person }: { $stopped } von { $requests }, zuerst { $first }
simulated-others = -# und { $people } weitere, { $stopped } Anfragen: Die Datei enthält alle
simulated-heading = **{ $limit }**, auf die letzten 30 Tage angewandt
simulated-how = -# Eine Anfrage gilt als gestoppt, wenn sie nicht ganz gepasst hätte; der Bot hätte stattdessen manche Antworten gekürzt. Was extra gewährt war, bleibt außen vor, und ebenso Mitglieder, die ausgenommen sind oder ein eigenes solches Limit haben.
simulated-holders-now = -# Es zählt, wer die Rolle jetzt hat, nicht wer sie damals hatte.
simulated-doubt = ⚠️ Ob { $unasked } von { $people } Personen die Rolle haben, ließ sich nicht herausfinden; sie sind deshalb nicht dabei.

chart-span-day = Nutzung heute
chart-span-week = Nutzung in dieser Woche
chart-span-month = Nutzung in diesem Monat
chart-span-thirty-days = Nutzung in den letzten 30 Tagen
chart-tokens-a-day = Tokens pro Tag
chart-nothing-yet = noch nichts
chart-today = heute
chart-within = innerhalb der Limits
chart-granted = extra gewährt
chart-your-days = Deine letzten { $days } Tage
chart-tokens-an-hour = Tokens nach Stunde des Tages
chart-people = Personen
chart-channels = Kanäle, mit ihren Threads
chart-most-tokens = Die meisten Tokens
chart-dates-zone = { $dates }, { $zone }
chart-other-people =
    { $count ->
        [one] { $count } weitere Person
       *[other] { $count } weitere Personen
    }
chart-other-channels =
    { $count ->
        [one] { $count } weiterer Kanal
       *[other] { $count } weitere Kanäle
    }
chart-person-unknown = Person …{ $digits }
chart-channel-unknown = Kanal …{ $digits }
described-own = Säulendiagramm deiner Tokens pro Tag, { $dates }: { $amounts } insgesamt
described-own-most = ; am meisten am { $day }, { $tokens }
described-own-granted = ; { $tokens } waren extra gewährt
described-own-idle = ; nichts an { $idle } von { $days } Tagen
described-end = .
described-hours-none = Was { $dates } verbraucht wurde: { $amounts }.
described-hours = Was { $dates } verbraucht wurde: { $amounts }. Säulendiagramm nach Stunde des Tages: am meisten von { $hours }, { $share } aller Tokens.
described-shares = Balkendiagramme.
described-people = {" "}Personen mit den meisten Tokens: { $most }.
described-channels = {" "}Kanäle mit den meisten Tokens: { $most }.
described-share = { $name } ({ $share })
dates-one-day = { $day } { $year }
dates-one-year = { $first } bis { $last } { $year }
dates-two-years = { $first } { $year } bis { $last } { $last-year }
