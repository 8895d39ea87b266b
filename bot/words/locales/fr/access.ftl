# Qui peut utiliser le bot, et où.

access-no-channel = Ce serveur ne laisse personne m’utiliser dans { $channel }. Demande à quelqu’un qui gère ce serveur de changer cela. Rien n’a été dépensé.
access-no-role = Ce serveur ne laisse pas les membres avec { $role } m’utiliser. Demande à quelqu’un qui gère ce serveur de changer cela. Rien n’a été dépensé.
access-no-member = Ce serveur ne te laisse pas m’utiliser. Demande à quelqu’un qui gère ce serveur de changer cela. Rien n’a été dépensé.
access-only-channels = Sur ce serveur, on ne peut m’utiliser que dans { $channels }. Demande à quelqu’un qui gère ce serveur de changer cela. Rien n’a été dépensé.
access-only-some = Sur ce serveur, seuls quelques membres, nommément, peuvent m’utiliser. Demande à quelqu’un qui gère ce serveur de changer cela. Rien n’a été dépensé.
access-only-roles = Sur ce serveur, seuls les membres avec { $roles } peuvent m’utiliser. Demande à quelqu’un qui gère ce serveur de changer cela. Rien n’a été dépensé.
access-only-roles-and-some = Sur ce serveur, seuls les membres avec { $roles }, et quelques membres nommément, peuvent m’utiliser. Demande à quelqu’un qui gère ce serveur de changer cela. Rien n’a été dépensé.
access-read-only-in = Tu ne peux lire cela que dans { $channels }.
access-read-not-in = Ce serveur ne permet pas de lire cela dans { $channel }.
access-read-denied = Pour cela, il te faut la permission **{ permission-manage-server }**, ou que quelqu’un qui l’a te laisse le lire (`/{ cmd-access } { cmd-access-allow }` avec `{ option-area }` : rapports).

access-done-allow = Autorisé : { $whom }.
access-done-deny = Refusé : { $whom }.
access-done-remove = Retiré : { $whom }.
access-stood-allow = Déjà autorisé : { $whom }.
access-stood-deny = Déjà refusé : { $whom }.
access-stood-remove = Il n’y avait pas de telle règle pour : { $whom }.

access-where-some = dans les salons autorisés et leurs fils
access-where-all = dans tous les salons
access-but-denied = , sauf refus pour eux ou pour le salon
access-use-some = Les rôles et membres autorisés peuvent m’utiliser { $where }{ $but }.
access-use-all = Tout le monde peut m’utiliser { $where }{ $but }.
access-reports-managers = Seules les personnes qui gèrent ce serveur peuvent lire ses rapports.
access-reports-some = Les personnes qui gèrent ce serveur peuvent lire ses rapports ; les rôles et membres autorisés aussi, { $where }{ $but }. Discord ne montre `/{ cmd-quota }`, `/{ cmd-access }`, `/{ cmd-audit }` et `/{ cmd-settings }` qu’aux personnes qui le gèrent, jusqu’à ce que quelqu’un change cela dans **Paramètres du serveur → Intégrations**.
access-heading-use = **Qui peut m’utiliser**
access-heading-reports = **Qui peut lire les rapports : limites, utilisation, changements**
access-rule-allow = - Autorisé : { $whom }
access-rule-deny = - Refusé : { $whom }
access-plain-allow = autoriser { $whom }
access-plain-deny = refuser { $whom }
access-plain-allow-reports = autoriser { $whom } (rapports)
access-plain-deny-reports = refuser { $whom } (rapports)
plain-left = quelqu’un qui est parti ({ $id })
plain-member = le membre { $id }
plain-role-gone = un rôle qui n’existe plus ({ $id })
plain-channel-unseen = un salon que je ne peux pas voir ({ $id })
