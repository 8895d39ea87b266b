# Limits und Beträge, und die Zeilen, die sie zeigen.

amount-requests =
    { $amount ->
        [one] { $amount } Anfrage
       *[other] { $amount } Anfragen
    }
amount-tokens =
    { $amount ->
        [one] { $amount } Token
       *[other] { $amount } Tokens
    }
unit-requests =
    { $amount ->
        [one] Anfrage
       *[other] Anfragen
    }
unit-tokens =
    { $amount ->
        [one] Token
       *[other] Tokens
    }
unit-cost = Kosten
meter-requests = Anfragen
meter-tokens = Tokens
meter-cost = Kosten

dollars = { $amount } $
part-of = { $part } von { $whole }
percent = { $share } %
percent-under-one = unter 1 %

window-minute = pro Minute
window-hour = pro Stunde
window-day = pro Tag
window-week = pro Woche
window-month = pro Monat
now-minute = in dieser Minute
now-hour = in dieser Stunde
now-day = heute
now-week = in dieser Woche
now-month = in diesem Monat

limit = { $amount } { $window }
rule = { $limit } für { $target }
# Ziele stehen im Akkusativ, nach „für“, und auch allein.
target-bot = alle zusammen, im ganzen Bot
target-operator = alle auf diesem Server, vom Betreiber des Bots festgelegt
target-server = alle zusammen, auf dem ganzen Server
target-channel = alle zusammen in { $channel }
target-role = jedes Mitglied mit { $role }
target-everyone = jedes Mitglied
target-default = jede Person, Standard des Bots
target-plain-server = den ganzen Server

bar-title = **{ $meter } { $window }** · { $target }
bar-numbers = { $used } von { $limit } verbraucht{ $held } · { $left } übrig{ $granted } · beginnt neu { $resets }
bar-held = {" "}· { $amount } reserviert
bar-granted = {" "}(davon { $amount } extra gewährt)

list-between = {", "}
list-last-or = {" "}oder{" "}
list-last-and = {" "}und{" "}
and-more = { $count } weitere

short-thousands = { $short }k
short-millions = { $short } Mio.

pattern-day = d. MMM
pattern-day-of-month = d.
pattern-last-of-month = d. MMM
pattern-clock = EEEE, HH:mm
