# 答えのまわりの小さな行と、ボタン。

about-line = -# { $asker } さんの質問（[{ $writer } が書いたもの]({ $link })について）：{ $asked }
about-tokens = 約{ $amount }トークン
meter-writing = -# ✍️ 書いています
meter-waiting = -# モデルを待っています · { $time }
meter-thinking = -# 💭 { $time }考えています · { $tokens }
meter-thought = -# 💭 { $time }考えました · { $tokens } · 書いています
time-seconds = { $seconds }秒
time-minutes = { $minutes }分{ $seconds }秒

ending-stopped = 停止しました
ending-length = 長さの上限で切れました
ending-interrupted = 中断されました
ending-failed = 失敗しました
bill-open = 費用を確認中
paid-by = 支払い：{ $payer }
left-of = { $now }の残り：{ $limit }中{ $left }
failed-why = ⚠️ { $why }
answer-interrupted = ⚠️ 再起動されたため、この答えは中断されました。
stopped-before-words = 最初の言葉の前に停止しました。
only-thoughts = モデルが出力の上限をすべて思考に使い、答えの分が残りませんでした。もっと簡単な質問か、その一部をお試しください。
no-words = モデルは何も言わずに終わりました。もう一度お試しください。
earlier-answer = -# これは前の答えです。新しい答えはありません。
notes-more = -# ほか{ $count }件
in-file = 答えが{ $most }件のメッセージより長いため、このファイルにすべて入っています。
not-in-file = ⚠️ 全文はファイルになりますが、ここには添付できません。
goes-on = -# 答えは続きます。全文はファイルで届きます。
too-late = ⚠️ 非公開の答えに書き込めるのは Discord の決まりで15分までで、その時間が過ぎました。これより先は表示できません。これほど長くかかる答えは、公開で質問してください。
no-files = -# ⚠️ ここではファイルを添付できないか、大きすぎるため、画像とファイルがありません。
thoughts-above = -# 💭 モデルが最初に考えたことです。ほかの人には見えず、モデル自身も覚えていません。

hint-mermaid = -# Mermaid の図です。mermaid.live で描けます。
hint-svg = -# SVG の図です。.svg ファイルとして保存すると、ブラウザーで見られます。
more-lines-so-far = -# … 今のところほか{ $count }行。全体はファイルで届きます
more-lines-in = -# … ほか{ $count }行は { $file } にあります

button-stop = 停止
button-thinking = 思考
button-retry = やり直す
button-regenerate = 書き直す
button-continue = 続ける
button-thread = スレッド
button-send = 送信
button-trim = 短くする
button-cancel = キャンセル
page-of = -# { $pages }ページ中{ $page }ページ目

note-trimmed = 短縮：以前のやり取り{ $turns }件はモデルに送りませんでした。
note-fell-out = この会話は長くなりすぎました。以前のやり取り{ $turns }件を除きました。これからも古いものから除いていきます。`/{ cmd-history } { cmd-history-show }` で固定したものは残ります。
note-edited-since = 質問はその後編集されました。「**{ button-regenerate }**」で、今の内容に答えます。
note-quote-lost = 返信先のメッセージは、書いた人の希望により忘れられました。その内容は私には見えません。
note-credits-low = OpenRouter でのこのボットの残高がもうすぐなくなります。運営している人なら追加できます。
note-short-cost = 短い答え：残りは{ $left }で、答えは{ $tokens }分です。
note-short-cost-now = 短い答え：{ $now }の残りは{ $left }で、答えは{ $tokens }分です。
# Optional: $count
note-short-tokens = 短い答え：残りは{ $tokens }です。
# Optional: $count
note-short-tokens-now = 短い答え：{ $now }の残りは{ $tokens }です。
# Optional: $count
warning-nearly = あなたの上限（{ $limit }）の{ $percent }%を使いました。リセットは { $resets } です。
# Optional: $count
warning-end = あなたの上限（{ $limit }）を使い切りました。リセットは { $resets } です。
# Optional: $count
warning-end-but = あなたの上限（{ $limit }）を、{ $rest }を残して使い切りました。リセットは { $resets } です。

price-cancelled = キャンセルしました。費用はかかっていません。
price-withdrawn = 質問は削除されました。費用はかかっていません。
price-ask = **{ $price }**。送信しますか？
price-ask-share = **{ $price }、今日の残りの{ $share }%**。送信しますか？
price-ask-share-whole = **{ $price }、1日分の{ $share }%**。送信しますか？
price-tokens = 約{ $tokens }トークン
price-tokens-cost = 約{ $tokens }トークン、約{ $cost }
price-trim-tokens = -# 「{ button-trim }」は以前のやり取り{ $turns }件を除いて送ります：約{ $tokens }トークン。
price-trim-tokens-cost = -# 「{ button-trim }」は以前のやり取り{ $turns }件を除いて送ります：約{ $tokens }トークン、約{ $cost }。
price-rules = -# 選べるのは質問した人だけです。選ぶまで費用はかかりません。質問は1日待ちます。

alarm-credits-gone = ⚠️ OpenRouter がもう誰にも答えません。残高、またはキーの上限を使い切りました。残高を追加するか、上限を上げてください。1分ごとに再試行します。
alarm-credits-low = ⚠️ OpenRouter での残高、またはキーの上限がもうすぐなくなります。答えられなくなる前に、残高を追加するか、上限を上げてください。
alarm-key-rejected = ⚠️ OpenRouter が私のキーを受け付けないため、誰にも答えられません。有効な OPENROUTER_API_KEY を設定して、私を再起動してください。

branch-first = -# 🧵 このスレッドは{ $answer }からの続きです。そこまでの会話はすべて覚えています。{ $how }
branch-this-answer = [この答え]({ $link })
branch-an-answer = ある答え
branch-here = あなたのスレッドです：{ $thread }
thread-waits = ここでは、メンションされたときと返信されたときにお答えします。
thread-answers = ここではどのメッセージにもお答えします。メンションは必要ありません。
thread-not-mine = 1つのメッセージにスレッドは1つだけです。その中で私をメンションすれば、お答えします。
thread-exists = そのメッセージにはすでにスレッドがあります：{ $thread }
thread-read-with = 🧵 [{ $writer } が書いたもの]({ $link })と { $files } を読みました。何を知りたいですか？
thread-read = 🧵 [{ $writer } が書いたもの]({ $link })を読みました。何を知りたいですか？
thread-too-long = -# ⚠️ 長すぎるため、最初の部分だけ読みました。
thread-name-message = { $writer } が書いたもの
thread-me = 私
thread-title-cut = -# タイトルが{ $most }文字を超えていたため、最初の部分だけになっています。
chat-asks = **{ $asker }** さんの質問：
chat-with = { $person } さんとのチャット
form-ask-title = このメッセージについて質問
form-ask-example = 何を知りたいですか？
form-ask-question = あなたの質問
