# What servers and channels chose, personas, and the trail of changes.

settings-heading = **Settings in { $channel }**
settings-line = - { $name }: **{ $value }** ({ $whose }): { $meaning }
settings-set = Set for { $where }: { $settings }
settings-set-one = { $name } **{ $value }**
settings-reset = Reset for { $where }: { $names }
settings-reset-nothing = Nothing of this was set for { $where }.
settings-this-server = this server
settings-by-server = this server
settings-default = default
settings-here = set here
settings-tokens = { $amount } tokens
meaning-temperature = how freely the model chooses its words
meaning-top-p = how many of the likeliest words it chooses from
meaning-max-output = an answer's limit, thinking included
meaning-context = what a prompt may hold, past and files included
meaning-thinking = how long and how much the model thinks, while it does
meaning-footer = the line with seconds, tokens, cost and what is left
meaning-mention-only = answer in my threads only where I am mentioned or replied to
timezone-line = - { option-timezone }: { $zone }
timezone-set = Set: { option-timezone } { $zone }
timezone-reset = Reset: { option-timezone } { $zone }
timezone-now = **{ $zone }**, where it is { $time }. Days, weeks and months of this server's limits begin by this clock.
timezone-proposed = { $zone } (now { $time })

persona-none = No persona is set here: I am a helpful assistant. `/{ cmd-persona } { cmd-persona-set }` writes one, and has some to start from.
# The words in braces stay as they are.
persona-placeholders = -# `{ $date }`, `{ $server }`, `{ $channel }` and `{ $user }` stand for what they say.
persona-hint = { $placeholders } are filled in
persona-title-person = **For you, wherever you ask; it is added to what holds there**
persona-title-server = **For this server**
persona-title-channel = **For { $channel }**
persona-set-person = Set: persona of your own. It holds from the next question on.
persona-set-channel = Set: persona for this channel. It holds from the next question on.
persona-set-server = Set: persona for this server. It holds from the next question on.
persona-reset-person = Reset: persona of your own.
persona-reset-channel = Reset: persona for this channel.
persona-reset-server = Reset: persona for this server.
persona-not-there-person = There is no persona of your own to reset.
persona-not-there-channel = There is no persona for this channel to reset.
persona-not-there-server = There is no persona for this server to reset.
form-persona-person = Your own persona
form-persona-channel = This channel's persona
form-persona-server = This server's persona
form-persona-instructions = Instructions for the model
form-persona-example = You are …

audit-heading = **Changes of the last year**, newest first
audit-about = , by or about { $person }
audit-by = , by **/{ $command }**
audit-none = None.
audit-line = - { $when } { $actor } **/{ $command }** { $target }: { $before } → { $after }
audit-nothing = none
audit-whole-server = the whole server
audit-each-member = each member
audit-limit = { $whom } { $meter }/{ $window }
audit-allowance = { $whom } { $meter }
audit-reports = { $whom } reports
audit-setting-in = { $setting } in { $channel }
audit-persona-server = persona of the server
audit-persona-channel = persona of { $channel }
audit-characters = { $count ->
        [one] { $count } character
       *[other] { $count } characters
    }
audit-allow = allow
audit-deny = deny
audit-exempt = exempt
audit-not-exempt = not exempt
audit-afresh = afresh
audit-until = { $amount } until { $when }
audit-used = { $used }/{ $window }
