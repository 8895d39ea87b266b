# What went wrong, what it cost, and what to do next.

unknown-error = Something went wrong on my side, and it has been noted in the log. Please try again; if it happens again, tell whoever runs this bot.
screen-gone = I can't show the new answer: the message of the one before is gone, or closed to me. What the new one took counts all the same.
discord-unreachable = Discord can't be reached at the moment. Please try again later.
storage-busy = My memory is very busy at the moment. Please try again in a moment.
storage-trouble = I can't use my memory at the moment, so I can't answer. Please tell whoever runs this bot.

refused = That can't be done now. Nothing was spent.
price-unknown = I can't see the model's price at the moment, so I answer one question at a time to keep the cost limits. Please ask again in a moment. Nothing was spent.
repeated = That has been asked already. Nothing was spent.
nothing-spent = Nothing was spent.
place-closed = This place was closed before the question's turn came. Nothing was spent.
withdrawn = The question was deleted before its turn came. Nothing was spent.
forgotten = These words are forgotten: you had all that you said erased. What stands in Discord is yours to delete there; ask anew if you like.
quote-forgotten = The message that this is about was forgotten at its author's wish, before this could be done. Nothing was spent.
quote-gone = The message that this is about can't be read any more: it was deleted, or only you saw it and I was restarted since. Nothing was spent.
form-typed = What you wrote:
being-written = A new answer is being written here. Wait until it is done, or stop it first.
nothing-there = There is nothing of that any more: it was deleted, or never there.
thinking-hidden = Thinking is hidden here: whoever manages this place chose that with `/{ cmd-settings }`.
already-ended = That answer is no longer being written, so there is nothing to stop.
proposal-gone = That question no longer waits for an answer: it was sent or cancelled already, or it is older than a day. Ask again if you like; this cost nothing.
shutting-down = I am about to restart. Please ask again in a minute; nothing was spent.
# $files are sentences about files that could not be read, each with a space before it, or nothing.
question-empty = There was no question in that.{ $files } Write one, and I will answer it.
nothing-to-read = I found no words to read in that message.{ $files } Nothing was spent.
file-sentence = {" "}{ $note }.
in-line =
    { $ahead ->
        [one] Your turn comes after { $ahead } question that is being answered here.
       *[other] Your turn comes after { $ahead } questions that wait or are being answered here.
    }
queue-full =
    { $waiting ->
        [one] { $waiting } question already waits here. Please ask again when some of them are answered.
       *[other] { $waiting } questions already wait here. Please ask again when some of them are answered.
    }
too-long-pinned = With what is pinned here that takes about { $tokens } tokens, and { $limit } fit. Pinned: { $pinned }. Unpin something with `/{ cmd-history } { cmd-history-show }`, or ask in another channel. Nothing was spent.
too-long = That is too long: about { $tokens } tokens with its files, and { $limit } fit. Please shorten it or ask about a part. Nothing was spent.
too-long-persona = The persona here leaves no room for a question: it takes about { $persona } of the { $limit } tokens that fit. Whoever set it can shorten it with `/{ cmd-persona } { cmd-persona-set }`; those who manage this server can raise the limit with `/{ cmd-settings } { cmd-settings-set }`. Nothing was spent.
too-long-to-continue = This answer has become too long to go on with: with its question it takes about { $tokens } tokens, and { $limit } fit. Please ask for the rest in a new question. Nothing was spent.
quoted-name = “{ $name }”
not-allowed-me = I may not do that here: I lack the permission **{ $permission }**. Somebody who manages this server can give it to me.
not-allowed-you = You need the permission **{ $permission }** for that.
permission-manage-server = Manage Server
permission-manage-channels = Manage Channels
permission-manage-messages = Manage Messages
permission-read-message-history = Read Message History
permission-view-channel = View Channel
permission-create-public-threads = Create Public Threads
permission-create-private-threads = Create Private Threads
permission-send-messages-in-threads = Send Messages in Threads
not-owner = Only this thread's owner can do that.
not-owner-but = Only this thread's owner, { $owner }, can do that.
not-yours-moderators = Only the person who asked, or a moderator, can do that.
not-yours = Only the person who asked can do that. You can ask the same yourself.

# Each of these begins a sentence about a limit that is reached or too small.
whose-bot = The whole bot's limit of { $limit } for everyone together
whose-operator = The bot's limit of { $limit } for this server
whose-server = This server's limit of { $limit } for everyone together
whose-channel = This channel's limit of { $limit } for everyone together
whose-member = Your own limit of { $limit }
whose-role = Your role's limit of { $limit } for each member
whose-everyone = This server's limit of { $limit } for each member
whose-default = The limit of { $limit } for each person
quota-left =
    { $count ->
        [one] { $amount } is left
       *[other] { $amount } are left
    }
quota-held = , with { $amount } held by answers still being written
quota-needs = , and this question needs at least { $amount }
quota-reached = { $whose } is reached: { $left }. It resets { $resets }. Nothing was spent.
quota-too-small = { $whose } is too small for this question, which needs at least { $needed }; { $left }. A shorter question may fit, or a higher limit from whoever manages them. Nothing was spent.

# The model's side. $again is the sentence that says when to try again.
invalid-request = The model did not accept this question; it may be too long for it. Try a shorter one, or ask in a new thread.
key-rejected = OpenRouter does not accept this bot's key, so nobody can be answered now. Please tell whoever runs this bot.
credits-exhausted = This bot's credits at OpenRouter are used up, so nobody can be answered now. Please tell whoever runs this bot.
moderated = A moderation filter refused these words. Try to put it differently.
moderated-for = A moderation filter refused these words ({ $reasons }). Try to put it differently.
no-endpoint = Nobody serves the model at the moment. Try again later; if it lasts, tell whoever runs this bot.
rate-limited = The model is being asked too much at the moment. { $again }
provider-trouble = The model's provider is in trouble at the moment. { $again }
unreachable = OpenRouter could not be reached. { $again }
empty-answer = The model ended without a word. { $again }
stream-broken = The answer broke off: the connection to the model was lost. { $again }
model-error = The model could not answer. { $again }
again-in =
    { $seconds ->
        [one] Please try again in { $seconds } second.
       *[other] Please try again in { $seconds } seconds.
    }
again-soon = Please try again in a moment.
# $what is a whole sentence or two.
with-cost-begun = { $what } What was used up to then is charged.
with-cost-none = { $what } It cost nothing.

# Files that are not read.
unread-line = { $file }: { $problem }
unread-too-large = not read, it is larger than { $kilobytes } kB
unread-kind = not read, the model reads text and this is { $about }
unread-not-handed-out = not read, Discord did not hand it out; please send it again
unread-no-text = not read, it is not a text file
unread-empty = it is empty
unread-no-room = not read, with it the thread would have no room for questions
