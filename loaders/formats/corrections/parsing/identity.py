"""Statements that papers, or authors, are one or several, checked against each other within one document."""


class Identity:
    """Which subjects are said to be the same, and which to be different."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        # By the root of each subject: the groups of different subjects that it is in, with the path of each statement.
        self._groups: dict[str, list[tuple[list[str], str]]] = {}

    def state_same(self, subjects: list[str]) -> str | None:
        """Join the subjects, or return the path of a statement that keeps two of them apart."""
        roots = {self._root(subject) for subject in subjects}
        # The root with the most groups absorbs the others, and only theirs are looked at: a contradiction is in the
        # groups of both its sides. So the time does not grow with the square of the number of statements.
        first, *others = sorted(roots, key=lambda root: -len(self._groups.get(root, ())))
        for other in others:
            for group, path in self._groups.get(other, ()):
                if len(roots.intersection(map(self._root, group))) > 1:
                    return path
        for other in others:
            self._parents[other] = first
            self._groups.setdefault(first, []).extend(self._groups.pop(other, ()))
        return None

    def state_different(self, subjects: list[str], path: str) -> bool:
        """Keep the subjects apart, or return false where two of them are said to be the same."""
        roots = {self._root(subject) for subject in subjects}
        if len(roots) < len(subjects):
            return False
        for root in roots:
            self._groups.setdefault(root, []).append((subjects, path))
        return True

    def _root(self, subject: str) -> str:
        while (parent := self._parents.get(subject)) is not None:
            # Each search shortens the way for the next one.
            if (above := self._parents.get(parent)) is not None:
                self._parents[subject] = above
            subject = parent
        return subject
