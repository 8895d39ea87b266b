# Die kleinen Zeilen um eine Antwort, und ihre Knöpfe.

about-line = -# { $asker } fragt zu dem, [was { $writer } geschrieben hat]({ $link }): { $asked }
about-tokens = etwa { $amount } Tokens
meter-writing = -# ✍️ schreibt
meter-waiting = -# wartet auf das Modell · { $time }
meter-thinking = -# 💭 denkt seit { $time } nach · { $tokens }
meter-thought = -# 💭 hat { $time } nachgedacht · { $tokens } · schreibt
time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s

ending-stopped = gestoppt
ending-length = am Längenlimit abgeschnitten
ending-interrupted = unterbrochen
ending-failed = fehlgeschlagen
bill-open = die Kosten werden noch erfragt
paid-by = bezahlt von { $payer }
left-of = { $left } von { $limit } { $now } übrig
failed-why = ⚠️ { $why }
answer-interrupted = ⚠️ Diese Antwort wurde unterbrochen, als ich neu gestartet wurde.
stopped-before-words = Vor dem ersten Wort gestoppt.
only-thoughts = Das Modell hat sein ganzes Ausgabelimit zum Nachdenken gebraucht, und für eine Antwort blieb nichts übrig. Versuch eine einfachere Frage oder einen Teil davon.
no-words = Das Modell hat ohne ein Wort aufgehört. Versuch es bitte noch einmal.
earlier-answer = -# Das ist die Antwort von vorher; eine neue gibt es nicht.
notes-more = -# und { $count } weitere
in-file = Die Antwort ist länger als { $most } Nachrichten: Diese Datei enthält sie ganz und vollständig.
not-in-file = ⚠️ Das Ganze wäre eine Datei, die ich hier nicht anhängen darf.
goes-on = -# Die Antwort geht weiter; die ganze kommt in einer Datei.
too-late = ⚠️ Discord lässt mich 15 Minuten lang an einer privaten Antwort schreiben, und die sind vorbei. Was ab hier kommt, kann nicht gezeigt werden. Eine Antwort, die so lange dauert, frag besser öffentlich.
no-files = -# ⚠️ Ich darf hier keine Dateien anhängen, oder keine so großen; deshalb fehlen Bilder und Dateien.
thoughts-above = -# 💭 Was das Modell zuerst gedacht hat. Niemand sonst sieht das, und es erinnert sich an nichts davon.

hint-mermaid = -# Ein Mermaid-Diagramm: mermaid.live zeichnet es.
hint-svg = -# Eine SVG-Zeichnung: Als .svg-Datei gespeichert, zeigt ein Browser sie.
more-lines-so-far =
    { $count ->
        [one] -# … bisher { $count } weitere Zeile; das Ganze kommt als Datei
       *[other] -# … bisher { $count } weitere Zeilen; das Ganze kommt als Datei
    }
more-lines-in =
    { $count ->
        [one] -# … und { $count } weitere Zeile in { $file }
       *[other] -# … und { $count } weitere Zeilen in { $file }
    }

button-stop = Stopp
button-thinking = Gedanken
button-retry = Noch einmal
button-regenerate = Neu schreiben
button-continue = Weiter
button-thread = Thread
button-send = Senden
button-trim = Kürzen
button-cancel = Abbrechen
page-of = -# Seite { $page } von { $pages }

note-trimmed =
    { $turns ->
        [one] Gekürzt: { $turns } früherer Beitrag wurde dem Modell nicht geschickt.
       *[other] Gekürzt: { $turns } frühere Beiträge wurden dem Modell nicht geschickt.
    }
note-fell-out =
    { $turns ->
        [one] Dieses Gespräch ist zu lang für mich geworden: { $turns } früherer Beitrag blieb weg, und ältere bleiben ab jetzt weg. Was du in `/{ cmd-history } { cmd-history-show }` anheftest, bleibt.
       *[other] Dieses Gespräch ist zu lang für mich geworden: { $turns } frühere Beiträge blieben weg, und ältere bleiben ab jetzt weg. Was du in `/{ cmd-history } { cmd-history-show }` anheftest, bleibt.
    }
note-edited-since = Die Frage wurde seitdem bearbeitet. **{ button-regenerate }** beantwortet sie, wie sie jetzt ist.
note-quote-lost = Die Nachricht, auf die hier geantwortet wird, ist auf Wunsch ihres Verfassers vergessen: Ich sehe nicht, was darin steht.
note-credits-low = Das Guthaben dieses Bots bei OpenRouter ist fast aufgebraucht; wer ihn betreibt, kann es aufladen.
note-short-cost = Kurze Antwort: { $left } ist übrig, genug für { $tokens } Antwort.
note-short-cost-now = Kurze Antwort: { $left } ist { $now } übrig, genug für { $tokens } Antwort.
note-short-tokens =
    { $count ->
        [one] Kurze Antwort: { $tokens } ist übrig.
       *[other] Kurze Antwort: { $tokens } sind übrig.
    }
note-short-tokens-now =
    { $count ->
        [one] Kurze Antwort: { $tokens } ist { $now } übrig.
       *[other] Kurze Antwort: { $tokens } sind { $now } übrig.
    }
warning-nearly =
    { $count ->
       *[other] { $percent } % deines Limits von { $limit } sind verbraucht; es beginnt { $resets } neu.
    }
warning-end =
    { $count ->
       *[other] Dein Limit von { $limit } ist aufgebraucht; es beginnt { $resets } neu.
    }
warning-end-but =
    { $count ->
       *[other] Dein Limit von { $limit } ist bis auf { $rest } aufgebraucht; es beginnt { $resets } neu.
    }

price-cancelled = Abgebrochen. Es wurde nichts ausgegeben.
price-withdrawn = Die Frage wurde gelöscht. Es wurde nichts ausgegeben.
price-ask = **{ $price }.** Senden?
price-ask-share = **{ $price }, { $share } % von dem, was dir heute noch bleibt.** Senden?
price-ask-share-whole = **{ $price }, { $share } % deines Tages.** Senden?
price-tokens = Etwa { $tokens } Tokens
price-tokens-cost = Etwa { $tokens } Tokens, etwa { $cost }
price-trim-tokens =
    { $turns ->
        [one] -# Kürzen sendet sie ohne { $turns } früheren Beitrag: etwa { $tokens } Tokens.
       *[other] -# Kürzen sendet sie ohne { $turns } frühere Beiträge: etwa { $tokens } Tokens.
    }
price-trim-tokens-cost =
    { $turns ->
        [one] -# Kürzen sendet sie ohne { $turns } früheren Beitrag: etwa { $tokens } Tokens, etwa { $cost }.
       *[other] -# Kürzen sendet sie ohne { $turns } frühere Beiträge: etwa { $tokens } Tokens, etwa { $cost }.
    }
price-rules = -# Nur wer gefragt hat, kann wählen. Vorher wird nichts ausgegeben; die Frage wartet einen Tag.

alarm-credits-gone = ⚠️ OpenRouter antwortet niemandem mehr: Mein Guthaben dort, oder das Limit meines Schlüssels, ist aufgebraucht. Lade es auf oder erhöhe das Limit; ich versuche es jede Minute wieder.
alarm-credits-low = ⚠️ Mein Guthaben bei OpenRouter, oder das Limit meines Schlüssels, ist fast aufgebraucht. Lade es auf oder erhöhe das Limit, bevor ich nicht mehr antworten kann.
alarm-key-rejected = ⚠️ OpenRouter nimmt meinen Schlüssel nicht an, deshalb kann niemand eine Antwort bekommen. Trag einen gültigen OPENROUTER_API_KEY in meine Einstellungen ein und starte mich neu.

branch-first = -# 🧵 Dieser Thread geht von { $answer } aus weiter. Ich erinnere mich an alles, was bis dahin gesagt wurde. { $how }
branch-this-answer = [dieser Antwort]({ $link })
branch-an-answer = einer Antwort
branch-here = Hier ist dein Thread: { $thread }
thread-waits = Hier antworte ich, wenn ich erwähnt werde oder du mir antwortest.
thread-answers = Jede Nachricht hier wird beantwortet; eine Erwähnung ist nicht nötig.
thread-not-mine = Eine Nachricht kann nur einen haben. Erwähne mich darin, und ich antworte.
thread-exists = Diese Nachricht hat schon einen Thread: { $thread }
thread-read-with = 🧵 Ich habe gelesen, [was { $writer } geschrieben hat]({ $link }), mit { $files }. Was möchtest du dazu wissen?
thread-read = 🧵 Ich habe gelesen, [was { $writer } geschrieben hat]({ $link }). Was möchtest du dazu wissen?
thread-too-long = -# ⚠️ Das ist zu lang für mich: Ich habe nur den Anfang gelesen.
thread-name-message = Geschrieben von { $writer }
thread-me = Threadlight
thread-title-cut = -# Der Titel war länger als { $most } Zeichen; das ist sein Anfang.
chat-asks = **{ $asker }** fragt:
chat-with = Gespräch mit { $person }
form-ask-title = Zu dieser Nachricht fragen
form-ask-example = Was möchtest du dazu wissen?
form-ask-question = Deine Frage
