# What was used, and what a limit would have stopped; charts, and the sentences that say the same.

span-day = today
span-week = this week
span-month = this month
span-thirty-days = in the last 30 days
amounts-line = { $requests } · { $tokens } · { $cost }
amounts-sentence = { $requests }, { $tokens }, { $cost }
usage-nothing = You have not asked anything here yet.
usage-heading = **Your last turns here**
# $about is `roughly` where an amount was estimated, and nothing elsewhere.
usage-turn = - { $when } · { $about }{ $tokens } · { $about }{ $cost }
usage-turn-of = - { $when } · { $about }{ $tokens } · { $about }{ $cost } · asked by { $asker }, paid by you
roughly = about{" "}
report-head = **Use of this server { $span }**, since { $since }
report-empty = Nobody has used anything.
report-people = **Top people** of { $count }
report-channels = **Top channels** of { $count }, with their threads
report-share = { $place }. { $who } · { $amounts } · { $share }
report-others = -# and { $count } more, { $tokens } · { $share }
report-hours = **Busiest hours** ({ $zone }): { $hours }
report-hour = { $hours } ({ $share })
report-hours-none = none
hours = { $from } to { $to }

limit-for-holders = { $limit } for each holder of { $role }
limit-for-members = { $limit } for each member
people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
simulated-nobody = Nobody whom it would be for has asked anything in that time.
simulated-nothing = It would have stopped nothing: all { $requests } by { $people } fit.
simulated = It would have stopped **{ $stopped }** of { $requests } ({ $share }), from { $who } of { $people }.
simulated-person = - { $person }: { $stopped } of { $requests }, first { $first }
simulated-others = -# and { $people } more, { $stopped } requests: the file has all of them
simulated-heading = **{ $limit }**, replayed over the last 30 days
simulated-how = -# A request counts as stopped if it would not have fitted whole; the bot would have shortened some answers instead. What grants paid is left out, and so are members who are exempt or have a limit of their own like this one.
simulated-holders-now = -# Who holds the role now counts, not who did then.
simulated-doubt = ⚠️ Whether { $unasked } of { $people } people hold the role could not be found out, so they are left out.

# Charts.
chart-span-day = Use today
chart-span-week = Use this week
chart-span-month = Use this month
chart-span-thirty-days = Use in the last 30 days
chart-tokens-a-day = Tokens a day
chart-nothing-yet = nothing yet
chart-today = today
chart-within = within the limits
chart-granted = paid by grants
chart-your-days = Your last { $days } days
chart-tokens-an-hour = Tokens by hour of the day
chart-people = People
chart-channels = Channels, with their threads
chart-most-tokens = Most tokens
chart-dates-zone = { $dates }, { $zone }
chart-other-people =
    { $count ->
        [one] { $count } other person
       *[other] { $count } other people
    }
chart-other-channels =
    { $count ->
        [one] { $count } other channel
       *[other] { $count } other channels
    }
chart-person-unknown = person …{ $digits }
chart-channel-unknown = channel …{ $digits }
described-own = Bar chart of your tokens a day, { $dates }: { $amounts } in all
described-own-most = ; most on { $day }, { $tokens }
described-own-granted = ; { $tokens } were paid by grants
described-own-idle = ; nothing on { $idle } of { $days } days
described-end = .
described-hours-none = What was used { $dates }: { $amounts }.
described-hours = What was used { $dates }: { $amounts }. Bar chart by hour of the day: most from { $hours }, { $share } of all tokens.
described-shares = Bar charts.
described-people = {" "}People with the most tokens: { $most }.
described-channels = {" "}Channels with the most tokens: { $most }.
described-share = { $name } ({ $share })
# Days are written by the patterns in amounts.ftl; $year is a year's number.
dates-one-day = { $day } { $year }
dates-one-year = { $first } to { $last } { $year }
dates-two-years = { $first } { $year } to { $last } { $last-year }
