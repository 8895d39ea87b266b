# Was an der Stelle einer Option stehen könnte, und wo etwas stattdessen geht: ein Satz nach einem
# Doppelpunkt.

not-here = Das geht hier nicht: { $advice }
does-not-fit = `{ $option }` passt nicht: { $advice }
advice-choose-again = Was du gewählt hast, ist weg, oder ich kann es nicht sehen; wähle noch einmal.
advice-command-changed = Dieser Befehl hat sich inzwischen geändert; starte Discord neu und benutze ihn noch einmal.
advice-in-server = Benutze diesen Befehl auf einem Server.
advice-sponsor-in-thread = Benutze `/{ cmd-sponsor }` in einem Thread von dir; `/{ cmd-chat }` öffnet einen.
advice-branch-in-text-channel = Threads können nur in den Textkanälen eines Servers abzweigen.
advice-no-thread-now-chat = Discord öffnet in diesem Kanal gerade keinen Thread; benutze `/{ cmd-chat }`.
advice-thread-locked = Dieser Thread ist gesperrt; die Moderation kann ihn entsperren.
advice-one-of = Wähle eins davon: { $values }.
advice-alone = Wähle es allein: Es sagt schon alles, was die anderen sagen.
advice-proposed = Wähle etwas von dem, was vorgeschlagen wird.
advice-limit-or-its-parts = Wähle eins, oder gib stattdessen `{ option-meter }` und `{ option-window }` an.
advice-proposed-or-its-parts = Wähle etwas von dem, was vorgeschlagen wird, oder gib stattdessen `{ option-meter }` und `{ option-window }` an.
advice-at-most-one = Wähle höchstens eins davon.
advice-one-of-them = Wähle eins davon.
advice-name-one = Nenne mindestens eins davon.
advice-most-rules = Es kann höchstens { $most } Regeln geben; eine Rolle steht für viele Mitglieder.
advice-more-than-nothing = Gewähre mehr als nichts.
advice-days = Eine ganze Zahl von 1 bis { $most }.
advice-amount-least = „{ $text }“ ist keine Menge von { $meter }: Schreib { $kind } ab 0.
advice-amount-most = „{ $text }“ ist zu viel von { $meter }: Schreib { $kind } bis { $most }.
advice-amount-kind = „{ $text }“ ist keine Menge von { $meter }: Schreib { $kind }.
choice-kind-cost = einen Betrag in Dollar
choice-kind-whole = eine ganze Zahl
advice-cap-above-nothing = Schreib mehr als 0: ganze Tokens, oder Dollar wie 2.50.
advice-one-setting = Wähle mindestens eine, zum Beispiel `{ option-temperature }`.
advice-either = Wähle `{ $one }` oder `{ $other }`.
advice-number = Wähle eine Zahl von 0 bis { $most }.
advice-tokens = Wähle eine ganze Zahl von Tokens von { $least } bis { $most }.
advice-timezone = Wähle etwas von dem, was vorgeschlagen wird, zum Beispiel `Europe/Berlin` oder `UTC`.
advice-timezone-server = Sie gilt für den ganzen Server: Lass `{ option-scope }` weg.
advice-some-words = Schreib ein paar Anweisungen, oder benutze `/{ cmd-persona } { cmd-persona-reset }`.
advice-most-characters = Schreib höchstens { $most } Zeichen.
advice-only-me = In Direktnachrichten gibt es nur `{ choice-scope-person }`.
