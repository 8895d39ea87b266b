# 誰が、どこでボットを使えるか。

access-no-channel = このサーバーでは、{ $channel } で私を使うことは誰にも許可されていません。変更するには、このサーバーを管理している人に頼んでください。費用はかかっていません。
access-no-role = このサーバーでは、{ $role } を持つメンバーは私を使えません。変更するには、このサーバーを管理している人に頼んでください。費用はかかっていません。
access-no-member = このサーバーでは、あなたは私を使えません。変更するには、このサーバーを管理している人に頼んでください。費用はかかっていません。
access-only-channels = このサーバーで私を使えるのは { $channels } だけです。変更するには、このサーバーを管理している人に頼んでください。費用はかかっていません。
access-only-some = このサーバーで私を使えるのは、指定された一部のメンバーだけです。変更するには、このサーバーを管理している人に頼んでください。費用はかかっていません。
access-only-roles = このサーバーで私を使えるのは、{ $roles } を持つメンバーだけです。変更するには、このサーバーを管理している人に頼んでください。費用はかかっていません。
access-only-roles-and-some = このサーバーで私を使えるのは、{ $roles } を持つメンバーと、指定された一部のメンバーだけです。変更するには、このサーバーを管理している人に頼んでください。費用はかかっていません。
access-read-only-in = それを読めるのは { $channels } だけです。
access-read-not-in = このサーバーでは、{ $channel } でそれを読むことはできません。
access-read-denied = それには **{ permission-manage-server }** の権限が必要です。その権限を持つ人に、読めるようにしてもらうこともできます（`/{ cmd-access } { cmd-access-allow }` で `{ option-area }` をレポートに）。

access-done-allow = 許可しました：{ $whom }
access-done-deny = 禁止しました：{ $whom }
access-done-remove = 取り消しました：{ $whom }
access-stood-allow = すでに許可されています：{ $whom }
access-stood-deny = すでに禁止されています：{ $whom }
access-stood-remove = そのようなルールはありませんでした：{ $whom }

access-where-some = 許可されたチャンネルとそのスレッドで
access-where-all = どのチャンネルでも
access-but-denied = （本人またはチャンネルが禁止されている場合を除く）
access-use-some = 許可されたロールとメンバーは、{ $where }私を使えます{ $but }。
access-use-all = 誰でも、{ $where }私を使えます{ $but }。
access-reports-managers = レポートを読めるのは、このサーバーを管理している人だけです。
access-reports-some = このサーバーを管理している人はレポートを読めます。許可されたロールとメンバーも、{ $where }読めます{ $but }。Discord が `/{ cmd-quota }`、`/{ cmd-access }`、`/{ cmd-audit }`、`/{ cmd-settings }` を表示するのは管理している人だけです。**サーバー設定 → 連携サービス**で変更できます。
access-heading-use = **私を使える人**
access-heading-reports = **レポート（上限、使用量、変更）を読める人**
access-rule-allow = - 許可：{ $whom }
access-rule-deny = - 禁止：{ $whom }
access-plain-allow = 許可：{ $whom }
access-plain-deny = 禁止：{ $whom }
access-plain-allow-reports = 許可：{ $whom }（レポート）
access-plain-deny-reports = 禁止：{ $whom }（レポート）
plain-left = 退出した人（{ $id }）
plain-member = メンバー { $id }
plain-role-gone = なくなったロール（{ $id }）
plain-channel-unseen = 私に見えないチャンネル（{ $id }）
