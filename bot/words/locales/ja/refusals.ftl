# 何がうまくいかなかったか、費用、そして次にできること。

unknown-error = こちらで問題が起きました。ログに記録してあります。もう一度お試しください。また起きるようなら、このボットを運営している人に知らせてください。
screen-gone = 答えのあったメッセージがなくなったため、表示できませんでした。
discord-unreachable = 今は Discord に接続できません。後でもう一度お試しください。
storage-busy = 今は記憶がとても混み合っています。少ししてからもう一度お試しください。
storage-trouble = 今は記憶を使えないため、お答えできません。このボットを運営している人に知らせてください。

refused = 今はできません。費用はかかっていません。
price-unknown = 今はモデルの価格がわからないため、費用の上限を守れるよう、質問には一つずつお答えしています。少ししてからもう一度質問してください。費用はかかっていません。
repeated = それはすでに質問されています。費用はかかっていません。
withdrawn = 順番が来る前に質問が削除されました。費用はかかっていません。
forgotten = その言葉は忘れました。あなたが言ったことをすべて消すよう求めたためです。Discord にあるものはご自分で削除できます。よければ新しく質問してください。
being-written = ここでは新しい答えを書いているところです。終わるまで待つか、先に停止してください。
nothing-there = それはもうありません。削除されたか、もともとありませんでした。
already-ended = その答えはもう書き終わっているので、停止するものがありません。
proposal-gone = その質問はもう答えを待っていません。すでに送信またはキャンセルされたか、1日以上たっています。よければもう一度質問してください。費用はかかっていません。
shutting-down = まもなく再起動します。1分後にもう一度質問してください。費用はかかっていません。
question-empty = 質問がありませんでした。{ $files } 書いていただければ、お答えします。
nothing-to-read = そのメッセージには読める言葉がありませんでした。{ $files } 費用はかかっていません。
file-sentence = {" "}{ $note }。
queue-full = ここではすでに{ $waiting }件の質問が待っています。いくつか答えが出てから、もう一度質問してください。
too-long-pinned = ここで固定されているものを含めると約{ $tokens }トークンになりますが、入るのは{ $limit }トークンまでです。固定：{ $pinned }。`/{ cmd-history } { cmd-history-show }` で何かの固定を外すか、別のチャンネルで質問してください。費用はかかっていません。
too-long = 長すぎます。ファイルを含めて約{ $tokens }トークンですが、入るのは{ $limit }トークンまでです。短くするか、一部について質問してください。費用はかかっていません。
quoted-name = 「{ $name }」
not-allowed-me = ここではできません。私に **{ $permission }** の権限がないためです。このサーバーを管理している人なら付与できます。
not-allowed-you = それには **{ $permission }** の権限が必要です。
permission-manage-server = サーバー管理
permission-manage-channels = チャンネルの管理
permission-manage-messages = メッセージの管理
permission-read-message-history = メッセージ履歴を読む
permission-create-public-threads = 公開スレッドの作成
permission-create-private-threads = プライベートスレッドの作成
permission-send-messages-in-threads = スレッドでメッセージを送信
not-owner = それができるのは、このスレッドの持ち主だけです。
not-owner-but = それができるのは、このスレッドの持ち主の { $owner } さんだけです。
not-yours-moderators = それができるのは、質問した人かモデレーターだけです。
not-yours = それができるのは、質問した人だけです。同じことをご自分で質問できます。

whose-bot = ボット全体の上限（全員の合計で{ $limit }）
whose-operator = このサーバーに対するボットの上限（{ $limit }）
whose-server = このサーバーの上限（全員の合計で{ $limit }）
whose-channel = このチャンネルの上限（全員の合計で{ $limit }）
whose-member = あなた自身の上限（{ $limit }）
whose-role = あなたのロールの上限（メンバーそれぞれ{ $limit }）
whose-everyone = このサーバーの上限（メンバーそれぞれ{ $limit }）
whose-default = 1人ずつの上限（{ $limit }）
# Optional: $count
quota-left = 残りは{ $amount }です
quota-held = （書いている途中の答えのために{ $amount }を確保しています）
quota-needs = 。この質問には少なくとも{ $amount }が必要です
quota-reached = { $whose }に達しました。{ $left }。リセットは { $resets } です。費用はかかっていません。
quota-too-small = { $whose }は、少なくとも{ $needed }が必要なこの質問には足りません。{ $left }。もっと短い質問なら入るかもしれません。上限を管理している人に上げてもらうこともできます。費用はかかっていません。

invalid-request = モデルがこの質問を受け付けませんでした。長すぎるのかもしれません。もっと短くするか、新しいスレッドで質問してください。
key-rejected = OpenRouter がこのボットのキーを受け付けないため、今は誰にもお答えできません。このボットを運営している人に知らせてください。
credits-exhausted = OpenRouter でのこのボットの残高がなくなったため、今は誰にもお答えできません。このボットを運営している人に知らせてください。
moderated = モデレーションフィルターがこの言葉を拒否しました。別の言い方をお試しください。
moderated-for = モデレーションフィルターがこの言葉を拒否しました（{ $reasons }）。別の言い方をお試しください。
no-endpoint = 今はモデルを提供しているところがありません。後でもう一度お試しください。続くようなら、このボットを運営している人に知らせてください。
rate-limited = 今はモデルへの質問が多すぎます。{ $again }
provider-trouble = 今はモデルの提供元に問題があります。{ $again }
unreachable = OpenRouter に接続できませんでした。{ $again }
empty-answer = モデルは何も言わずに終わりました。{ $again }
stream-broken = 答えが途切れました。モデルとの接続が失われました。{ $again }
model-error = モデルは答えられませんでした。{ $again }
again-in = { $seconds }秒後にもう一度お試しください。
again-soon = 少ししてからもう一度お試しください。
with-cost-begun = { $what }それまでに使われた分は請求されます。
with-cost-none = { $what }費用はかかっていません。

unread-line = { $file }：{ $problem }
unread-too-large = { $kilobytes } kB より大きいため、読みませんでした
unread-kind = モデルが読むのはテキストで、これは { $about } のため、読みませんでした
unread-not-handed-out = Discord から受け取れず、読めませんでした。もう一度送ってください
unread-no-text = テキストファイルではないため、読みませんでした
unread-empty = 空です
