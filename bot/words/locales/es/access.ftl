# Quién puede usar el bot, y dónde.

access-no-channel = Este servidor no deja que nadie me use en { $channel }. Pide a alguien que administre este servidor que lo cambie. No se gastó nada.
access-no-role = Este servidor no deja que los miembros con { $role } me usen. Pide a alguien que administre este servidor que lo cambie. No se gastó nada.
access-no-member = Este servidor no deja que me uses. Pide a alguien que administre este servidor que lo cambie. No se gastó nada.
access-only-channels = Este servidor solo deja usarme en { $channels }. Pide a alguien que administre este servidor que lo cambie. No se gastó nada.
access-only-some = Este servidor solo deja que me usen algunos miembros, por su nombre. Pide a alguien que administre este servidor que lo cambie. No se gastó nada.
access-only-roles = Este servidor solo deja que me usen los miembros con { $roles }. Pide a alguien que administre este servidor que lo cambie. No se gastó nada.
access-only-roles-and-some = Este servidor solo deja que me usen los miembros con { $roles } y algunos miembros por su nombre. Pide a alguien que administre este servidor que lo cambie. No se gastó nada.
access-read-only-in = Eso solo lo puedes leer en { $channels }.
access-read-not-in = Este servidor no permite leer eso en { $channel }.
access-read-denied = Para eso necesitas el permiso **{ permission-manage-server }**, o que alguien que lo tenga te deje leerlo (`/{ cmd-access } { cmd-access-allow }` con `{ option-area }`: informes).

access-done-allow = Permitido: { $whom }.
access-done-deny = Denegado: { $whom }.
access-done-remove = Quitado: { $whom }.
access-stood-allow = Ya estaba permitido: { $whom }.
access-stood-deny = Ya estaba denegado: { $whom }.
access-stood-remove = No había tal regla para: { $whom }.

access-where-some = en los canales permitidos y sus hilos
access-where-all = en todos los canales
access-but-denied = , salvo que se les deniegue a ellos o al canal
access-use-some = Los roles y miembros permitidos pueden usarme { $where }{ $but }.
access-use-all = Todos pueden usarme { $where }{ $but }.
access-reports-managers = Solo quienes administran este servidor pueden leer sus informes.
access-reports-some = Quienes administran este servidor pueden leer sus informes; también los roles y miembros permitidos { $where }{ $but }. Discord muestra `/{ cmd-quota }`, `/{ cmd-access }`, `/{ cmd-audit }` y `/{ cmd-settings }` solo a quienes lo administran, hasta que alguien lo cambie en **Ajustes del servidor → Integraciones**.
access-heading-use = **Quién puede usarme**
access-heading-reports = **Quién puede leer informes: límites, uso, cambios**
access-rule-allow = - Permitido: { $whom }
access-rule-deny = - Denegado: { $whom }
access-plain-allow = permitir { $whom }
access-plain-deny = denegar { $whom }
access-plain-allow-reports = permitir { $whom } (informes)
access-plain-deny-reports = denegar { $whom } (informes)
plain-left = alguien que se fue ({ $id })
plain-member = el miembro { $id }
plain-role-gone = un rol que ya no existe ({ $id })
plain-channel-unseen = un canal que no puedo ver ({ $id })
