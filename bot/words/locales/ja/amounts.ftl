# 上限と量、そしてそれを示す行。

amount-requests = リクエスト{ $amount }件
amount-tokens = { $amount }トークン
# Optional: $amount
unit-requests = リクエスト
# Optional: $amount
unit-tokens = トークン
unit-cost = 費用
meter-requests = リクエスト
meter-tokens = トークン
meter-cost = 費用

dollars = ${ $amount }
part-of = { $whole }中{ $part }
percent = { $share }%
percent-under-one = 1%未満

window-minute = 1分あたり
window-hour = 1時間あたり
window-day = 1日あたり
window-week = 1週間あたり
window-month = 1か月あたり
now-minute = この1分
now-hour = この1時間
now-day = 今日
now-week = 今週
now-month = 今月

limit = { $window }{ $amount }
rule = { $target }：{ $limit }
target-bot = ボット全体（全員の合計）
target-operator = このサーバー（ボットの運営者が設定）
target-server = サーバー全体（全員の合計）
target-channel = { $channel }（全員の合計）
target-role = { $role } を持つメンバーそれぞれ
target-everyone = メンバーそれぞれ
target-default = それぞれの人（ボットの既定値）
target-plain-server = サーバー全体

bar-title = **{ $meter }（{ $window }）** · { $target }
bar-numbers = { $limit }中{ $used }を使用{ $held } · 残り{ $left }{ $granted } · リセット { $resets }
bar-held = {" "}· { $amount }を確保中
bar-granted = （うち{ $amount }は追加分）

list-between = 、
list-last-or = または
list-last-and = と
and-more = ほか{ $count }件

short-thousands = { $amount }
short-millions = { $amount }

pattern-day = M月d日
pattern-day-of-month = M月d日
pattern-last-of-month = d日
pattern-clock = EEEE HH:mm
