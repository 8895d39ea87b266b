# Limits and amounts, and the lines that show them.

amount-requests =
    { $amount ->
        [one] { $amount } request
       *[other] { $amount } requests
    }
amount-tokens =
    { $amount ->
        [one] { $amount } token
       *[other] { $amount } tokens
    }
unit-requests =
    { $amount ->
        [one] request
       *[other] requests
    }
unit-tokens =
    { $amount ->
        [one] token
       *[other] tokens
    }
unit-cost = cost
meter-requests = Requests
meter-tokens = Tokens
meter-cost = Cost

# $amount is a number that is written already, here of dollars.
dollars = ${ $amount }
# $part and $whole are amounts.
part-of = { $part } of { $whole }
percent = { $share } %
percent-under-one = under 1 %

# How often a limit begins anew: "50 requests a day".
window-minute = a minute
window-hour = an hour
window-day = a day
window-week = a week
window-month = a month
now-minute = this minute
now-hour = this hour
now-day = today
now-week = this week
now-month = this month

limit = { $amount } { $window }
# $limit is a limit, $target one of the targets below.
rule = { $limit } for { $target }
target-bot = the whole bot, everyone together
target-operator = this server, set by the bot's operator
target-server = the whole server, everyone together
target-channel = { $channel }, everyone together
target-role = each member with { $role }
target-everyone = each member
target-default = each person, the bot's default
target-plain-server = the whole server

bar-title = **{ $meter } { $window }** · { $target }
bar-numbers = { $used } of { $limit } used{ $held } · { $left } left{ $granted } · resets { $resets }
bar-held = {" "}· { $amount } held
bar-granted = {" "}({ $amount } of it granted)

# Lists: "a, b and c".
list-between = {", "}
list-last-or = {" "}or{" "}
list-last-and = {" "}and{" "}
and-more = { $count } more

# Numbers in two or three digits: "12k", "1.2M". $amount is the whole number.
# Optional: $short, $amount
short-thousands = { $short }k
# Optional: $short, $amount
short-millions = { $short }M

# Patterns of days and moments, as Unicode's CLDR writes them.
pattern-day = d MMM
pattern-day-of-month = d
pattern-last-of-month = d MMM
pattern-clock = EEEE, HH:mm
