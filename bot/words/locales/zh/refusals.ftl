# 出了什么问题、花了多少、接下来怎么办。

unknown-error = 我这边出了问题，已记入日志。请再试一次；如果再次发生，请告诉运营这个机器人的人。
screen-gone = 承载回答的消息已不在，因此无法显示。
discord-unreachable = 现在无法连接 Discord。请稍后再试。
storage-busy = 我的记忆现在非常繁忙。请稍等片刻再试。
storage-trouble = 我现在无法使用我的记忆，所以不能回答。请告诉运营这个机器人的人。

refused = 现在做不到。没有花费任何费用。
price-unknown = 我现在看不到模型的价格，为了守住费用限额，一次只回答一个问题。请稍等片刻再问。没有花费任何费用。
repeated = 这个已经问过了。没有花费任何费用。
withdrawn = 还没轮到这个问题，它就被删除了。没有花费任何费用。
forgotten = 这些话已被忘记：你让我删除了你说过的一切。Discord 里的内容由你自己删除；愿意的话请重新提问。
being-written = 这里正在写新的回答。请等它写完，或先停止它。
nothing-there = 那个已经没有了：它被删除了，或从未存在。
already-ended = 那个回答已不在书写中，所以没有什么可停止的。
proposal-gone = 那个问题不再等待回答：它已经发送或取消，或者已超过一天。愿意的话请再问一次；这没有花费任何费用。
shutting-down = 我即将重启。请一分钟后再问；没有花费任何费用。
question-empty = 里面没有问题。{ $files } 写一个吧，我会回答。
nothing-to-read = 我在那条消息里没有找到可读的文字。{ $files } 没有花费任何费用。
file-sentence = {" "}{ $note }。
queue-full = 这里已有 { $waiting } 个问题在等待。请等其中一些得到回答后再问。
too-long-pinned = 加上这里固定的内容，约需 { $tokens } 个 token，而最多容纳 { $limit } 个。已固定：{ $pinned }。请用 `/{ cmd-history } { cmd-history-show }` 取消一些固定，或到别的频道去问。没有花费任何费用。
too-long = 太长了：连同文件约 { $tokens } 个 token，而最多容纳 { $limit } 个。请缩短，或只问其中一部分。没有花费任何费用。
quoted-name = “{ $name }”
not-allowed-me = 我在这里不能这样做：我没有 **{ $permission }** 权限。管理此服务器的人可以授予我。
not-allowed-you = 你需要 **{ $permission }** 权限才能这样做。
permission-manage-server = 管理服务器
permission-manage-channels = 管理频道
permission-manage-messages = 管理消息
permission-read-message-history = 读取消息历史记录
permission-create-public-threads = 创建公共子区
permission-create-private-threads = 创建私密子区
permission-send-messages-in-threads = 在子区内发送消息
not-owner = 只有这个子区的主人才能这样做。
not-owner-but = 只有这个子区的主人 { $owner } 才能这样做。
not-yours-moderators = 只有提问的人或管理员才能这样做。
not-yours = 只有提问的人才能这样做。你可以自己问同样的问题。

whose-bot = 整个机器人的限额（所有人合计{ $limit }）
whose-operator = 机器人对此服务器的限额（{ $limit }）
whose-server = 此服务器的限额（所有人合计{ $limit }）
whose-channel = 此频道的限额（所有人合计{ $limit }）
whose-member = 你自己的限额（{ $limit }）
whose-role = 你的身份组的限额（每个成员{ $limit }）
whose-everyone = 此服务器的限额（每个成员{ $limit }）
whose-default = 每个人的限额（{ $limit }）
# Optional: $count
quota-left = 剩余 { $amount }
quota-held = ，另有 { $amount } 为仍在书写的回答预留
quota-needs = ，而这个问题至少需要 { $amount }
quota-reached = { $whose }已用完：{ $left }。重置时间：{ $resets }。没有花费任何费用。
quota-too-small = { $whose }不够这个问题使用，它至少需要 { $needed }；{ $left }。更短的问题也许可以，或请管理限额的人调高。没有花费任何费用。

invalid-request = 模型没有接受这个问题；可能对它来说太长了。请试试更短的问题，或在新的子区里问。
key-rejected = OpenRouter 不接受这个机器人的密钥，所以现在谁都得不到回答。请告诉运营这个机器人的人。
credits-exhausted = 这个机器人在 OpenRouter 的余额已用完，所以现在谁都得不到回答。请告诉运营这个机器人的人。
moderated = 审核过滤器拒绝了这些话。请试着换种说法。
moderated-for = 审核过滤器拒绝了这些话（{ $reasons }）。请试着换种说法。
no-endpoint = 现在没有人提供这个模型。请稍后再试；如果一直这样，请告诉运营这个机器人的人。
rate-limited = 现在向模型提的问题太多了。{ $again }
provider-trouble = 模型的提供商现在遇到了问题。{ $again }
unreachable = 无法连接 OpenRouter。{ $again }
empty-answer = 模型一个字没说就结束了。{ $again }
stream-broken = 回答中断了：与模型的连接断开了。{ $again }
model-error = 模型无法回答。{ $again }
again-in = 请在 { $seconds } 秒后再试。
again-soon = 请稍等片刻再试。
with-cost-begun = { $what }到那时为止所用的会计费。
with-cost-none = { $what }没有花费任何费用。

unread-line = { $file }：{ $problem }
unread-too-large = 未读取，它大于 { $kilobytes } kB
unread-kind = 未读取，模型只读文本，而这是 { $about }
unread-not-handed-out = 未读取，Discord 没有提供；请重新发送
unread-no-text = 未读取，它不是文本文件
unread-empty = 它是空的
