# Où en est quelqu’un : quelle limite décide et pourquoi, ce qui bloque, ce qui est accordé.

why-member = elle est fixée pour ce membre précisément
why-role = des rôles de ce membre, c’est la plus généreuse
why-everyone = elle vaut pour chaque membre, et aucune limite de rôle ou de membre ne passe avant
why-default = ce serveur n’a fixé aucune limite pour ce membre
why-channel = la limite d’un salon compte toujours
why-server = la limite du serveur compte toujours
why-operator = la limite de l’opérateur pour un serveur compte toujours
why-bot = la limite de tout le bot compte toujours
decides = Décide : { $why }.
decides-yielding = Décide : { $why }. S’effacent devant elle : { $others }.
yielding-between = {" ; "}
own-exempt-member = Tu es **exempté** en tant que membre : seules les limites partagées par tous comptent pour toi ici.
own-exempt-role = Tu es **exempté** par le rôle { $role } : seules les limites partagées par tous comptent pour toi ici.
own-no-limit = Aucune limite n’est fixée pour toi.
exempt-member = **Exempté** en tant que membre : seules les limites partagées par tous comptent.
exempt-role = **Exempté** par le rôle { $role } : seules les limites partagées par tous comptent.
no-limit = Aucune limite n’est fixée.
afresh = -# Les périodes de ce membre sont reparties de zéro { $when }.
granted-heading = **Accordé en plus**, dépensé quand une limite ci-dessus est épuisée
granted-left = reste { $left }, expire { $expires }
granted-left-forever = reste { $left }, n’expire jamais
blocked-by = **Bloqué par** : { $whose }, { $limit }, repart { $resets }
blocked-role = rôle { $role }
blocked-member = membre { $member }
heading-account = **{ $name }**, dans ce salon

limit-set = Fixé : { $rule }. Cela vaut dès la prochaine question.
limit-set-no-defaults = -# Ceux que vise cette limite n’ont plus celles par défaut du bot : { $limits }.
limit-removed = Retiré. `/{ cmd-quota } { cmd-quota-list }` montre ce qui reste.
limit-not-there = Il n’y a pas de telle limite. `/{ cmd-quota } { cmd-quota-list }` montre celles qu’il y a.
limits-own = **Limites de ce serveur**
limits-default = **Pour les membres auxquels il n’en a fixé aucune**
limits-operator = **Fixée par l’opérateur du bot**
limits-bot = **Pour tout le bot, sur tous les serveurs**
limits-exempt = **Exemptés des limites personnelles** : celles d’un membre, d’un rôle ou de chaque membre
limits-none = aucune

granted-forever = Accordé : { $amount } en plus pour { $member }. Cela n’expire jamais.
granted-until = Accordé : { $amount } en plus pour { $member }. Cela expire { $expires }.
reset-member = Remis à zéro : { $member } n’a plus rien utilisé à partir de maintenant.
reset-uncounted = -# Ne compte plus : { $used }.
used-now = { $amount } { $now }
each-with-role = Chaque membre avec { $role }
exempt-now = { $whom } est exempté des limites personnelles dès la prochaine question. Les limites d’un salon, de tout le serveur et du bot comptent toujours.
exempt-no-more = { $whom } n’est plus exempté : les limites personnelles valent dès la prochaine question.
exempt-already = { $whom } était déjà exempté.
exempt-not-already = { $whom } n’était pas exempté.
exempt-still-by-role = { $whom } n’est plus exempté en tant que membre, mais l’est toujours par le rôle { $role }.
exempt-still-by-role-only = { $whom } n’était pas exempté en tant que membre, mais l’est toujours par le rôle { $role }.

sponsor-nobody = Personne ne parraine ce fil : ce que chacun demande compte pour lui-même.
sponsor-begun = { $sponsor } parraine ce fil : ce que tout le monde demande ici compte pour cette personne, jusqu’à { $cap } en tout.
sponsor-begun-more = -# Au-delà, ou quand ses propres limites n’ont plus de place, chacun paie pour soi. `/{ cmd-sponsor } { cmd-sponsor-off }` y met fin.
sponsor-ended = { $sponsor } ne parraine plus ce fil ; { $spent } sur { $cap } dépensé. Désormais, ce que chacun demande compte pour lui-même.
sponsor-state = { $sponsor } parraine ce fil : { $spent } sur { $cap } dépensé, reste { $left }.
