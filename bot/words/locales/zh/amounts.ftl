# 限额与数量，以及显示它们的各行。

amount-requests = { $amount } 次请求
amount-tokens = { $amount } 个 token
# Optional: $amount
unit-requests = 次请求
# Optional: $amount
unit-tokens = 个 token
unit-cost = 费用
meter-requests = 请求
meter-tokens = token
meter-cost = 费用

dollars = ${ $amount }
part-of = { $whole } 中的 { $part }
percent = { $share }%
percent-under-one = 不到 1%

window-minute = 每分钟
window-hour = 每小时
window-day = 每天
window-week = 每周
window-month = 每月
now-minute = 这一分钟
now-hour = 这一小时
now-day = 今天
now-week = 本周
now-month = 本月

limit = { $window } { $amount }
rule = { $target }：{ $limit }
target-bot = 整个机器人（所有人合计）
target-operator = 此服务器（由机器人运营者设定）
target-server = 整个服务器（所有人合计）
target-channel = { $channel }（所有人合计）
target-role = 每个拥有 { $role } 的成员
target-everyone = 每个成员
target-default = 每个人（机器人的默认限额）
target-plain-server = 整个服务器

bar-title = **{ $meter }（{ $window }）** · { $target }
bar-numbers = 已用 { $used }，共 { $limit }{ $held } · 剩余 { $left }{ $granted } · 重置 { $resets }
bar-held = {" "}· { $amount } 预留中
bar-granted = （其中 { $amount } 为额外授予）

list-between = 、
list-last-or = 或
list-last-and = 和
and-more = 另外 { $count } 个

short-thousands = { $amount }
short-millions = { $amount }

pattern-day = M月d日
pattern-day-of-month = M月d日
pattern-last-of-month = d日
pattern-clock = EEEE HH:mm
