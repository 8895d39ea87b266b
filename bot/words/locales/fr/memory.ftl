# L’étagère de /historique : ce que verrait le modèle.

shelf-heading = **Ce que le modèle voit avec la prochaine question ici**
shelf-heading-private = **Ce que le modèle voit avec ta prochaine question privée ici**
shelf-total = { $bar } { $total } sur { $budget } jetons ({ $share } %)
shelf-turn = Une question prend environ { $tokens } jetons, plus ce que tu écris.
shelf-turn-cost = Une question prend environ { $tokens } jetons, environ { $cost }, plus ce que tu écris.
shelf-parts = -# { $instructions } des jetons sont des instructions, { $around } entourent tout prompt ; on compte avec une réponse de { $answer }.
shelf-empty = Rien n’a encore été dit ici dont je me souvienne : la prochaine question part de zéro.
shelf-not-yours = -# Tu peux épingler et écarter ce que tu as demandé toi-même ; la modération peut le faire avec tout.
shelf-overflows = ⚠️ **Ce qui reste en tout cas dépasse la place, on ne peut donc rien demander ici.** Désépingle ou écarte quelque chose.
shelf-files-only = (fichiers seulement)
shelf-file = -# 📄 { $marks }{ $words } · { $tokens } · avec { $turn }
shelf-being-answered = -# ↳ ✍️ réponse en cours
shelf-no-answer = -# ↳ pas de réponse
shelf-mark-pinned = épinglé : reste, aussi long que cela devienne
shelf-mark-stale = périmé : répondu avant que change quelque chose dont cela dépend
shelf-mark-left-out = n’a plus de place
shelf-mark-dropped = écarté : n’est pas envoyé au modèle
shelf-mark-private = seulement dans ce que tu demandes en privé
shelf-older =
    { $turns ->
        [one] -# { $turns } échange plus ancien, qui n’a plus de place depuis longtemps, n’est pas listé ici
       *[other] -# { $turns } échanges plus anciens, qui n’ont plus de place depuis longtemps, ne sont pas listés ici
    }
shelf-select-pin = 📌 Épingler ou désépingler …
shelf-select-drop = 🗑️ Écarter ou remettre …
shelf-do-pin = Épingler { $what }
shelf-do-unpin = Désépingler { $what }
shelf-do-drop = Écarter { $what }
shelf-do-restore = Remettre { $what }
shelf-nothing-to-clear = Il n’y a rien à mettre de côté : la prochaine question ici part déjà de zéro.
shelf-cleared =
    { $turns ->
        [one] 🧹 **Un nouveau départ.** Un échange est mis de côté, y compris l’épinglé : le modèle ne voit rien de ce qui a été dit ici jusqu’à maintenant.
       *[other] 🧹 **Un nouveau départ.** { $turns } échanges sont mis de côté, y compris l’épinglé : le modèle ne voit rien de ce qui a été dit ici jusqu’à maintenant.
    }
shelf-cleared-note = -# Rien n’a été effacé. « { button-undo } » ramène tout, l’épinglé aussi.
shelf-undone = Le nouveau départ est annulé : ce qui a été dit avant est de nouveau en mémoire.
button-refresh = Actualiser
button-undo = Annuler

export-nothing = Je ne me souviens encore de rien de cette conversation ; le fichier le dit.
export-what =
    { $questions ->
        [one] Ce dont je me souviens de cette conversation : { $questions } question avec ses fichiers et réponses.
       *[other] Ce dont je me souviens de cette conversation : { $questions } questions avec leurs fichiers et réponses.
    }
export-private = Toi seul vois cela ; les questions privées des autres n’y sont pas.
export-parts = Cela vient en { $parts } parties, car Discord n’accepte pas de plus gros fichiers.
export-left-out = ⚠️ Trop gros pour tout fichier, et laissés de côté : { $count }.
export-cut = ⚠️ C’est trop long : les questions les plus récentes ne sont pas dans ces fichiers.

forget-ask = **Dois-je oublier tout ce que tu m’as jamais dit ?** C’est irréversible.
forget-goes = Ceci disparaît, de chaque serveur, fil et message privé :
forget-running = Les réponses pour toi encore en cours d’écriture sont arrêtées.
forget-stays = Ceci reste :
forget-done = **Oublié :**
forget-already = rien : tout était déjà oublié
forget-traces-now = Ses dernières traces dans les fichiers de la base de données sont écrasées maintenant ; s’ils restent utilisés, à mon prochain démarrage.
forget-traces-next-start = Ses dernières traces dans le fichier de la base de données ne seront écrasées qu’à mon prochain démarrage : il est trop gros pour être réécrit pendant que je réponds.
forget-traces-server = Ses dernières traces dans les fichiers de la base de données, je ne peux pas les écraser moi-même : le serveur de la base le fera à son prochain nettoyage.
forget-from-now-on = -# Ce que tu dis à partir de maintenant est de nouveau gardé en mémoire.
forget-kept = Rien n’a été oublié.
forget-nothing-there = Je ne garde rien de ce que tu as dit, il n’y a donc rien à oublier.
forget-nothing-but = Je ne garde rien de ce que tu as dit, il n’y a donc rien à oublier. Non compté : { $but }
forget-count-questions =
    { $count ->
        [one] { $count } question de toi
       *[other] { $count } questions de toi
    }
forget-count-files =
    { $count ->
        [one] { $count } fichier qui les accompagnait
       *[other] { $count } fichiers qui les accompagnaient
    }
forget-count-answers =
    { $count ->
        [one] { $count } réponse, avec ce que le modèle a d’abord pensé
       *[other] { $count } réponses, avec ce que le modèle a d’abord pensé
    }
forget-count-quotes =
    { $count ->
        [one] { $count } citation de toi dans des questions d’autres personnes
       *[other] { $count } citations de toi dans des questions d’autres personnes
    }
forget-count-echoes =
    { $count ->
        [one] { $count } réponse à d’autres qui répète tes mots
       *[other] { $count } réponses à d’autres qui répètent tes mots
    }
forget-count-persona = ton propre persona
forget-count-waiting =
    { $count ->
        [one] { $count } question qui attend ton oui à son prix
       *[other] { $count } questions qui attendent ton oui à leur prix
    }
forget-count-titles =
    { $count ->
        [one] { $count } titre de fil qui peut contenir des mots à toi
       *[other] { $count } titres de fils qui peuvent contenir des mots à toi
    }
forget-count-reasons =
    { $count ->
        [one] { $count } raison que tu as écrite pour des suppléments et remises à zéro
       *[other] { $count } raisons que tu as écrites pour des suppléments et remises à zéro
    }
forget-shared =
    { $count ->
        [one] { $count } persona que tu as écrit pour un salon ou un serveur et qui leur appartient : `/{ cmd-persona } { cmd-persona-reset }` le retire.
       *[other] { $count } personas que tu as écrits pour un salon ou un serveur et qui leur appartiennent : `/{ cmd-persona } { cmd-persona-reset }` les retire.
    }
forget-keeps-amounts = les demandes, jetons et coûts de tes questions, sous ton identifiant Discord : les limites reposent dessus
forget-keeps-messages = tes messages et mes réponses dans Discord, et les noms des fils, à toi de les supprimer ou de les faire supprimer ; les boutons sous ces réponses ne font plus rien
forget-keeps-others = ce que d’autres ont demandé et dit eux-mêmes, même si cela répète des mots à toi, et mes autres réponses
forget-keeps-provider = ce qui a été envoyé au modèle et à son fournisseur, ce dont décident les réglages d’OpenRouter
button-forget = Tout oublier
button-keep = Garder

document-channel = salon { $id }
document-in-server = { $place } dans { $server }
document-part = { $title }, partie { $part }
document-for = Exporté pour { $person } le { $when }.
document-nothing = Rien n’a été dit.
document-goes-on = La suite est dans la partie suivante.
document-edited = modifié { $when }
document-private = privé
document-pinned = épinglé
document-file = Fichier { $name } :
document-file-pinned = Fichier { $name }, épinglé :
document-unnamed = sans nom
document-answer = Réponse
document-answer-of = Réponse, { $place } sur { $count }
document-chosen = celle qui compte
document-length = coupée par sa limite
document-stopped = arrêtée
document-interrupted = interrompue
document-stale = repose sur ce qui a changé depuis
