# Ce qui a été utilisé, et ce qu’une limite aurait arrêté ; graphiques, et phrases qui disent pareil.

span-day = aujourd’hui
span-week = cette semaine
span-month = ce mois-ci
span-thirty-days = ces 30 derniers jours
amounts-line = { $requests } · { $tokens } · { $cost }
amounts-sentence = { $requests }, { $tokens }, { $cost }
usage-nothing = Tu n’as encore rien demandé ici.
usage-heading = **Tes dernières questions ici**
usage-turn = - { $when } · { $about }{ $tokens } · { $about }{ $cost }
usage-turn-of = - { $when } · { $about }{ $tokens } · { $about }{ $cost } · demandé par { $asker }, payé par toi
roughly = environ{" "}
report-head = **Utilisation de ce serveur { $span }**, depuis { $since }
report-empty = Personne n’a rien utilisé.
report-people = **Les plus actifs** sur { $count }
report-channels = **Les salons les plus actifs** sur { $count }, avec leurs fils
report-share = { $place }. { $who } · { $amounts } · { $share }
report-others = -# et { $count } de plus, { $tokens } · { $share }
report-hours = **Heures les plus chargées** ({ $zone }) : { $hours }
report-hour = { $hours } ({ $share })
report-hours-none = aucune
hours = { $from } à { $to }

limit-for-holders = { $limit } pour chaque personne avec { $role }
limit-for-members = { $limit } pour chaque membre
people =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
simulated-nobody = Aucune des personnes visées n’a demandé quoi que ce soit pendant ce temps.
simulated-nothing = Elle n’aurait rien arrêté : { $requests } de { $people }, tout passe.
simulated = Elle aurait arrêté **{ $stopped }** sur { $requests } ({ $share }), venant de { $who } sur { $people }.
simulated-person = - { $person } : { $stopped } sur { $requests }, la première { $first }
simulated-others = -# et { $people } de plus, { $stopped } questions : le fichier les contient toutes
simulated-heading = **{ $limit }**, rejouée sur les 30 derniers jours
simulated-how = -# Une question compte comme arrêtée si elle n’aurait pas tenu tout entière ; le bot aurait plutôt raccourci certaines réponses. Ce que des crédits accordés ont payé n’y est pas, ni les membres exemptés ou qui ont leur propre limite de ce genre.
simulated-holders-now = -# C’est qui a le rôle maintenant qui compte, pas qui l’avait alors.
simulated-doubt = ⚠️ Impossible de savoir si { $unasked } sur { $people } personnes ont le rôle ; elles sont donc laissées de côté.

chart-span-day = Utilisation aujourd’hui
chart-span-week = Utilisation cette semaine
chart-span-month = Utilisation ce mois-ci
chart-span-thirty-days = Utilisation ces 30 derniers jours
chart-tokens-a-day = Jetons par jour
chart-nothing-yet = rien encore
chart-today = aujourd’hui
chart-within = dans les limites
chart-granted = payé par ce qui est accordé
chart-your-days = Tes { $days } derniers jours
chart-tokens-an-hour = Jetons par heure de la journée
chart-people = Personnes
chart-channels = Salons, avec leurs fils
chart-most-tokens = Le plus de jetons
chart-dates-zone = { $dates }, { $zone }
chart-other-people =
    { $count ->
        [one] { $count } autre personne
       *[other] { $count } autres personnes
    }
chart-other-channels =
    { $count ->
        [one] { $count } autre salon
       *[other] { $count } autres salons
    }
chart-person-unknown = personne …{ $digits }
chart-channel-unknown = salon …{ $digits }
described-own = Diagramme en barres de tes jetons par jour, { $dates } : { $amounts } en tout
described-own-most = ; le plus le { $day }, { $tokens }
described-own-granted = ; { $tokens } payés par ce qui est accordé
described-own-idle = ; rien pour { $idle } jours sur { $days }
described-end = .
described-hours-none = Ce qui a été utilisé, { $dates } : { $amounts }.
described-hours = Ce qui a été utilisé, { $dates } : { $amounts }. Diagramme en barres par heure de la journée : le plus de { $hours }, { $share } de tous les jetons.
described-shares = Diagrammes en barres.
described-people = {" "}Personnes avec le plus de jetons : { $most }.
described-channels = {" "}Salons avec le plus de jetons : { $most }.
described-share = { $name } ({ $share })
dates-one-day = { $day } { $year }
dates-one-year = { $first } au { $last } { $year }
dates-two-years = { $first } { $year } au { $last } { $last-year }
