# Limites et quantités, et les lignes qui les montrent.

amount-requests =
    { $amount ->
        [one] { $amount } question
       *[other] { $amount } questions
    }
amount-tokens =
    { $amount ->
        [one] { $amount } jeton
       *[other] { $amount } jetons
    }
unit-requests =
    { $amount ->
        [one] question
       *[other] questions
    }
unit-tokens =
    { $amount ->
        [one] jeton
       *[other] jetons
    }
unit-cost = coût
meter-requests = Questions
meter-tokens = Jetons
meter-cost = Coût

dollars = { $amount } $
part-of = { $part } sur { $whole }
percent = { $share } %
percent-under-one = moins de 1 %

window-minute = par minute
window-hour = par heure
window-day = par jour
window-week = par semaine
window-month = par mois
now-minute = cette minute
now-hour = cette heure-ci
now-day = aujourd’hui
now-week = cette semaine
now-month = ce mois-ci

limit = { $amount } { $window }
rule = { $limit } pour { $target }
target-bot = tout le monde ensemble, dans tout le bot
target-operator = ce serveur, fixé par l’opérateur du bot
target-server = tout le monde ensemble, sur tout le serveur
target-channel = tout le monde ensemble dans { $channel }
target-role = chaque membre avec { $role }
target-everyone = chaque membre
target-default = chaque personne, par défaut du bot
target-plain-server = tout le serveur

bar-title = **{ $meter } { $window }** · { $target }
bar-numbers = utilisé : { $used } sur { $limit }{ $held } · reste : { $left }{ $granted } · repart { $resets }
bar-held = {" "}· { $amount } en réserve
bar-granted = {" "}(dont { $amount } en plus)

list-between = {", "}
list-last-or = {" "}ou{" "}
list-last-and = {" "}et{" "}
and-more = { $count } de plus

short-thousands = { $short }k
short-millions = { $short } M

pattern-day = d MMM
pattern-day-of-month = d
pattern-last-of-month = d MMM
pattern-clock = EEEE, HH:mm
