# 某人的情况：哪个限额起决定作用及原因、什么在阻止、授予了什么。

why-member = 它是专门为这个成员设定的
why-role = 在这个成员的身份组中，它最宽松
why-everyone = 它适用于每个成员，且没有身份组或成员的限额优先
why-default = 此服务器没有为这个成员设定限额
why-channel = 频道的限额始终计入
why-server = 服务器的限额始终计入
why-operator = 运营者对服务器的限额始终计入
why-bot = 整个机器人的限额始终计入
decides = 起决定作用：{ $why }。
decides-yielding = 起决定作用：{ $why }。让位于它的：{ $others }。
yielding-between = ；
own-exempt-member = 你作为成员被**豁免**：在这里只计入所有人共享的限额。
own-exempt-role = 你因身份组 { $role } 被**豁免**：在这里只计入所有人共享的限额。
own-no-limit = 没有为你设定限额。
exempt-member = 作为成员被**豁免**：只计入所有人共享的限额。
exempt-role = 因身份组 { $role } 被**豁免**：只计入所有人共享的限额。
no-limit = 没有设定限额。
afresh = -# 这个成员的周期已于 { $when } 重新开始。
granted-heading = **额外授予**，上面的限额用完后使用
granted-left = 剩余：{ $left }，到期 { $expires }
granted-left-forever = 剩余：{ $left }，永不到期
blocked-by = **受阻于**：{ $whose }，{ $limit }，重置 { $resets }
blocked-role = 身份组 { $role }
blocked-member = 成员 { $member }
heading-account = **{ $name }**（在此频道）

limit-set = 已设定：{ $rule }。从下一个问题起生效。
limit-set-no-defaults = -# 此限额所针对的人不再适用机器人的默认限额：{ $limits }。
limit-removed = 已移除。`/{ cmd-quota } { cmd-quota-list }` 显示剩下的限额。
limit-not-there = 没有这样的限额。`/{ cmd-quota } { cmd-quota-list }` 显示现有的限额。
limits-own = **此服务器的限额**
limits-default = **适用于服务器没有设定限额的成员**
limits-operator = **由机器人运营者设定**
limits-bot = **整个机器人，所有服务器**
limits-exempt = **豁免个人限额**：成员、身份组或每个成员的限额
limits-none = 无

granted-forever = 已授予：为 { $member } 额外增加 { $amount }。永不到期。
granted-until = 已授予：为 { $member } 额外增加 { $amount }。到期时间：{ $expires }。
reset-member = 已重置：{ $member } 从现在起用量为零。
reset-uncounted = -# 不再计入：{ $used }。
used-now = { $now } { $amount }
each-with-role = 每个拥有 { $role } 的成员
exempt-now = { $whom } 从下一个问题起豁免个人限额。频道、整个服务器和机器人的限额仍然计入。
exempt-no-more = { $whom } 不再豁免：个人限额从下一个问题起生效。
exempt-already = { $whom } 早已豁免。
exempt-not-already = { $whom } 本来就没有豁免。
exempt-still-by-role = { $whom } 不再作为成员豁免，但仍因身份组 { $role } 而豁免。
exempt-still-by-role-only = { $whom } 没有作为成员豁免，但仍因身份组 { $role } 而豁免。

sponsor-nobody = 没有人赞助这个子区：每个人的提问计入自己的用量。
sponsor-begun = { $sponsor } 赞助这个子区：这里所有人的提问都计入其用量，总计最多 { $cap }。
sponsor-begun-more = -# 超出部分，或赞助者自己的限额不够时，各自承担。`/{ cmd-sponsor } { cmd-sponsor-off }` 可结束赞助。
sponsor-ended = { $sponsor } 不再赞助这个子区；已花费 { $spent }，上限 { $cap }。从现在起，每个人的提问计入自己的用量。
sponsor-state = { $sponsor } 赞助这个子区：已花费 { $spent }，上限 { $cap }，剩余 { $left }。
