# Was schiefging, was es gekostet hat, und wie es weitergeht.

unknown-error = Bei mir ist etwas schiefgegangen; es steht im Protokoll. Versuch es bitte noch einmal, und wenn es wieder passiert, sag es der Person, die diesen Bot betreibt.
screen-gone = Ich kann die neue Antwort nicht zeigen: Die Nachricht mit der vorigen ist weg oder mir verschlossen. Was die neue verbraucht hat, zählt trotzdem.
discord-unreachable = Discord ist gerade nicht erreichbar. Versuch es bitte später noch einmal.
storage-busy = Mein Gedächtnis ist gerade sehr beschäftigt. Versuch es bitte gleich noch einmal.
storage-trouble = Ich komme gerade nicht an mein Gedächtnis, also kann ich nicht antworten. Sag es bitte der Person, die diesen Bot betreibt.

refused = Das geht jetzt nicht. Es wurde nichts ausgegeben.
price-unknown = Ich kann den Preis des Modells gerade nicht sehen und beantworte deshalb immer nur eine Frage, damit die Kostenlimits halten. Frag bitte gleich noch einmal. Es wurde nichts ausgegeben.
repeated = Das wurde schon gefragt. Es wurde nichts ausgegeben.
nothing-spent = Es wurde nichts ausgegeben.
place-closed = Dieser Ort wurde geschlossen, bevor die Frage an der Reihe war. Es wurde nichts ausgegeben.
withdrawn = Die Frage wurde gelöscht, bevor sie an der Reihe war. Es wurde nichts ausgegeben.
forgotten = Diese Worte sind vergessen: Du hast alles löschen lassen, was du gesagt hast. Was in Discord steht, kannst du dort selbst löschen; frag gern neu.
quote-forgotten = Die Nachricht, um die es geht, wurde auf Wunsch ihres Verfassers vergessen, bevor das geschehen konnte. Es wurde nichts ausgegeben.
quote-gone = Die Nachricht, um die es geht, lässt sich nicht mehr lesen: Sie wurde gelöscht, oder nur du hast sie gesehen und ich wurde inzwischen neu gestartet. Es wurde nichts ausgegeben.
form-typed = Was du geschrieben hast:
being-written = Hier wird gerade eine neue Antwort geschrieben. Warte, bis sie fertig ist, oder stoppe sie vorher.
nothing-there = Davon gibt es nichts mehr: Es wurde gelöscht oder war nie da.
thinking-hidden = Das Nachdenken ist hier verborgen: Das hat mit `/{ cmd-settings }` festgelegt, wer diesen Ort verwaltet.
already-ended = Diese Antwort wird nicht mehr geschrieben, es gibt also nichts zu stoppen.
proposal-gone = Diese Frage wartet nicht mehr auf eine Antwort: Sie wurde schon gesendet oder abgebrochen, oder sie ist älter als ein Tag. Frag gern noch einmal; das hat nichts gekostet.
shutting-down = Ich starte gleich neu. Frag bitte in einer Minute noch einmal; es wurde nichts ausgegeben.
question-empty = Darin war keine Frage.{ $files } Schreib eine, und ich beantworte sie.
nothing-to-read = In dieser Nachricht habe ich keine Wörter gefunden.{ $files } Es wurde nichts ausgegeben.
file-sentence = {" "}{ $note }.
in-line =
    { $ahead ->
        [one] Du bist nach { $ahead } Frage dran, die hier gerade beantwortet wird.
       *[other] Du bist nach { $ahead } Fragen dran, die hier warten oder beantwortet werden.
    }
queue-full =
    { $waiting ->
        [one] Hier wartet schon { $waiting } Frage. Frag bitte noch einmal, wenn ein paar beantwortet sind.
       *[other] Hier warten schon { $waiting } Fragen. Frag bitte noch einmal, wenn ein paar beantwortet sind.
    }
too-long-pinned = Mit dem, was hier angeheftet ist, sind das etwa { $tokens } Tokens, und { $limit } passen. Angeheftet: { $pinned }. Löse etwas mit `/{ cmd-history } { cmd-history-show }`, oder frag in einem anderen Kanal. Es wurde nichts ausgegeben.
too-long = Das ist zu lang: mit den Dateien etwa { $tokens } Tokens, und { $limit } passen. Kürze es bitte oder frag nach einem Teil. Es wurde nichts ausgegeben.
too-long-persona = Die Persona lässt hier keinen Platz für eine Frage: sie braucht etwa { $persona } der { $limit } Tokens, die passen. Wer sie gesetzt hat, kann sie mit `/{ cmd-persona } { cmd-persona-set }` kürzen; wer diesen Server verwaltet, kann die Grenze mit `/{ cmd-settings } { cmd-settings-set }` erhöhen. Es wurde nichts ausgegeben.
too-long-to-continue = Diese Antwort ist zu lang geworden, um fortgesetzt zu werden: mit ihrer Frage sind es etwa { $tokens } Tokens, und { $limit } passen. Bitte frag in einer neuen Frage nach dem Rest. Es wurde nichts ausgegeben.
quoted-name = „{ $name }“
not-allowed-me = Das darf ich hier nicht: Mir fehlt die Berechtigung **{ $permission }**. Wer diesen Server verwaltet, kann sie mir geben.
not-allowed-you = Dafür brauchst du die Berechtigung **{ $permission }**.
permission-manage-server = Server verwalten
permission-manage-channels = Kanäle verwalten
permission-manage-messages = Nachrichten verwalten
permission-read-message-history = Nachrichtenverlauf anzeigen
permission-view-channel = Kanal ansehen
permission-create-public-threads = Öffentliche Threads erstellen
permission-create-private-threads = Private Threads erstellen
permission-send-messages-in-threads = Nachrichten in Threads senden
not-owner = Das kann nur, wem dieser Thread gehört.
not-owner-but = Das kann nur { $owner }, denn der Thread gehört dieser Person.
not-yours-moderators = Das kann nur die Person, die gefragt hat, oder die Moderation.
not-yours = Das kann nur die Person, die gefragt hat. Du kannst dasselbe selbst fragen.

whose-bot = Das Limit des ganzen Bots von { $limit } für alle zusammen
whose-operator = Das Limit des Bots von { $limit } für diesen Server
whose-server = Das Limit dieses Servers von { $limit } für alle zusammen
whose-channel = Das Limit dieses Kanals von { $limit } für alle zusammen
whose-member = Dein eigenes Limit von { $limit }
whose-role = Das Limit deiner Rolle von { $limit } für jedes Mitglied
whose-everyone = Das Limit dieses Servers von { $limit } für jedes Mitglied
whose-default = Das Limit von { $limit } für jede Person
quota-left =
    { $count ->
        [one] { $amount } ist übrig
       *[other] { $amount } sind übrig
    }
quota-held = , und { $amount } sind für Antworten reserviert, die noch geschrieben werden
quota-needs = , und diese Frage braucht mindestens { $amount }
quota-reached = { $whose } ist erreicht: { $left }. Es beginnt { $resets } neu. Es wurde nichts ausgegeben.
quota-too-small = { $whose } ist zu klein für diese Frage, die mindestens { $needed } braucht; { $left }. Eine kürzere Frage könnte passen, oder ein höheres Limit von denen, die sie verwalten. Es wurde nichts ausgegeben.

invalid-request = Das Modell hat diese Frage nicht angenommen; vielleicht ist sie zu lang. Versuch eine kürzere, oder frag in einem neuen Thread.
key-rejected = OpenRouter nimmt den Schlüssel dieses Bots nicht an, deshalb kann gerade niemand eine Antwort bekommen. Sag es bitte der Person, die diesen Bot betreibt.
credits-exhausted = Das Guthaben dieses Bots bei OpenRouter ist aufgebraucht, deshalb kann gerade niemand eine Antwort bekommen. Sag es bitte der Person, die diesen Bot betreibt.
moderated = Ein Moderationsfilter hat diese Worte abgelehnt. Versuch, es anders zu sagen.
moderated-for = Ein Moderationsfilter hat diese Worte abgelehnt ({ $reasons }). Versuch, es anders zu sagen.
no-endpoint = Gerade bietet niemand das Modell an. Versuch es später noch einmal; wenn es so bleibt, sag es der Person, die diesen Bot betreibt.
rate-limited = Das Modell wird gerade zu viel gefragt. { $again }
provider-trouble = Der Anbieter des Modells hat gerade Schwierigkeiten. { $again }
unreachable = OpenRouter war nicht zu erreichen. { $again }
empty-answer = Das Modell hat ohne ein Wort aufgehört. { $again }
stream-broken = Die Antwort ist abgebrochen: Die Verbindung zum Modell ging verloren. { $again }
model-error = Das Modell konnte nicht antworten. { $again }
again-in =
    { $seconds ->
        [one] Versuch es bitte in { $seconds } Sekunde noch einmal.
       *[other] Versuch es bitte in { $seconds } Sekunden noch einmal.
    }
again-soon = Versuch es bitte gleich noch einmal.
with-cost-begun = { $what } Was bis dahin verbraucht wurde, wird berechnet.
with-cost-none = { $what } Es hat nichts gekostet.

unread-line = { $file }: { $problem }
unread-too-large = nicht gelesen, sie ist größer als { $kilobytes } kB
unread-kind = nicht gelesen, das Modell liest Text, und das ist { $about }
unread-not-handed-out = nicht gelesen, Discord hat sie nicht herausgegeben; schick sie bitte noch einmal
unread-no-text = nicht gelesen, sie ist keine Textdatei
unread-empty = sie ist leer
unread-no-room = nicht gelesen, mit ihr hätte der Thread keinen Platz für Fragen
