# Was Server und Kanäle gewählt haben, Personas, und die Spur der Änderungen.

settings-heading = **Einstellungen in { $channel }**
settings-line = - { $name }: **{ $value }** ({ $whose }): { $meaning }
settings-set = Festgelegt für { $where }: { $settings }
settings-set-one = { $name } **{ $value }**
settings-reset = Zurückgesetzt für { $where }: { $names }
settings-reset-nothing = Nichts davon war für { $where } festgelegt.
settings-this-server = diesen Server
settings-by-server = dieser Server
settings-default = Vorgabe
settings-here = hier festgelegt
settings-tokens = { $amount } Tokens
meaning-temperature = wie frei das Modell seine Worte wählt
meaning-top-p = aus wie vielen der wahrscheinlichsten Wörter es wählt
meaning-max-output = das Limit einer Antwort, samt Nachdenken
meaning-context = was ein Prompt enthalten darf, samt Verlauf und Dateien
meaning-thinking = wie lange und wie viel das Modell nachdenkt, während es das tut
meaning-footer = die Zeile mit Sekunden, Tokens, Kosten und dem, was übrig ist
meaning-mention-only = in meinen Threads nur antworten, wo ich erwähnt werde oder mir geantwortet wird
timezone-line = - { option-timezone }: { $zone }
timezone-set = Festgelegt: { option-timezone } { $zone }
timezone-reset = Zurückgesetzt: { option-timezone } { $zone }
timezone-now = **{ $zone }**, dort ist es { $time }. Tage, Wochen und Monate der Limits dieses Servers beginnen nach dieser Uhr.
timezone-proposed = { $zone } (jetzt { $time })

persona-none = Hier ist keine Persona festgelegt: Ich bin ein hilfreicher Assistent. `/{ cmd-persona } { cmd-persona-set }` schreibt eine und hat einige zum Anfangen.
persona-placeholders = -# `{ $date }`, `{ $server }`, `{ $channel }` und `{ $user }` stehen für das, was sie sagen.
persona-hint = { $placeholders } werden ausgefüllt
persona-title-person = **Für dich, wo immer du fragst; kommt zu dem hinzu, was dort gilt**
persona-title-server = **Für diesen Server**
persona-title-channel = **Für { $channel }**
persona-set-person = Festgelegt: deine eigene Persona. Sie gilt ab der nächsten Frage.
persona-set-channel = Festgelegt: Persona für diesen Kanal. Sie gilt ab der nächsten Frage.
persona-set-server = Festgelegt: Persona für diesen Server. Sie gilt ab der nächsten Frage.
persona-reset-person = Zurückgesetzt: deine eigene Persona.
persona-reset-channel = Zurückgesetzt: Persona für diesen Kanal.
persona-reset-server = Zurückgesetzt: Persona für diesen Server.
persona-not-there-person = Du hast keine eigene Persona, die sich zurücksetzen ließe.
persona-not-there-channel = Dieser Kanal hat keine Persona, die sich zurücksetzen ließe.
persona-not-there-server = Dieser Server hat keine Persona, die sich zurücksetzen ließe.
form-persona-person = Deine eigene Persona
form-persona-channel = Die Persona dieses Kanals
form-persona-server = Die Persona dieses Servers
form-persona-instructions = Anweisungen für das Modell
form-persona-example = Du bist …

audit-heading = **Änderungen des letzten Jahres**, neueste zuerst
audit-about = , von { $person } oder über diese Person
audit-by = , durch **/{ $command }**
audit-none = Keine.
audit-line = - { $when } { $actor } **/{ $command }** { $target }: { $before } → { $after }
audit-nothing = nichts
audit-whole-server = der ganze Server
audit-each-member = jedes Mitglied
audit-limit = { $whom } { $meter }/{ $window }
audit-allowance = { $whom } { $meter }
audit-reports = { $whom } Berichte
audit-setting-in = { $setting } in { $channel }
audit-persona-server = Persona des Servers
audit-persona-channel = Persona von { $channel }
audit-characters = { $count ->
        [one] { $count } Zeichen
       *[other] { $count } Zeichen
    }
audit-allow = erlaubt
audit-deny = verboten
audit-exempt = ausgenommen
audit-not-exempt = nicht ausgenommen
audit-afresh = von vorn
audit-until = { $amount } bis { $when }
audit-used = { $used }/{ $window }
