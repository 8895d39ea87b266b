# その人の状況：どの上限がなぜ決め手か、何が止めているか、何が追加されているか。

why-member = このメンバーに直接設定されています
why-role = このメンバーのロールの中で最もゆるやかです
why-everyone = メンバー全員のもので、ロールやメンバーの上限が優先されていません
why-default = このサーバーはこのメンバーに上限を設定していません
why-channel = チャンネルの上限は常に数えられます
why-server = サーバーの上限は常に数えられます
why-operator = 運営者がサーバーに設定した上限は常に数えられます
why-bot = ボット全体の上限は常に数えられます
decides = 決め手：{ $why }。
decides-yielding = 決め手：{ $why }。後回しになるもの：{ $others }。
yielding-between = ；
own-exempt-member = あなたはメンバーとして**免除**されています。ここで数えられるのは、全員で共有する上限だけです。
own-exempt-role = あなたはロール { $role } によって**免除**されています。ここで数えられるのは、全員で共有する上限だけです。
own-no-limit = あなたに設定された上限はありません。
exempt-member = メンバーとして**免除**：全員で共有する上限だけが数えられます。
exempt-role = ロール { $role } によって**免除**：全員で共有する上限だけが数えられます。
no-limit = 設定された上限はありません。
afresh = -# このメンバーの期間は { $when } に新しく始まりました。
granted-heading = **追加分**：上の上限を使い切ると使われます
granted-left = 残り：{ $left }、期限 { $expires }
granted-left-forever = 残り：{ $left }、期限なし
blocked-by = **止めているもの**：{ $whose }、{ $limit }、リセット { $resets }
blocked-role = ロール { $role }
blocked-member = メンバー { $member }
heading-account = **{ $name }**（このチャンネル）

limit-set = 設定しました：{ $rule }。次の質問から有効です。
limit-set-no-defaults = -# この上限の対象には、ボットの既定の上限が適用されなくなります：{ $limits }。
limit-removed = 削除しました。`/{ cmd-quota } { cmd-quota-list }` で残りを確認できます。
limit-not-there = そのような上限はありません。`/{ cmd-quota } { cmd-quota-list }` で今ある上限を確認できます。
limits-own = **このサーバーの上限**
limits-default = **サーバーが何も設定していないメンバー向け**
limits-operator = **ボットの運営者が設定**
limits-bot = **ボット全体（すべてのサーバー）**
limits-exempt = **個人の上限を免除**：メンバー、ロール、全メンバー向けの上限
limits-none = なし

granted-forever = { $member } に { $amount } を追加しました。期限はありません。
granted-until = { $member } に { $amount } を追加しました。期限は { $expires } です。
reset-member = リセットしました：{ $member } の使用量は今から 0 です。
reset-uncounted = -# 数えなくなったもの：{ $used }。
used-now = { $now }{ $amount }
each-with-role = { $role } を持つメンバーそれぞれ
exempt-now = { $whom } は次の質問から個人の上限を免除されます。チャンネル、サーバー全体、ボットの上限は引き続き数えられます。
exempt-no-more = { $whom } の免除は終わりました。次の質問から個人の上限が有効です。
exempt-already = { $whom } はすでに免除されています。
exempt-not-already = { $whom } は免除されていませんでした。
exempt-still-by-role = { $whom } のメンバーとしての免除は終わりましたが、ロール { $role } によってまだ免除されています。
exempt-still-by-role-only = { $whom } はメンバーとしては免除されていませんでしたが、ロール { $role } によってまだ免除されています。

sponsor-nobody = このスレッドには支払いを引き受ける人がいません。それぞれの質問は本人の分として数えられます。
sponsor-begun = { $sponsor } さんがこのスレッドの支払いを引き受けます。ここでの全員の質問は、合計{ $cap }までこの人の分として数えられます。
sponsor-begun-more = -# それを超えた分や、本人の上限に余裕がないときは、各自の分になります。`/{ cmd-sponsor } { cmd-sponsor-off }` で終わります。
sponsor-ended = { $sponsor } さんはこのスレッドの支払いの引き受けを終えました。{ $cap }中{ $spent }を使いました。これからは、それぞれの質問は本人の分として数えられます。
sponsor-state = { $sponsor } さんがこのスレッドの支払いを引き受けています：{ $cap }中{ $spent }を使用、残り{ $left }。
