# Ce qui n’a pas marché, ce que cela a coûté, et quoi faire ensuite.

unknown-error = Quelque chose n’a pas marché de mon côté, et c’est noté dans le journal. Réessaie ; si cela se reproduit, préviens la personne qui fait tourner ce bot.
screen-gone = Je ne peux pas montrer la nouvelle réponse : le message de la précédente n’est plus là, ou m’est fermé. Ce que la nouvelle a pris compte quand même.
discord-unreachable = Discord est injoignable pour le moment. Réessaie plus tard.
storage-busy = Ma mémoire est très occupée pour le moment. Réessaie dans un instant.
storage-trouble = Je n’ai pas accès à ma mémoire pour le moment, je ne peux donc pas répondre. Préviens la personne qui fait tourner ce bot.

refused = Ce n’est pas possible maintenant. Rien n’a été dépensé.
price-unknown = Je ne vois pas le prix du modèle pour le moment, alors je réponds à une question à la fois pour respecter les limites de coût. Redemande dans un instant. Rien n’a été dépensé.
repeated = Cela a déjà été demandé. Rien n’a été dépensé.
nothing-spent = Rien n’a été dépensé.
place-closed = Cet endroit a été fermé avant que vienne le tour de la question. Rien n’a été dépensé.
withdrawn = La question a été supprimée avant que vienne son tour. Rien n’a été dépensé.
forgotten = Ces mots sont oubliés : tu as fait effacer tout ce que tu as dit. Ce qui est dans Discord, c’est à toi de le supprimer là-bas ; redemande si tu veux.
quote-forgotten = Le message dont il s’agit a été oublié à la demande de son auteur avant que cela puisse se faire. Rien n’a été dépensé.
quote-gone = Le message dont il s’agit ne peut plus être lu : il a été supprimé, ou toi seul le voyais et j’ai redémarré depuis. Rien n’a été dépensé.
form-typed = Ce que tu as écrit :
being-written = Une nouvelle réponse est en cours d’écriture ici. Attends qu’elle soit finie, ou arrête-la d’abord.
nothing-there = Il n’y a plus rien de cela : c’est supprimé, ou n’a jamais existé.
thinking-hidden = La réflexion est cachée ici : c’est un choix fait avec `/{ cmd-settings }` par qui gère cet endroit.
already-ended = Cette réponse n’est plus en cours d’écriture, il n’y a donc rien à arrêter.
proposal-gone = Cette question n’attend plus de réponse : elle a déjà été envoyée ou annulée, ou elle a plus d’un jour. Redemande si tu veux ; cela n’a rien coûté.
shutting-down = Je vais redémarrer. Redemande dans une minute ; rien n’a été dépensé.
question-empty = Il n’y avait pas de question là-dedans.{ $files } Écris-en une, et j’y répondrai.
nothing-to-read = Je n’ai pas trouvé de mots à lire dans ce message.{ $files } Rien n’a été dépensé.
file-sentence = {" "}{ $note }.
in-line =
    { $ahead ->
        [one] Ton tour vient après { $ahead } question, dont la réponse s’écrit ici.
       *[other] Ton tour vient après { $ahead } questions qui attendent ici ou reçoivent leur réponse.
    }
queue-full =
    { $waiting ->
        [one] { $waiting } question attend déjà ici. Redemande quand quelques-unes auront leur réponse.
       *[other] { $waiting } questions attendent déjà ici. Redemande quand quelques-unes auront leur réponse.
    }
too-long-pinned = Avec ce qui est épinglé ici, cela fait environ { $tokens } jetons, et il y a place pour { $limit }. Épinglé : { $pinned }. Retire quelque chose avec `/{ cmd-history } { cmd-history-show }`, ou demande dans un autre salon. Rien n’a été dépensé.
too-long = C’est trop long : environ { $tokens } jetons avec les fichiers, et il y a place pour { $limit }. Raccourcis, ou demande à propos d’une partie. Rien n’a été dépensé.
too-long-persona = Le persona d’ici ne laisse pas de place à une question : il prend environ { $persona } des { $limit } jetons qui tiennent. Qui l’a défini peut le raccourcir avec `/{ cmd-persona } { cmd-persona-set }` ; ceux qui gèrent ce serveur peuvent relever la limite avec `/{ cmd-settings } { cmd-settings-set }`. Rien n’a été dépensé.
too-long-to-continue = Cette réponse est devenue trop longue pour être continuée : avec sa question, cela fait environ { $tokens } jetons, et il y a place pour { $limit }. Demande la suite dans une nouvelle question. Rien n’a été dépensé.
quoted-name = « { $name } »
not-allowed-me = Je ne peux pas faire cela ici : il me manque la permission **{ $permission }**. Quelqu’un qui gère ce serveur peut me la donner.
not-allowed-you = Pour cela, il te faut la permission **{ $permission }**.
permission-manage-server = Gérer le serveur
permission-manage-channels = Gérer les salons
permission-manage-messages = Gérer les messages
permission-read-message-history = Voir les anciens messages
permission-view-channel = Voir le salon
permission-create-public-threads = Créer des fils publics
permission-create-private-threads = Créer des fils privés
permission-send-messages-in-threads = Envoyer des messages dans les fils
not-owner = Seule la personne à qui appartient ce fil peut faire cela.
not-owner-but = Seule la personne à qui appartient ce fil, { $owner }, peut faire cela.
not-yours-moderators = Seule la personne qui a demandé, ou la modération, peut faire cela.
not-yours = Seule la personne qui a demandé peut faire cela. Tu peux demander la même chose toi-même.

whose-bot = La limite de tout le bot de { $limit } pour tout le monde ensemble
whose-operator = La limite du bot de { $limit } pour ce serveur
whose-server = La limite de ce serveur de { $limit } pour tout le monde ensemble
whose-channel = La limite de ce salon de { $limit } pour tout le monde ensemble
whose-member = Ta propre limite de { $limit }
whose-role = La limite de ton rôle de { $limit } pour chaque membre
whose-everyone = La limite de ce serveur de { $limit } pour chaque membre
whose-default = La limite de { $limit } pour chaque personne
quota-left =
    { $count ->
        [one] il reste { $amount }
       *[other] il reste { $amount }
    }
quota-held = , avec { $amount } en réserve pour des réponses en cours d’écriture
quota-needs = , et cette question demande au moins { $amount }
quota-reached = { $whose } est atteinte : { $left }. Elle repart { $resets }. Rien n’a été dépensé.
quota-too-small = { $whose } est trop petite pour cette question, qui demande au moins { $needed } ; { $left }. Une question plus courte peut passer, ou une limite plus haute de la part de qui les gère. Rien n’a été dépensé.

invalid-request = Le modèle n’a pas accepté cette question ; elle est peut-être trop longue pour lui. Essaie avec une plus courte, ou demande dans un nouveau fil.
key-rejected = OpenRouter n’accepte pas la clé de ce bot, personne ne peut donc avoir de réponse pour le moment. Préviens la personne qui fait tourner ce bot.
credits-exhausted = Le crédit de ce bot chez OpenRouter est épuisé, personne ne peut donc avoir de réponse pour le moment. Préviens la personne qui fait tourner ce bot.
moderated = Un filtre de modération a refusé ces mots. Essaie de le dire autrement.
moderated-for = Un filtre de modération a refusé ces mots ({ $reasons }). Essaie de le dire autrement.
no-endpoint = Personne ne propose le modèle pour le moment. Réessaie plus tard ; si cela dure, préviens la personne qui fait tourner ce bot.
rate-limited = Le modèle est trop sollicité pour le moment. { $again }
provider-trouble = Le fournisseur du modèle a des ennuis pour le moment. { $again }
unreachable = Impossible de joindre OpenRouter. { $again }
empty-answer = Le modèle s’est arrêté sans un mot. { $again }
stream-broken = La réponse s’est interrompue : la connexion au modèle est perdue. { $again }
model-error = Le modèle n’a pas pu répondre. { $again }
again-in =
    { $seconds ->
        [one] Réessaie dans { $seconds } seconde.
       *[other] Réessaie dans { $seconds } secondes.
    }
again-soon = Réessaie dans un instant.
with-cost-begun = { $what } Ce qui a été utilisé jusque-là est facturé.
with-cost-none = { $what } Cela n’a rien coûté.

unread-line = { $file } : { $problem }
unread-too-large = non lu, il dépasse { $kilobytes } ko
unread-kind = non lu, le modèle lit du texte et ceci est { $about }
unread-not-handed-out = non lu, Discord ne l’a pas remis ; renvoie-le, s’il te plaît
unread-no-text = non lu, ce n’est pas un fichier texte
unread-empty = il est vide
unread-no-room = non lu, avec lui le fil n’aurait plus de place pour des questions
