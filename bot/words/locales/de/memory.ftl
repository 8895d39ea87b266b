# Das Regal von /verlauf: was das Modell sähe.

shelf-heading = **Was das Modell bei der nächsten Frage hier sieht**
shelf-heading-private = **Was das Modell bei deiner nächsten privaten Frage hier sieht**
shelf-total = { $bar } { $total } von { $budget } Tokens ({ $share } %)
shelf-turn = Eine Frage braucht etwa { $tokens } Tokens, und dazu, was du schreibst.
shelf-turn-cost = Eine Frage braucht etwa { $tokens } Tokens, etwa { $cost }, und dazu, was du schreibst.
shelf-parts = -# { $instructions } der Tokens sind Anweisungen, { $around } stehen um jeden Prompt; gerechnet wird mit einer Antwort von { $answer }.
shelf-empty = Hier wurde noch nichts gesagt, woran ich mich erinnere: Die nächste Frage beginnt frisch.
shelf-not-yours = -# Du kannst anheften und weglegen, was du selbst gefragt hast; die Moderation kann es mit allem.
shelf-overflows = ⚠️ **Was auf jeden Fall bleibt, ist mehr, als hineinpasst; deshalb kann hier nichts gefragt werden.** Löse etwas oder lege etwas weg.
shelf-files-only = (nur Dateien)
shelf-file = -# 📄 { $marks }{ $words } · { $tokens } · bei { $turn }
shelf-being-answered = -# ↳ ✍️ wird gerade beantwortet
shelf-no-answer = -# ↳ keine Antwort
shelf-mark-pinned = angeheftet: bleibt, wie lang das hier auch wird
shelf-mark-stale = veraltet: beantwortet, bevor sich etwas änderte, worauf es beruht
shelf-mark-left-out = passt nicht mehr hinein
shelf-mark-dropped = weggelegt: wird dem Modell nicht geschickt
shelf-mark-private = nur in dem, was du privat fragst
shelf-older =
    { $turns ->
        [one] -# { $turns } älterer Beitrag, der längst keinen Platz mehr hatte, steht hier nicht
       *[other] -# { $turns } ältere Beiträge, die längst keinen Platz mehr hatten, stehen hier nicht
    }
shelf-select-pin = 📌 Anheften oder lösen …
shelf-select-drop = 🗑️ Weglegen oder zurücklegen …
shelf-do-pin = Anheften: { $what }
shelf-do-unpin = Lösen: { $what }
shelf-do-drop = Weglegen: { $what }
shelf-do-restore = Zurücklegen: { $what }
shelf-nothing-to-clear = Es gibt nichts beiseitezulegen: Die nächste Frage hier beginnt schon frisch.
shelf-cleared =
    { $turns ->
        [one] 🧹 **Ein frischer Anfang.** Ein Beitrag ist beiseitegelegt, auch Angeheftetes: Das Modell sieht nichts von dem, was hier bis jetzt gesagt wurde.
       *[other] 🧹 **Ein frischer Anfang.** { $turns } Beiträge sind beiseitegelegt, auch Angeheftetes: Das Modell sieht nichts von dem, was hier bis jetzt gesagt wurde.
    }
shelf-cleared-note = -# Nichts wurde gelöscht. { button-undo } holt alles zurück, auch Angeheftetes.
shelf-undone = Der frische Anfang ist rückgängig gemacht: Was davor gesagt wurde, ist wieder in Erinnerung.
button-refresh = Neu laden
button-undo = Rückgängig

export-nothing = Ich erinnere mich noch an nichts aus diesem Gespräch; die Datei sagt es.
export-what =
    { $questions ->
        [one] Woran ich mich aus diesem Gespräch erinnere: { $questions } Frage mit Dateien und Antworten.
       *[other] Woran ich mich aus diesem Gespräch erinnere: { $questions } Fragen mit ihren Dateien und Antworten.
    }
export-private = Nur du siehst das; private Fragen anderer sind nicht dabei.
export-parts = Es kommt in { $parts } Teilen, denn Discord nimmt keine größeren Dateien.
export-left-out = ⚠️ Zu groß für jede Datei und deshalb nicht dabei: { $count }.
export-cut = ⚠️ Es ist zu lang: Die neuesten Fragen sind nicht in diesen Dateien.

forget-ask = **Soll ich alles vergessen, was du je zu mir gesagt hast?** Das lässt sich nicht rückgängig machen.
forget-goes = Das verschwindet, von jedem Server, aus jedem Thread und jeder Direktnachricht:
forget-running = Antworten an dich, die noch geschrieben werden, werden gestoppt.
forget-stays = Das bleibt:
forget-done = **Vergessen:**
forget-already = nichts: Es war schon alles vergessen
forget-traces-now = Die letzten Spuren davon in den Dateien der Datenbank werden jetzt überschrieben; sind diese gerade in Gebrauch, spätestens bei meinem nächsten Start.
forget-traces-next-start = Die letzten Spuren davon in der Datei der Datenbank werden erst bei meinem nächsten Start überschrieben: Sie ist zu groß, um neu geschrieben zu werden, während ich antworte.
forget-traces-server = Die letzten Spuren davon in den Dateien der Datenbank kann ich nicht selbst überschreiben: Das tut der Datenbankserver, wenn er das nächste Mal aufräumt.
forget-from-now-on = -# Was du ab jetzt sagst, bleibt wieder in Erinnerung.
forget-kept = Nichts wurde vergessen.
forget-nothing-there = Ich bewahre nichts auf, was du gesagt hast; es gibt also nichts zu vergessen.
forget-nothing-but = Ich bewahre nichts auf, was du gesagt hast; es gibt also nichts zu vergessen. Nicht mitgezählt: { $but }
forget-count-questions =
    { $count ->
        [one] { $count } Frage von dir
       *[other] { $count } Fragen von dir
    }
forget-count-files =
    { $count ->
        [one] { $count } Datei, die dabei war
       *[other] { $count } Dateien, die dabei waren
    }
forget-count-answers =
    { $count ->
        [one] { $count } Antwort darauf, mit dem, was das Modell zuerst gedacht hat
       *[other] { $count } Antworten darauf, mit dem, was das Modell zuerst gedacht hat
    }
forget-count-quotes =
    { $count ->
        [one] { $count } Zitat von dir in Fragen anderer
       *[other] { $count } Zitate von dir in Fragen anderer
    }
forget-count-echoes =
    { $count ->
        [one] { $count } Antwort an andere, die deine Worte wiederholt
       *[other] { $count } Antworten an andere, die deine Worte wiederholen
    }
forget-count-persona = deine eigene Persona
forget-count-waiting =
    { $count ->
        [one] { $count } Frage, die auf dein Ja zu ihrem Preis wartet
       *[other] { $count } Fragen, die auf dein Ja zu ihrem Preis warten
    }
forget-count-titles =
    { $count ->
        [one] { $count } Titel eines Threads, in dem Worte von dir stehen können
       *[other] { $count } Titel von Threads, in denen Worte von dir stehen können
    }
forget-count-reasons =
    { $count ->
        [one] { $count } Grund, den du zu Gewährtem und Zurückgesetztem geschrieben hast
       *[other] { $count } Gründe, die du zu Gewährtem und Zurückgesetztem geschrieben hast
    }
forget-shared =
    { $count ->
        [one] { $count } Persona, die du für einen Kanal oder Server geschrieben hast und die dorthin gehört: `/{ cmd-persona } { cmd-persona-reset }` entfernt sie.
       *[other] { $count } Personas, die du für einen Kanal oder Server geschrieben hast und die dorthin gehören: `/{ cmd-persona } { cmd-persona-reset }` entfernt sie.
    }
forget-keeps-amounts = Anfragen, Tokens und Kosten deiner Fragen, unter deiner Discord-ID: Darauf beruhen die Limits
forget-keeps-messages = deine Nachrichten und meine Antworten in Discord, und die Namen von Threads dort, die du selbst löschen kannst oder löschen lassen; Knöpfe unter diesen Antworten tun nichts mehr
forget-keeps-others = was andere selbst gefragt und gesagt haben, auch wo es Worte von dir wiederholt, und meine übrigen Antworten darauf
forget-keeps-provider = was an das Modell und seinen Anbieter geschickt wurde; darüber entscheiden die Einstellungen bei OpenRouter
button-forget = Alles vergessen
button-keep = Behalten

document-channel = Kanal { $id }
document-in-server = { $place } in { $server }
document-part = { $title }, Teil { $part }
document-for = Exportiert für { $person } am { $when }.
document-nothing = Es wurde nichts gesagt.
document-goes-on = Der nächste Teil geht weiter.
document-edited = bearbeitet { $when }
document-private = privat
document-pinned = angeheftet
document-file = Datei { $name }:
document-file-pinned = Datei { $name }, angeheftet:
document-unnamed = ohne Namen
document-answer = Antwort
document-answer-of = Antwort, { $place } von { $count }
document-chosen = die, die zählt
document-length = durch ihr Limit abgeschnitten
document-stopped = gestoppt
document-interrupted = abgebrochen
document-stale = beruht auf etwas, das sich seither geändert hat
