# The shelf of /history: what the model would see.

shelf-heading = **What the model sees with the next question here**
shelf-heading-private = **What the model sees with your next private question here**
shelf-total = { $bar } { $total } of { $budget } tokens ({ $share } %)
shelf-turn = A turn takes about { $tokens } tokens, and what you write on top.
shelf-turn-cost = A turn takes about { $tokens } tokens, about { $cost }, and what you write on top.
shelf-parts = -# { $instructions } of the tokens are instructions, { $around } are around any prompt; a turn is counted with an answer of { $answer }.
shelf-empty = Nothing was said here yet that I remember: the next question starts fresh.
shelf-not-yours = -# You can pin and drop what you asked yourself; moderators can do it with everything.
shelf-overflows = ⚠️ **What stays in any case is more than fits, so nothing can be asked here.** Unpin or drop something.
shelf-files-only = (only files)
shelf-file = -# 📄 { $marks }{ $words } · { $tokens } · with { $turn }
shelf-being-answered = -# ↳ ✍️ being answered
shelf-no-answer = -# ↳ no answer
shelf-mark-pinned = pinned: stays, however long this gets
shelf-mark-stale = stale: answered before something that it rests on was changed
shelf-mark-left-out = no longer fits
shelf-mark-dropped = dropped: not sent to the model
shelf-mark-private = only in what you ask in private
shelf-older =
    { $turns ->
        [one] -# { $turns } older turn, which has long had no room, not listed here
       *[other] -# { $turns } older turns, which have long had no room, not listed here
    }
shelf-select-pin = 📌 Pin or unpin …
shelf-select-drop = 🗑️ Drop or put back …
shelf-do-pin = Pin { $what }
shelf-do-unpin = Unpin { $what }
shelf-do-drop = Drop { $what }
shelf-do-restore = Put back { $what }
shelf-nothing-to-clear = There is nothing to set aside: the next question here starts fresh already.
shelf-cleared =
    { $turns ->
        [one] 🧹 **A fresh start.** One turn is set aside, what was pinned included: the model sees nothing of what was said here until now.
       *[other] 🧹 **A fresh start.** { $turns } turns are set aside, what was pinned included: the model sees nothing of what was said here until now.
    }
shelf-cleared-note = -# Nothing was erased. { button-undo } brings all of it back, pins too.
shelf-undone = The fresh start was undone: what was said before it is remembered again.
button-refresh = Refresh
button-undo = Undo

# Exports.
export-nothing = I remember nothing of this conversation yet; the file says so.
export-what =
    { $questions ->
        [one] What I remember of this conversation: { $questions } question with their files and answers.
       *[other] What I remember of this conversation: { $questions } questions with their files and answers.
    }
export-private = Only you see this; private questions of others are not in it.
export-parts = It comes in { $parts } parts, as Discord takes no larger files.
export-left-out = ⚠️ Too large for any file, and left out: { $count }.
export-cut = ⚠️ It is too long: the newest questions are not in these files.

# Forgetting. What is counted and what stays are items of a list.
forget-ask = **Shall I forget all that you ever said to me?** It can't be undone.
forget-goes = This goes, from every server, thread and direct message:
forget-running = Answers to you that are still being written are stopped.
forget-stays = This stays:
forget-done = **Forgotten:**
forget-already = nothing: it was all forgotten already
forget-traces-now = Its last traces in the database's files are overwritten now; if those stay in use, at my next start.
forget-traces-next-start = Its last traces in the database's file are overwritten only at my next start: the file is too large to be written anew while I answer.
forget-traces-server = Its last traces in the database's files are not mine to overwrite: the database server does that when it next tidies up.
forget-from-now-on = -# What you say from now on is remembered again.
forget-kept = Nothing was forgotten.
forget-nothing-there = I keep nothing that you said, so there is nothing to forget.
forget-nothing-but = I keep nothing that you said, so there is nothing to forget. Not counted: { $but }
forget-count-questions =
    { $count ->
        [one] { $count } question of yours
       *[other] { $count } questions of yours
    }
forget-count-files =
    { $count ->
        [one] { $count } file that came with them
       *[other] { $count } files that came with them
    }
forget-count-answers =
    { $count ->
        [one] { $count } answer to them, with what the model thought first
       *[other] { $count } answers to them, with what the model thought first
    }
# Optional: $count
forget-count-quotes =
    { $count ->
        [one] { $count } quote of yours in others' questions
       *[other] { $count } quotes of yours in others' questions
    }
forget-count-echoes =
    { $count ->
        [one] { $count } answer to others that repeats your words
       *[other] { $count } answers to others that repeat your words
    }
forget-count-persona = your own persona
forget-count-waiting =
    { $count ->
        [one] { $count } question that waits for your yes to its price
       *[other] { $count } questions that wait for your yes to its price
    }
forget-count-titles =
    { $count ->
        [one] { $count } thread title that may hold words of yours
       *[other] { $count } thread titles that may hold words of yours
    }
forget-count-reasons =
    { $count ->
        [one] { $count } reason that you wrote to grants and resets
       *[other] { $count } reasons that you wrote to grants and resets
    }
forget-shared =
    { $count ->
        [one] { $count } persona that you wrote for a channel or a server and that belong there: `/{ cmd-persona } { cmd-persona-reset }` removes them.
       *[other] { $count } personas that you wrote for a channel or a server and that belong there: `/{ cmd-persona } { cmd-persona-reset }` removes them.
    }
forget-keeps-amounts = the requests, tokens and cost of your questions, under your Discord id: limits rest on them
forget-keeps-messages = your messages and my answers in Discord, and the names of threads there, for you to delete or have deleted; buttons below those answers do nothing any more
forget-keeps-others = what others asked and said themselves, even where it repeats words of yours, and my other answers to them
forget-keeps-provider = what was sent to the model and its provider, which OpenRouter's settings decide about
button-forget = Forget all of it
button-keep = Keep it

# A conversation as a Markdown file. $name stands in bold, after a space; no message begins with a
# value that may be empty ($person).
document-channel = channel { $id }
document-in-server = { $place } in { $server }
document-part = { $title }, part { $part }
document-for = Exported for { $person } on { $when }.
document-nothing = Nothing was said.
document-goes-on = The next part goes on.
document-edited = edited { $when }
document-private = private
document-pinned = pinned
document-file = File { $name }:
document-file-pinned = File { $name }, pinned:
document-unnamed = without a name
document-answer = Answer
document-answer-of = Answer, { $place } of { $count }
document-chosen = the one that counts
document-length = cut off by its limit
document-stopped = stopped
document-interrupted = broken off
document-stale = rests on what has changed since
