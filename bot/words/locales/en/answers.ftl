# The small lines around an answer, and its buttons.

about-line = -# { $asker } asks about [what { $writer } wrote]({ $link }): { $asked }
about-tokens = about { $amount } tokens
meter-writing = -# ✍️ writing
meter-waiting = -# waiting for the model · { $time }
# These two begin with the same sign, which tells them from the others.
meter-thinking = -# 💭 thinking for { $time } · { $tokens }
meter-thought = -# 💭 thought for { $time } · { $tokens } · writing
time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s

ending-stopped = stopped
ending-length = cut off at its length limit
ending-interrupted = interrupted
ending-failed = failed
bill-open = its cost is being asked for
paid-by = paid by { $payer }
left-of = { $left } of { $limit } left { $now }
failed-why = ⚠️ { $why }
answer-interrupted = ⚠️ This answer was interrupted when I was restarted.
stopped-before-words = Stopped before the first word.
only-thoughts = The model used all of its output limit for thinking, and nothing was left for an answer. Try a simpler question or a part of it.
no-words = The model ended without a word. Please try again.
earlier-answer = -# This is the answer from before; there is no new one.
notes-more = -# and { $count } more
in-file = The answer is longer than { $most } messages: this file has all of it.
# No longer than `in-file`, for which there is room.
not-in-file = ⚠️ The whole would be a file, which I may not attach here.
goes-on = -# The answer goes on; the whole of it will come in a file.
too-late = ⚠️ Discord lets me write to a private answer for 15 minutes, and they are over. What comes from here on can't be shown. For an answer that takes so long, ask in public.
no-files = -# ⚠️ I may not attach files here, or none so large, so pictures and files are missing.
thoughts-above = -# 💭 What the model thought first. Nobody else sees this, and it remembers none of it.

hint-mermaid = -# A Mermaid diagram: mermaid.live draws it.
hint-svg = -# An SVG drawing: saved as a .svg file, a browser shows it.
more-lines-so-far =
    { $count ->
        [one] -# … { $count } more line so far; the whole comes as a file
       *[other] -# … { $count } more lines so far; the whole comes as a file
    }
more-lines-in =
    { $count ->
        [one] -# … and { $count } more line in { $file }
       *[other] -# … and { $count } more lines in { $file }
    }

button-stop = Stop
button-thinking = Thinking
button-retry = Retry
button-regenerate = Regenerate
button-continue = Continue
button-thread = Thread
button-send = Send
button-trim = Trim
button-cancel = Cancel
page-of = -# Page { $page } of { $pages }

# Notes below an answer.
note-trimmed =
    { $turns ->
        [one] Trimmed: { $turns } earlier turn was left out of what the model was sent.
       *[other] Trimmed: { $turns } earlier turns were left out of what the model was sent.
    }
note-fell-out =
    { $turns ->
        [one] This conversation has grown too long for me: { $turns } earlier turn was left out, and older ones will be from now on. What you pin in `/{ cmd-history } { cmd-history-show }` stays.
       *[other] This conversation has grown too long for me: { $turns } earlier turns were left out, and older ones will be from now on. What you pin in `/{ cmd-history } { cmd-history-show }` stays.
    }
note-edited-since = The question was edited since. **{ button-regenerate }** answers it as it is now.
note-quote-lost = The message that this replies to was forgotten at its author's wish: I do not see what it says.
note-credits-low = This bot's credits at OpenRouter are nearly used up; whoever runs it can add some.
note-short-cost = Short answer: { $left } is left, enough for { $tokens } of answer.
note-short-cost-now = Short answer: { $left } is left { $now }, enough for { $tokens } of answer.
note-short-tokens =
    { $count ->
        [one] Short answer: { $tokens } is left.
       *[other] Short answer: { $tokens } are left.
    }
note-short-tokens-now =
    { $count ->
        [one] Short answer: { $tokens } is left { $now }.
       *[other] Short answer: { $tokens } are left { $now }.
    }
# $count is 1 where the limit is spoken of as one thing, as money is.
warning-nearly =
    { $count ->
        [one] { $percent } % of your { $limit } is used; it resets { $resets }.
       *[other] { $percent } % of your { $limit } are used; they reset { $resets }.
    }
warning-end =
    { $count ->
        [one] Your { $limit } is used up; it resets { $resets }.
       *[other] Your { $limit } are used up; they reset { $resets }.
    }
warning-end-but =
    { $count ->
        [one] Your { $limit } is used up, but for { $rest }; it resets { $resets }.
       *[other] Your { $limit } are used up, but for { $rest }; they reset { $resets }.
    }

# The price question.
price-cancelled = Cancelled. Nothing was spent.
price-withdrawn = The question was deleted. Nothing was spent.
price-ask = **{ $price }.** Send it?
price-ask-share = **{ $price }, { $share } % of what is left of your day.** Send it?
price-ask-share-whole = **{ $price }, { $share } % of your day.** Send it?
price-tokens = About { $tokens } tokens
price-tokens-cost = About { $tokens } tokens, about { $cost }
price-trim-tokens =
    { $turns ->
        [one] -# Trim sends it without { $turns } earlier turn: about { $tokens } tokens.
       *[other] -# Trim sends it without { $turns } earlier turns: about { $tokens } tokens.
    }
price-trim-tokens-cost =
    { $turns ->
        [one] -# Trim sends it without { $turns } earlier turn: about { $tokens } tokens, about { $cost }.
       *[other] -# Trim sends it without { $turns } earlier turns: about { $tokens } tokens, about { $cost }.
    }
price-rules = -# Only who asked can choose. Nothing is spent before; it waits for a day.

# What the operator is told.
alarm-credits-gone = ⚠️ OpenRouter answers nobody any more: my credits there, or my key's limit, are used up. Add credits or raise the limit; I try again every minute.
alarm-credits-low = ⚠️ My credits at OpenRouter, or my key's limit, are nearly used up. Add credits or raise the limit before I can't answer any more.
alarm-key-rejected = ⚠️ OpenRouter does not accept my key, so nobody can be answered. Put a valid OPENROUTER_API_KEY into my settings and start me again.

# Threads that branch off from an answer.
branch-first = -# 🧵 This thread goes on from { $answer }. I remember all that was said until there. { $how }
branch-this-answer = [this answer]({ $link })
branch-an-answer = an answer
branch-here = Here is your thread: { $thread }
thread-waits = Here I answer when I am mentioned, or when you reply to me.
thread-answers = Every message here is answered; no mention is needed.
thread-not-mine = A message can have only one. Mention me in it, and I answer.
thread-exists = That message has a thread already: { $thread }
thread-read-with = 🧵 I have read [what { $writer } wrote]({ $link }), with { $files }. What would you like to know about it?
thread-read = 🧵 I have read [what { $writer } wrote]({ $link }). What would you like to know about it?
thread-too-long = -# ⚠️ It is too long for me: I have read only its beginning.
thread-name-message = What { $writer } wrote
thread-me = I
thread-title-cut = -# The title was longer than { $most } characters; this is its beginning.
chat-asks = **{ $asker }** asks:
chat-with = Chat with { $person }
form-ask-title = Ask about this message
form-ask-example = What do you want to know about it?
form-ask-question = Your question
