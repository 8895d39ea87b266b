"""Discord's refusals: a status, one of its error codes, and where in the body the fault lies."""

from collections.abc import Mapping
from typing import Any


class Problem(Exception):
    """Refuse a request as Discord does; raise it and answer with `status` and `body()`.

    Codes and wording follow Discord's page on opcodes and status codes.
    """

    def __init__(
        self, status: int, code: int, message: str, errors: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{status} (code {code}): {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> dict[str, Any]:
        """Return the JSON that Discord answers with."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


def unauthorized() -> Problem:
    """Return the answer to a missing or wrong bot token."""
    return Problem(401, 0, "401: Unauthorized")


def not_found() -> Problem:
    """Return the answer to an address that does not exist."""
    return Problem(404, 0, "404: Not Found")


def method_not_allowed() -> Problem:
    """Return the answer to an address that exists, but not with this method."""
    return Problem(405, 0, "405: Method Not Allowed")


def bad_request() -> Problem:
    """Return the answer to a request that could not be read at all."""
    return Problem(400, 0, "400: Bad Request")


def unknown_application() -> Problem:
    """Return the answer to an application that does not exist."""
    return Problem(404, 10002, "Unknown Application")


def unknown_channel() -> Problem:
    """Return the answer to a channel or thread that does not exist."""
    return Problem(404, 10003, "Unknown Channel")


def unknown_guild() -> Problem:
    """Return the answer to a guild that does not exist or that the bot is not in."""
    return Problem(404, 10004, "Unknown Guild")


def unknown_member() -> Problem:
    """Return the answer to a user who is not in the guild."""
    return Problem(404, 10007, "Unknown Member")


def unknown_message() -> Problem:
    """Return the answer to a message that does not exist there."""
    return Problem(404, 10008, "Unknown Message")


def unknown_role() -> Problem:
    """Return the answer to a role that does not exist."""
    return Problem(404, 10011, "Unknown Role")


def unknown_user() -> Problem:
    """Return the answer to a user who does not exist."""
    return Problem(404, 10013, "Unknown User")


def unknown_emoji() -> Problem:
    """Return the answer to a reaction with an emoji that does not exist."""
    return Problem(400, 10014, "Unknown Emoji")


def unknown_webhook() -> Problem:
    """Return the answer to a webhook or interaction token that does not exist."""
    return Problem(404, 10015, "Unknown Webhook")


def unknown_interaction() -> Problem:
    """Return the answer to a first response that is too late or for no interaction."""
    return Problem(404, 10062, "Unknown interaction")


def unknown_command() -> Problem:
    """Return the answer to an application command that does not exist."""
    return Problem(404, 10063, "Unknown application command")


def max_commands(kind: str, most: int) -> Problem:
    """Return the answer to more commands of a kind than an application may have."""
    return Problem(400, 30032, f"Maximum number of {kind} application commands reached ({most})")


def max_daily_commands() -> Problem:
    """Return the answer to more than 200 new commands a day in a guild."""
    return Problem(
        429, 30034, "Max number of daily application command creates has been reached (200)"
    )


def max_reactions() -> Problem:
    """Return the answer to a 21st kind of reaction on a message."""
    return Problem(400, 30010, "Maximum number of reactions reached (20)")


def request_too_large() -> Problem:
    """Return the answer to a file or a request over its size limit."""
    return Problem(413, 40005, "Request entity too large")


def already_acknowledged() -> Problem:
    """Return the answer to a second first response."""
    return Problem(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> Problem:
    """Return the answer where the bot cannot see the channel."""
    return Problem(403, 50001, "Missing Access")


def wrong_channel_type() -> Problem:
    """Return the answer to an action that this kind of channel does not have."""
    return Problem(400, 50024, "Cannot execute action on this channel type")


def cannot_edit_other() -> Problem:
    """Return the answer to an edit of a message that somebody else wrote."""
    return Problem(403, 50005, "Cannot edit a message authored by another user")


def cannot_send_empty() -> Problem:
    """Return the answer to a message with nothing in it."""
    return Problem(400, 50006, "Cannot send an empty message")


def cannot_message_user() -> Problem:
    """Return the answer to a direct message that the user does not accept."""
    return Problem(403, 50007, "Cannot send messages to this user")


def missing_permissions() -> Problem:
    """Return the answer where the bot sees the channel but lacks the permission to do that."""
    return Problem(403, 50013, "Missing Permissions")


def invalid_token() -> Problem:
    """Return the answer to an interaction's token after its 15 minutes."""
    return Problem(401, 50027, "Invalid Webhook Token")


def form_body(errors: Mapping[str, Any]) -> Problem:
    """Return the answer to a body with faults; `errors` names each at its path."""
    return Problem(400, 50035, "Invalid Form Body", errors)


def invalid_json() -> Problem:
    """Return the answer to a body that is not JSON."""
    return Problem(400, 50109, "The request body contains invalid JSON.")


def system_message() -> Problem:
    """Return the answer to an edit of a system message, such as that a thread was made."""
    return Problem(403, 50021, "Cannot execute action on a system message")


def archived() -> Problem:
    """Return the answer to an edit in an archived thread."""
    return Problem(400, 50083, "Thread is archived")


def no_replies() -> Problem:
    """Return the answer to a reply where the past may not be read."""
    message = "Cannot reply without permission to read message history"
    return Problem(403, 160002, message)


def thread_exists() -> Problem:
    """Return the answer to a second thread from one message."""
    return Problem(400, 160004, "A thread has already been created for this message")


def thread_locked() -> Problem:
    """Return the answer to a message in a locked thread without MANAGE_THREADS."""
    return Problem(400, 160005, "Thread is locked")


def max_active_threads() -> Problem:
    """Return the answer to one active thread more than a guild may have."""
    return Problem(400, 160006, "Maximum number of active threads reached")
