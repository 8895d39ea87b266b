# Wer den Bot benutzen darf, und wo.

access-no-channel = Auf diesem Server darf mich niemand in { $channel } benutzen. Bitte jemanden, der diesen Server verwaltet, das zu ändern. Es wurde nichts ausgegeben.
access-no-role = Auf diesem Server dürfen mich Mitglieder mit { $role } nicht benutzen. Bitte jemanden, der diesen Server verwaltet, das zu ändern. Es wurde nichts ausgegeben.
access-no-member = Auf diesem Server darfst du mich nicht benutzen. Bitte jemanden, der diesen Server verwaltet, das zu ändern. Es wurde nichts ausgegeben.
access-only-channels = Auf diesem Server darf man mich nur in { $channels } benutzen. Bitte jemanden, der diesen Server verwaltet, das zu ändern. Es wurde nichts ausgegeben.
access-only-some = Auf diesem Server dürfen mich nur einzelne, namentlich genannte Mitglieder benutzen. Bitte jemanden, der diesen Server verwaltet, das zu ändern. Es wurde nichts ausgegeben.
access-only-roles = Auf diesem Server dürfen mich nur Mitglieder mit { $roles } benutzen. Bitte jemanden, der diesen Server verwaltet, das zu ändern. Es wurde nichts ausgegeben.
access-only-roles-and-some = Auf diesem Server dürfen mich nur Mitglieder mit { $roles } und einzelne, namentlich genannte Mitglieder benutzen. Bitte jemanden, der diesen Server verwaltet, das zu ändern. Es wurde nichts ausgegeben.
access-read-only-in = Das darfst du nur in { $channels } lesen.
access-read-not-in = Auf diesem Server darf man das in { $channel } nicht lesen.
access-read-denied = Dafür brauchst du die Berechtigung **{ permission-manage-server }**, oder jemand, der sie hat, lässt es dich lesen (`/{ cmd-access } { cmd-access-allow }` mit `{ option-area }`: Berichte).

access-done-allow = Erlaubt: { $whom }.
access-done-deny = Verboten: { $whom }.
access-done-remove = Entfernt: { $whom }.
access-stood-allow = Schon erlaubt: { $whom }.
access-stood-deny = Schon verboten: { $whom }.
access-stood-remove = Eine solche Regel gab es nicht für: { $whom }.

access-where-some = in den erlaubten Kanälen und ihren Threads
access-where-all = in jedem Kanal
access-but-denied = , außer wo es ihnen oder im Kanal verboten ist
access-use-some = Die erlaubten Rollen und Mitglieder dürfen mich { $where } benutzen{ $but }.
access-use-all = Alle dürfen mich { $where } benutzen{ $but }.
access-reports-managers = Nur wer diesen Server verwaltet, darf seine Berichte lesen.
access-reports-some = Wer diesen Server verwaltet, darf seine Berichte lesen; ebenso dürfen es die erlaubten Rollen und Mitglieder { $where }{ $but }. Discord zeigt `/{ cmd-quota }`, `/{ cmd-access }`, `/{ cmd-audit }` und `/{ cmd-settings }` nur denen, die ihn verwalten, bis jemand das in **Servereinstellungen → Integrationen** ändert.
access-heading-use = **Wer mich benutzen darf**
access-heading-reports = **Wer Berichte lesen darf: Limits, Nutzung, Änderungen**
access-rule-allow = - Erlaubt: { $whom }
access-rule-deny = - Verboten: { $whom }
access-plain-allow = erlaubt: { $whom }
access-plain-deny = verboten: { $whom }
access-plain-allow-reports = erlaubt: { $whom } (Berichte)
access-plain-deny-reports = verboten: { $whom } (Berichte)
plain-left = jemand, der gegangen ist ({ $id })
plain-member = das Mitglied { $id }
plain-role-gone = eine Rolle, die es nicht mehr gibt ({ $id })
plain-channel-unseen = ein Kanal, den ich nicht sehen kann ({ $id })
