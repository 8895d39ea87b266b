# 回答周围的小字，以及它的按钮。

about-line = -# { $asker } 就 [{ $writer } 所写的内容]({ $link })提问：{ $asked }
about-tokens = 约 { $amount } 个 token
meter-writing = -# ✍️ 正在书写
meter-waiting = -# 正在等待模型 · { $time }
meter-thinking = -# 💭 已思考 { $time } · { $tokens }
meter-thought = -# 💭 思考了 { $time } · { $tokens } · 正在书写
time-seconds = { $seconds } 秒
time-minutes = { $minutes } 分 { $seconds } 秒

ending-stopped = 已停止
ending-length = 因长度限制被截断
ending-interrupted = 已中断
ending-failed = 失败
bill-open = 正在查询费用
paid-by = 由 { $payer } 支付
left-of = { $now }剩余 { $left }，共 { $limit }
failed-why = ⚠️ { $why }
answer-interrupted = ⚠️ 我被重启时，这个回答中断了。
stopped-before-words = 在第一个字之前就停止了。
only-thoughts = 模型把输出限额全用在了思考上，没有留下可用于回答的部分。请试试更简单的问题，或只问一部分。
no-words = 模型一个字没说就结束了。请再试一次。
earlier-answer = -# 这是之前的回答；没有新的回答。
notes-more = -# 以及另外 { $count } 条
in-file = 这个回答超过 { $most } 条消息：此文件包含全文，请打开查看。
not-in-file = ⚠️ 全文本应是文件，但我不能在这里附加。
goes-on = -# 回答还在继续；全文会以文件形式给出。
too-late = ⚠️ Discord 只让我在 15 分钟内写入私密回答，时间已过。此后的内容无法显示。需要这么久的回答，请公开提问。
no-files = -# ⚠️ 我不能在这里附加文件，或文件太大，所以缺少图片和文件。
thoughts-above = -# 💭 模型最初的思考。别人看不到，它自己也不会记得。

hint-mermaid = -# Mermaid 图表：mermaid.live 可以绘制。
hint-svg = -# SVG 图形：保存为 .svg 文件后，浏览器可以显示。
more-lines-so-far = -# … 目前还有 { $count } 行；全文会以文件形式给出
more-lines-in = -# … 还有 { $count } 行在 { $file } 中

button-stop = 停止
button-thinking = 思考
button-retry = 重试
button-regenerate = 重新生成
button-continue = 继续
button-thread = 子区
button-send = 发送
button-trim = 精简
button-cancel = 取消
page-of = -# 第 { $page } 页，共 { $pages } 页

note-trimmed = 已精简：之前的 { $turns } 轮对话没有发给模型。
note-fell-out = 这段对话对我来说太长了：之前的 { $turns } 轮已略去，今后会继续略去较早的部分。你在 `/{ cmd-history } { cmd-history-show }` 里固定的内容会保留。
note-edited-since = 问题后来被编辑过。“**{ button-regenerate }**”会按现在的内容回答。
note-quote-lost = 这条消息所回复的内容已应其作者的要求被忘记：我看不到它说了什么。
note-credits-low = 这个机器人在 OpenRouter 的余额快用完了；运营它的人可以充值。
note-short-cost = 简短回答：剩余 { $left }，够写 { $tokens } 的回答。
note-short-cost-now = 简短回答：{ $now }剩余 { $left }，够写 { $tokens } 的回答。
# Optional: $count
note-short-tokens = 简短回答：剩余 { $tokens }。
# Optional: $count
note-short-tokens-now = 简短回答：{ $now }剩余 { $tokens }。
# Optional: $count
warning-nearly = 你的限额（{ $limit }）已用 { $percent }%；重置时间：{ $resets }。
# Optional: $count
warning-end = 你的限额（{ $limit }）已用完；重置时间：{ $resets }。
# Optional: $count
warning-end-but = 你的限额（{ $limit }）已用完，只剩 { $rest }；重置时间：{ $resets }。

price-cancelled = 已取消。没有花费任何费用。
price-withdrawn = 问题已被删除。没有花费任何费用。
price-ask = **{ $price }**。发送吗？
price-ask-share = **{ $price }，占你今天剩余的 { $share }%**。发送吗？
price-ask-share-whole = **{ $price }，占你一天的 { $share }%**。发送吗？
price-tokens = 约 { $tokens } 个 token
price-tokens-cost = 约 { $tokens } 个 token，约 { $cost }
price-trim-tokens = -# “{ button-trim }”会去掉之前的 { $turns } 轮对话再发送：约 { $tokens } 个 token。
price-trim-tokens-cost = -# “{ button-trim }”会去掉之前的 { $turns } 轮对话再发送：约 { $tokens } 个 token，约 { $cost }。
price-rules = -# 只有提问的人可以选择。在此之前不会花费任何费用；问题会等待一天。

alarm-credits-gone = ⚠️ OpenRouter 不再回答任何人：我在那里的余额或密钥的限额已用完。请充值或提高限额；我每分钟会重试一次。
alarm-credits-low = ⚠️ 我在 OpenRouter 的余额或密钥的限额快用完了。请在我无法回答之前充值或提高限额。
alarm-key-rejected = ⚠️ OpenRouter 不接受我的密钥，所以谁都得不到回答。请在我的设置里填入有效的 OPENROUTER_API_KEY，然后重新启动我。

branch-first = -# 🧵 这个子区从{ $answer }继续。我记得到那里为止的所有对话。{ $how }
branch-this-answer = [这个回答]({ $link })
branch-an-answer = 一个回答
branch-here = 这是你的子区：{ $thread }
thread-waits = 在这里，被提及或你回复我时，我会回答。
thread-answers = 这里的每条消息都会得到回答；无需提及我。
thread-not-mine = 一条消息只能有一个子区。在其中提及我，我就会回答。
thread-exists = 那条消息已有子区：{ $thread }
thread-read-with = 🧵 我读了 [{ $writer } 所写的内容]({ $link })以及 { $files }。你想了解什么？
thread-read = 🧵 我读了 [{ $writer } 所写的内容]({ $link })。你想了解什么？
thread-too-long = -# ⚠️ 它对我来说太长了：我只读了开头。
thread-name-message = { $writer } 所写的内容
thread-me = 我
thread-title-cut = -# 标题超过了 { $most } 个字符；这是它的开头。
chat-asks = **{ $asker }** 提问：
chat-with = 与 { $person } 聊天
form-ask-title = 就这条消息提问
form-ask-example = 你想了解它的什么？
form-ask-question = 你的问题
