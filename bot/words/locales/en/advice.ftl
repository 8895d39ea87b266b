# What could stand in an option's place, and where something can be done instead: a sentence that
# follows a colon.

not-here = That does not work here: { $advice }
does-not-fit = `{ $option }` does not fit: { $advice }
advice-choose-again = what you chose is gone, or I can't see it; choose again.
advice-command-changed = this command has changed since; restart Discord, and use it again.
advice-in-server = use this command in a server.
advice-sponsor-in-thread = use `/{ cmd-sponsor }` in a thread of yours; `/{ cmd-chat }` opens one.
advice-branch-in-text-channel = threads can only branch off in a server's text channels.
advice-no-thread-now-chat = Discord opens no thread in this channel now; use `/{ cmd-chat }`.
advice-thread-locked = this thread is locked; a moderator can unlock it.
advice-one-of = choose one of { $values }.
advice-alone = choose it alone: it says all that the others do.
advice-proposed = choose one of those proposed.
advice-limit-or-its-parts = choose one, or give `{ option-meter }` and `{ option-window }` instead.
advice-proposed-or-its-parts = choose one of those proposed, or give `{ option-meter }` and `{ option-window }` instead.
advice-at-most-one = choose at most one of them.
advice-one-of-them = choose one of them.
advice-name-one = name at least one of them.
advice-most-rules = there can be { $most } rules at most; a role stands for many members.
advice-more-than-nothing = grant more than nothing.
advice-days = a whole number from 1 to { $most }.
advice-amount-least = '{ $text }' is no amount of { $meter }: write { $kind } of at least 0.
advice-amount-most = '{ $text }' is too much of { $meter }: write { $kind } of at most { $most }.
advice-amount-kind = '{ $text }' is no amount of { $meter }: write { $kind }.
choice-kind-cost = an amount in dollars
choice-kind-whole = a whole number
advice-cap-above-nothing = write more than 0: whole tokens, or dollars such as 2.50.
advice-one-setting = choose at least one, such as `{ option-temperature }`.
advice-either = choose `{ $one }` or `{ $other }`.
advice-number = choose a number from 0 to { $most }.
advice-tokens = choose a whole number of tokens from { $least } to { $most }.
advice-timezone = choose one of those proposed, such as `Europe/Berlin` or `UTC`.
advice-timezone-server = it is the whole server's: leave out `{ option-scope }`.
advice-some-words = write some instructions, or use `/{ cmd-persona } { cmd-persona-reset }`.
advice-most-characters = write at most { $most } characters.
advice-only-me = in direct messages there is only `{ choice-scope-person }`.
