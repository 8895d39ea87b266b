# Ce que serveurs et salons ont choisi, personas, et la trace des changements.

settings-heading = **Réglages dans { $channel }**
settings-line = - { $name } : **{ $value }** ({ $whose }) : { $meaning }
settings-set = Fixé pour { $where } : { $settings }
settings-set-one = { $name } **{ $value }**
settings-reset = Réinitialisé pour { $where } : { $names }
settings-reset-nothing = Rien de cela n’était fixé pour { $where }.
settings-this-server = ce serveur
settings-by-server = ce serveur
settings-default = valeur par défaut
settings-here = fixé ici
settings-tokens = { $amount } jetons
meaning-temperature = avec quelle liberté le modèle choisit ses mots
meaning-top-p = parmi combien des mots les plus probables il choisit
meaning-max-output = la limite d’une réponse, réflexion comprise
meaning-context = ce qu’un prompt peut contenir, passé et fichiers compris
meaning-thinking = combien de temps et combien le modèle réfléchit, pendant qu’il le fait
meaning-footer = la ligne avec secondes, jetons, coût et ce qui reste
meaning-mention-only = dans mes fils, ne répondre que là où on me mentionne ou me répond
timezone-line = - { option-timezone } : { $zone }
timezone-set = Fixé : { option-timezone } { $zone }
timezone-reset = Réinitialisé : { option-timezone } { $zone }
timezone-now = **{ $zone }**, où il est { $time }. Les jours, semaines et mois des limites de ce serveur commencent selon cette horloge.
timezone-proposed = { $zone } (là-bas { $time })

persona-none = Aucun persona n’est fixé ici : je suis un assistant serviable. `/{ cmd-persona } { cmd-persona-set }` en écrit un, et en a pour commencer.
persona-placeholders = -# `{ $date }`, `{ $server }`, `{ $channel }` et `{ $user }` sont remplacés par ce qu’ils disent.
persona-hint = { $placeholders } sont remplis
persona-title-person = **Pour toi, où que tu demandes ; s’ajoute à ce qui vaut là-bas**
persona-title-server = **Pour ce serveur**
persona-title-channel = **Pour { $channel }**
persona-set-person = Fixé : ton propre persona. Il vaut dès la prochaine question.
persona-set-channel = Fixé : le persona de ce salon. Il vaut dès la prochaine question.
persona-set-server = Fixé : le persona de ce serveur. Il vaut dès la prochaine question.
persona-reset-person = Réinitialisé : ton propre persona.
persona-reset-channel = Réinitialisé : le persona de ce salon.
persona-reset-server = Réinitialisé : le persona de ce serveur.
persona-not-there-person = Tu n’as pas de persona à toi à réinitialiser.
persona-not-there-channel = Ce salon n’a pas de persona à réinitialiser.
persona-not-there-server = Ce serveur n’a pas de persona à réinitialiser.
form-persona-person = Ton propre persona
form-persona-channel = Le persona de ce salon
form-persona-server = Le persona de ce serveur
form-persona-instructions = Instructions pour le modèle
form-persona-example = Tu es …

audit-heading = **Changements de l’année écoulée**, les plus récents d’abord
audit-about = , par { $person } ou à son sujet
audit-by = , par **/{ $command }**
audit-none = Aucun.
audit-line = - { $when } { $actor } **/{ $command }** { $target } : { $before } → { $after }
audit-nothing = rien
audit-whole-server = tout le serveur
audit-each-member = chaque membre
audit-limit = { $whom } { $meter }/{ $window }
audit-allowance = { $whom } { $meter }
audit-reports = { $whom } rapports
audit-setting-in = { $setting } dans { $channel }
audit-persona-server = persona du serveur
audit-persona-channel = persona de { $channel }
audit-characters = { $count ->
        [one] { $count } caractère
       *[other] { $count } caractères
    }
audit-allow = autorisé
audit-deny = refusé
audit-exempt = exempté
audit-not-exempt = non exempté
audit-afresh = à zéro
audit-until = { $amount } jusqu’au { $when }
audit-used = { $used }/{ $window }
