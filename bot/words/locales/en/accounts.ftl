# How somebody stands: which limit decides and why, what blocks, what is granted.

why-member = it is set for this very member
why-role = of this member's roles it is the most generous
why-everyone = it is for every member, and no role or member limit comes before it
why-default = this server has set no limit for this member
why-channel = a channel's limit counts always
why-server = the server's limit counts always
why-operator = the operator's limit for a server counts always
why-bot = the whole bot's limit counts always
decides = Decides: { $why }.
decides-yielding = Decides: { $why }. Yielding to it: { $others }.
yielding-between = {"; "}
own-exempt-member = You are **exempt** as a member: only limits that everyone shares count for you here.
own-exempt-role = You are **exempt** by the role { $role }: only limits that everyone shares count for you here.
own-no-limit = No limit is set for you.
exempt-member = **Exempt** as a member: only the limits that everyone shares count.
exempt-role = **Exempt** by the role { $role }: only the limits that everyone shares count.
no-limit = No limit is set.
afresh = -# This member's windows were begun afresh { $when }.
granted-heading = **Granted on top**, spent when a limit above is used up
granted-left = { $left } left, expires { $expires }
granted-left-forever = { $left } left, never expires
blocked-by = **Blocked by**: { $whose }, { $limit }, resets { $resets }
blocked-role = role { $role }
blocked-member = member { $member }
heading-account = **{ $name }**, in this channel

# Limits: set, removed, listed.
limit-set = Set: { $rule }. It holds from the next question on.
limit-set-no-defaults = -# Whoever this limit is for no longer has the bot's defaults: { $limits }.
limit-removed = Removed. `/{ cmd-quota } { cmd-quota-list }` shows what remains.
limit-not-there = There is no such limit. `/{ cmd-quota } { cmd-quota-list }` shows those there are.
limits-own = **Limits of this server**
limits-default = **For members for whom it has set none**
limits-operator = **Set by the bot's operator**
limits-bot = **For the whole bot, in all servers**
limits-exempt = **Exempt from personal limits**: those of a member, a role or every member
limits-none = none

# Allowances.
granted-forever = Granted: { $amount } on top for { $member }. It never expires.
granted-until = Granted: { $amount } on top for { $member }. It expires { $expires }.
reset-member = Reset: { $member } has nothing used from now on.
reset-uncounted = -# No longer counted: { $used }.
# What was used in a window: "50 requests today".
used-now = { $amount } { $now }
# In the following $whom is a mention or what `each-with-role` says.
each-with-role = Each member with { $role }
exempt-now = { $whom } is exempt from personal limits from the next question on. Limits of a channel, of the whole server and of the bot still count.
exempt-no-more = { $whom } is no longer exempt: personal limits hold from the next question on.
exempt-already = { $whom } was exempt already.
exempt-not-already = { $whom } was not exempt already.
exempt-still-by-role = { $whom } is no longer exempt as a member, but is still exempt by the role { $role }.
exempt-still-by-role-only = { $whom } was not exempt as a member, but is still exempt by the role { $role }.

# Threads that others pay.
sponsor-nobody = Nobody sponsors this thread: everybody's turns count on themselves.
sponsor-begun = { $sponsor } sponsors this thread: everybody's turns here count on them, up to { $cap } in all.
sponsor-begun-more = -# Beyond that, or where their own limits have no room, each pays for themselves. `/{ cmd-sponsor } { cmd-sponsor-off }` ends it.
sponsor-ended = { $sponsor } no longer sponsors this thread; { $spent } of { $cap } spent. From now on everybody's turns count on themselves.
sponsor-state = { $sponsor } sponsors this thread: { $spent } of { $cap } spent, { $left } left.
