"""Links as CommonMark has them: brackets in their label, parentheses in their address."""

import re

_LONGEST_ADDRESS = 300
_LONGEST_LABEL = 80
_LONGEST_WHOLE = 300

_LABEL = r"(?:\\.|[^\[\]\\\n]|\[[^\[\]\n]*\])"
_INNER = r"(?:[^()\n]|\([^()\n]*\))*"
_ADDRESS = rf"(?:\\.|[^()\\\n]|\({_INNER}\))"

TARGET = rf"\({_ADDRESS}*\)"
"""A link's address in its parentheses, as the source of an expression."""

LINK = rf"\[{_LABEL}{{0,{_LONGEST_WHOLE}}}\]{TARGET}"
"""A whole link, as the source of an expression; many brackets that nothing closes cost little."""

BEGUN_LINK = re.compile(
    rf"\[{_LABEL}{{0,{_LONGEST_LABEL}}}"
    r"(?:\\|\[[^\[\]\n]{0,80}|"
    rf"\](?:\({_ADDRESS}{{0,{_LONGEST_ADDRESS}}}(?:\\|\({_INNER}(?:\([^()\n]*)?)?"
    r"|\[[\w .-]{0,30})?)?$"
)
"""What may still become a link at the end of a growing text."""

LONGEST_LINK = _LONGEST_ADDRESS + _LONGEST_LABEL
"""Characters after which a link that has no end was not meant as one."""
