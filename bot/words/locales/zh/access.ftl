# 谁可以在哪里使用机器人。

access-no-channel = 此服务器不允许任何人在 { $channel } 使用我。请找管理此服务器的人更改。没有花费任何费用。
access-no-role = 此服务器不允许拥有 { $role } 的成员使用我。请找管理此服务器的人更改。没有花费任何费用。
access-no-member = 此服务器不允许你使用我。请找管理此服务器的人更改。没有花费任何费用。
access-only-channels = 此服务器只允许在 { $channels } 使用我。请找管理此服务器的人更改。没有花费任何费用。
access-only-some = 此服务器只允许指定的部分成员使用我。请找管理此服务器的人更改。没有花费任何费用。
access-only-roles = 此服务器只允许拥有 { $roles } 的成员使用我。请找管理此服务器的人更改。没有花费任何费用。
access-only-roles-and-some = 此服务器只允许拥有 { $roles } 的成员以及指定的部分成员使用我。请找管理此服务器的人更改。没有花费任何费用。
access-read-only-in = 你只能在 { $channels } 读取。
access-read-not-in = 此服务器不允许在 { $channel } 读取。
access-read-denied = 你需要 **{ permission-manage-server }** 权限，或由拥有该权限的人允许你读取（`/{ cmd-access } { cmd-access-allow }`，`{ option-area }` 选报告）。

access-done-allow = 已允许：{ $whom }。
access-done-deny = 已禁止：{ $whom }。
access-done-remove = 已移除：{ $whom }。
access-stood-allow = 早已允许：{ $whom }。
access-stood-deny = 早已禁止：{ $whom }。
access-stood-remove = 没有这样的规则：{ $whom }。

access-where-some = 在允许的频道及其子区
access-where-all = 在所有频道
access-but-denied = ，除非他们或该频道被禁止
access-use-some = 允许的身份组和成员可以{ $where }使用我{ $but }。
access-use-all = 所有人都可以{ $where }使用我{ $but }。
access-reports-managers = 只有管理此服务器的人可以阅读它的报告。
access-reports-some = 管理此服务器的人可以阅读它的报告；允许的身份组和成员也可以{ $where }阅读{ $but }。Discord 只向管理者显示 `/{ cmd-quota }`、`/{ cmd-access }`、`/{ cmd-audit }` 和 `/{ cmd-settings }`，直到有人在 **服务器设置 → 整合** 中更改。
access-heading-use = **谁可以使用我**
access-heading-reports = **谁可以阅读报告：限额、用量、更改**
access-rule-allow = - 允许：{ $whom }
access-rule-deny = - 禁止：{ $whom }
access-plain-allow = 允许 { $whom }
access-plain-deny = 禁止 { $whom }
access-plain-allow-reports = 允许 { $whom }（报告）
access-plain-deny-reports = 禁止 { $whom }（报告）
plain-left = 已离开的人（{ $id }）
plain-member = 成员 { $id }
plain-role-gone = 已不存在的身份组（{ $id }）
plain-channel-unseen = 我看不到的频道（{ $id }）
