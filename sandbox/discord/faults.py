"""Faults on demand: what the next matching requests meet instead of an answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one request: wait so many seconds, then drop it, fail it, or serve it.

    `status` is None where the request is served after the delay; `drop` cuts the connection.
    """

    status: int | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    drop: bool = False


@dataclass(frozen=True, slots=True)
class _Planned:
    method: str | None
    path: re.Pattern[str] | None
    fault: Fault
    times: int

    def matches(self, method: str, path: str) -> bool:
        return (self.method is None or self.method == method.upper()) and (
            self.path is None or self.path.search(path) is not None
        )


@dataclass(slots=True)
class _Standing:
    planned: _Planned
    every: int
    met: int = 0


class Faults:
    """Keep the faults that tests ask for and hand each to the requests that it is meant for.

    The path of a plan is a regular expression that is searched in a request's path; where more
    plans match a request, the oldest one is used up first.
    """

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._standing: dict[str, _Standing] = {}

    def fail(
        self,
        method: str | None = None,
        path: str | None = None,
        *,
        status: int = 500,
        body: Mapping[str, Any] | None = None,
        times: int = 1,
    ) -> None:
        """Answer the next matching requests with this status and body."""
        if body is None:
            body = {"message": f"{status}: Fault on demand", "code": 0}
        self._plan(method, path, Fault(status=status, body=body), times)

    def delay(
        self, method: str | None = None, path: str | None = None, *, seconds: float, times: int = 1
    ) -> None:
        """Serve the next matching requests only after so many seconds."""
        self._plan(method, path, Fault(seconds=seconds), times)

    def drop(self, method: str | None = None, path: str | None = None, *, times: int = 1) -> None:
        """Cut the connection of the next matching requests without an answer."""
        self._plan(method, path, Fault(drop=True), times)

    def apply(self, method: str, path: str) -> Fault | None:
        """Return the fault that this request meets, if any, and use it up."""
        for index, planned in enumerate(self._planned):
            if planned.matches(method, path):
                if planned.times > 1:
                    self._planned[index] = replace(planned, times=planned.times - 1)
                else:
                    del self._planned[index]
                return planned.fault
        for standing in self._standing.values():
            if standing.planned.matches(method, path):
                standing.met += 1
                if standing.met % standing.every == 1 % standing.every:
                    return standing.planned.fault
        return None

    def keep(
        self,
        name: str,
        method: str | None = None,
        path: str | None = None,
        *,
        status: int,
        every: int = 1,
    ) -> None:
        """Fail every so-manieth matching request, beginning with the first, until `lift`."""
        body = {"message": f"{status}: Fault on demand", "code": 0}
        pattern = None if path is None else re.compile(path)
        planned = _Planned(method and method.upper(), pattern, Fault(status=status, body=body), 1)
        self._standing[name] = _Standing(planned, every)

    def lift(self, name: str) -> None:
        """End what `keep` began under this name, if it did."""
        self._standing.pop(name, None)

    def clear(self) -> None:
        """Forget every fault that has not happened yet."""
        self._planned.clear()
        self._standing.clear()

    def _plan(self, method: str | None, path: str | None, fault: Fault, times: int) -> None:
        if times < 1:
            raise ValueError("A fault happens at least once.")
        pattern = None if path is None else re.compile(path)
        self._planned.append(_Planned(method and method.upper(), pattern, fault, times))
