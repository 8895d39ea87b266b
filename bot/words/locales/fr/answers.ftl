# Les petites lignes autour d’une réponse, et ses boutons.

about-line = -# { $asker } pose une question sur [ce que { $writer } a écrit]({ $link }) : { $asked }
about-tokens = environ { $amount } jetons
meter-writing = -# ✍️ écrit
meter-waiting = -# attend le modèle · { $time }
meter-thinking = -# 💭 réfléchit depuis { $time } · { $tokens }
meter-thought = -# 💭 a réfléchi { $time } · { $tokens } · écrit
time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s

ending-stopped = arrêtée
ending-length = coupée à sa limite de longueur
ending-interrupted = interrompue
ending-failed = échouée
bill-open = son coût est en cours de vérification
paid-by = payée par { $payer }
left-of = reste { $left } sur { $limit } { $now }
failed-why = ⚠️ { $why }
answer-interrupted = ⚠️ Cette réponse a été interrompue quand on m’a redémarré.
stopped-before-words = Arrêtée avant le premier mot.
only-thoughts = Le modèle a utilisé toute sa limite de sortie pour réfléchir, et il n’est rien resté pour une réponse. Essaie avec une question plus simple, ou une partie.
no-words = Le modèle s’est arrêté sans un mot. Réessaie.
earlier-answer = -# C’est la réponse d’avant ; il n’y en a pas de nouvelle.
notes-more = -# et { $count } de plus
in-file = La réponse dépasse { $most } messages : ce fichier la contient tout entière.
not-in-file = ⚠️ Le tout serait un fichier, que je ne peux pas joindre ici.
goes-on = -# La réponse continue ; elle viendra tout entière dans un fichier.
too-late = ⚠️ Discord me laisse écrire une réponse privée pendant 15 minutes, et elles sont passées. La suite ne peut pas être montrée. Pour une réponse aussi longue, demande en public.
no-files = -# ⚠️ Je ne peux pas joindre de fichiers ici, ou pas de si gros ; il manque donc des images et des fichiers.
thoughts-above = -# 💭 Ce que le modèle a d’abord pensé. Personne d’autre ne le voit, et il n’en garde aucun souvenir.

hint-mermaid = -# Un diagramme Mermaid : mermaid.live le dessine.
hint-svg = -# Un dessin SVG : enregistré comme fichier .svg, un navigateur le montre.
more-lines-so-far =
    { $count ->
        [one] -# … { $count } ligne de plus pour l’instant ; le tout viendra dans un fichier
       *[other] -# … { $count } lignes de plus pour l’instant ; le tout viendra dans un fichier
    }
more-lines-in =
    { $count ->
        [one] -# … et { $count } ligne de plus dans { $file }
       *[other] -# … et { $count } lignes de plus dans { $file }
    }

button-stop = Arrêter
button-thinking = Réflexion
button-retry = Réessayer
button-regenerate = Refaire
button-continue = Continuer
button-thread = Fil
button-send = Envoyer
button-trim = Raccourcir
button-cancel = Annuler
page-of = -# Page { $page } sur { $pages }

note-trimmed =
    { $turns ->
        [one] Raccourci : { $turns } échange antérieur n’a pas été envoyé au modèle.
       *[other] Raccourci : { $turns } échanges antérieurs n’ont pas été envoyés au modèle.
    }
note-fell-out =
    { $turns ->
        [one] Cette conversation est devenue trop longue pour moi : { $turns } échange antérieur a été laissé de côté, et les plus anciens le seront désormais. Ce que tu épingles dans `/{ cmd-history } { cmd-history-show }` reste.
       *[other] Cette conversation est devenue trop longue pour moi : { $turns } échanges antérieurs ont été laissés de côté, et les plus anciens le seront désormais. Ce que tu épingles dans `/{ cmd-history } { cmd-history-show }` reste.
    }
note-edited-since = La question a été modifiée depuis. **{ button-regenerate }** y répond telle qu’elle est maintenant.
note-quote-lost = Le message auquel ceci répond a été oublié à la demande de son auteur : je ne vois pas ce qu’il dit.
note-credits-low = Le crédit de ce bot chez OpenRouter est presque épuisé ; qui le fait tourner peut en ajouter.
note-short-cost = Réponse courte : il reste { $left }, de quoi faire { $tokens } de réponse.
note-short-cost-now = Réponse courte : il reste { $left } { $now }, de quoi faire { $tokens } de réponse.
note-short-tokens =
    { $count ->
        [one] Réponse courte : il reste { $tokens }.
       *[other] Réponse courte : il reste { $tokens }.
    }
note-short-tokens-now =
    { $count ->
        [one] Réponse courte : il reste { $tokens } { $now }.
       *[other] Réponse courte : il reste { $tokens } { $now }.
    }
warning-nearly =
    { $count ->
       *[other] Tu as utilisé { $percent } % de ta limite de { $limit } ; elle repart { $resets }.
    }
warning-end =
    { $count ->
       *[other] Ta limite de { $limit } est épuisée ; elle repart { $resets }.
    }
warning-end-but =
    { $count ->
       *[other] Ta limite de { $limit } est épuisée, sauf { $rest } ; elle repart { $resets }.
    }

price-cancelled = Annulé. Rien n’a été dépensé.
price-withdrawn = La question a été supprimée. Rien n’a été dépensé.
price-ask = **{ $price }.** L’envoyer ?
price-ask-share = **{ $price }, { $share } % de ce qui te reste aujourd’hui.** L’envoyer ?
price-ask-share-whole = **{ $price }, { $share } % de ta journée.** L’envoyer ?
price-tokens = Environ { $tokens } jetons
price-tokens-cost = Environ { $tokens } jetons, environ { $cost }
price-trim-tokens =
    { $turns ->
        [one] -# Raccourcir l’envoie sans { $turns } échange antérieur : environ { $tokens } jetons.
       *[other] -# Raccourcir l’envoie sans { $turns } échanges antérieurs : environ { $tokens } jetons.
    }
price-trim-tokens-cost =
    { $turns ->
        [one] -# Raccourcir l’envoie sans { $turns } échange antérieur : environ { $tokens } jetons, environ { $cost }.
       *[other] -# Raccourcir l’envoie sans { $turns } échanges antérieurs : environ { $tokens } jetons, environ { $cost }.
    }
price-rules = -# Seule la personne qui a demandé peut choisir. Rien n’est dépensé avant ; la question attend un jour.

alarm-credits-gone = ⚠️ OpenRouter ne répond plus à personne : mon crédit là-bas, ou la limite de ma clé, est épuisé. Ajoute du crédit ou relève la limite ; je réessaie chaque minute.
alarm-credits-low = ⚠️ Mon crédit chez OpenRouter, ou la limite de ma clé, est presque épuisé. Ajoute du crédit ou relève la limite avant que je ne puisse plus répondre.
alarm-key-rejected = ⚠️ OpenRouter n’accepte pas ma clé, personne ne peut donc avoir de réponse. Mets une OPENROUTER_API_KEY valide dans mes réglages et relance-moi.

branch-first = -# 🧵 Ce fil continue à partir de { $answer }. Je me souviens de tout ce qui a été dit jusque-là. { $how }
branch-this-answer = [cette réponse]({ $link })
branch-an-answer = une réponse
branch-here = Voici ton fil : { $thread }
thread-waits = Ici, je réponds quand on me mentionne ou quand tu me réponds.
thread-answers = Ici, chaque message reçoit une réponse ; inutile de me mentionner.
thread-not-mine = Un message ne peut en avoir qu’un. Mentionne-moi dedans, et je réponds.
thread-exists = Ce message a déjà un fil : { $thread }
thread-read-with = 🧵 J’ai lu [ce que { $writer } a écrit]({ $link }), avec { $files }. Que voudrais-tu savoir là-dessus ?
thread-read = 🧵 J’ai lu [ce que { $writer } a écrit]({ $link }). Que voudrais-tu savoir là-dessus ?
thread-too-long = -# ⚠️ C’est trop long pour moi : je n’en ai lu que le début.
thread-name-message = Ce que { $writer } a écrit
thread-me = Threadlight
thread-title-cut = -# Le titre dépassait { $most } caractères ; voici son début.
chat-asks = **{ $asker }** demande :
chat-with = Discussion avec { $person }
form-ask-title = Question sur ce message
form-ask-example = Que veux-tu savoir là-dessus ?
form-ask-question = Ta question
