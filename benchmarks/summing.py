"""Sums up a ledger that was filled by hand, as settlements do."""

_SCOPES = (
    ("bot", "0", "0", "1 = 1"),
    ("guild", "coalesce(guild_id, 0)", "0", "guild_id IS NOT NULL"),
    ("member", "coalesce(guild_id, 0)", "user_id", "kind <> 'granted'"),
    ("granted", "coalesce(guild_id, 0)", "user_id", "kind = 'granted'"),
    ("channel", "coalesce(guild_id, 0)", "coalesce(parent_channel_id, channel_id)", "1 = 1"),
    ("thread", "coalesce(guild_id, 0)", "channel_id", "parent_channel_id IS NOT NULL"),
)


def statements() -> list[str]:
    """Return what makes the sums anew from the ledger."""
    return [
        "DELETE FROM ledger_sums",
        *(
            "INSERT INTO ledger_sums "  # noqa: S608 - nobody's words are in it
            f"SELECT at / 900000000, '{scope}', {guild}, {target}, "
            "sum(requests), sum(tokens), sum(cost_micros) FROM ledger "
            f"WHERE kind IN ('spend', 'granted', 'correction') AND {where} GROUP BY 1, 3, 4"
            for scope, guild, target, where in _SCOPES
        ),
        # Days are numbered downwards from -1, and have 96 quarters.
        (
            "INSERT INTO ledger_sums SELECT -1 - span / 96, scope, guild_id, target_id, "
            "sum(requests), sum(tokens), sum(cost_micros) FROM ledger_sums GROUP BY 1, 2, 3, 4"
        ),
    ]
