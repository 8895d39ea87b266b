# Who may use the bot, and where.

access-no-channel = This server does not let anyone use me in { $channel }. Ask someone who manages this server to change that. Nothing was spent.
access-no-role = This server does not let members with { $role } use me. Ask someone who manages this server to change that. Nothing was spent.
access-no-member = This server does not let you use me. Ask someone who manages this server to change that. Nothing was spent.
access-only-channels = This server lets people use me only in { $channels }. Ask someone who manages this server to change that. Nothing was spent.
access-only-some = This server lets only some members, by name, use me. Ask someone who manages this server to change that. Nothing was spent.
access-only-roles = This server lets only members with { $roles } use me. Ask someone who manages this server to change that. Nothing was spent.
access-only-roles-and-some = This server lets only members with { $roles } use me, and some members by name. Ask someone who manages this server to change that. Nothing was spent.
access-read-only-in = You may read that only in { $channels }.
access-read-not-in = This server does not allow reading that in { $channel }.
access-read-denied = You need the permission **{ permission-manage-server }** for that, or somebody who has it lets you read it (`/{ cmd-access } { cmd-access-allow }` with `{ option-area }: reports`).

access-done-allow = Allowed: { $whom }.
access-done-deny = Denied: { $whom }.
access-done-remove = Removed: { $whom }.
access-stood-allow = Allowed already: { $whom }.
access-stood-deny = Denied already: { $whom }.
access-stood-remove = There was no such rule for: { $whom }.

# $where is one of the two places, $but the exception or nothing.
access-where-some = in the allowed channels and their threads
access-where-all = in every channel
access-but-denied = , unless they or the channel are denied
access-use-some = The allowed roles and members may use me { $where }{ $but }.
access-use-all = Everyone may use me { $where }{ $but }.
access-reports-managers = Only those who manage this server may read its reports.
access-reports-some = Those who manage this server may read its reports; so may the allowed roles and members { $where }{ $but }. Discord shows `/{ cmd-quota }`, `/{ cmd-access }`, `/{ cmd-audit }` and `/{ cmd-settings }` to those who manage it alone, until someone changes that in **Server Settings → Integrations**.
access-heading-use = **Who may use me**
access-heading-reports = **Who may read reports: limits, use, changes**
access-rule-allow = - Allow: { $whom }
access-rule-deny = - Deny: { $whom }
# Rules as Discord proposes them while one is chosen, in plain words.
access-plain-allow = allow { $whom }
access-plain-deny = deny { $whom }
access-plain-allow-reports = allow { $whom } (reports)
access-plain-deny-reports = deny { $whom } (reports)
# Names of what is gone, or can't be seen. $id is Discord's number.
plain-left = somebody who left ({ $id })
plain-member = the member { $id }
plain-role-gone = a role that is gone ({ $id })
plain-channel-unseen = a channel that I can't see ({ $id })
