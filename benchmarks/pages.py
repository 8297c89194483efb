"""Generates session pages of an invented conference site, the same for the same seed."""

import sys
from itertools import accumulate
from pathlib import Path
from random import Random

from benchmarks import words

SLOTS_PER_PAGE = 10
PAPERS_PER_PAGE = 9.5
"""On average: half of the pages end with questions."""
PAGES_PER_FOLDER = 1000
DAYS = ("Tue 20 July", "Wed 21 July", "Thu 22 July", "Tue 19 July", "Wed 20 July", "Thu 21 July")
"""Three days of ICML 2021, then three of ICML 2022; pages of the latter print a room."""
BYLINE_LENGTHS = tuple(accumulate((5, 11, 17, 20, 17, 13, 9, 8)))
"""Cumulative percentage of papers with 1, 2, … 8 authors: 4.45 authors on average."""
LINKS = (
    " Code is available at https://github.com/{path}.",
    " Our code and models are available at https://github.com/{path}",
    " The source code is released at \\url{{https://github.com/{path}}}.",
    " Code: github.com/{path}.",
    " Code can be found here: http://www.github.com/{path}.git.",
    " An implementation (https://github.com/{path}/tree/main) is provided.",
    " Models are at https://huggingface.co/{path}.",
    " See https://gitlab.com/{path} for details.",
)
LATEX = (
    " The cost drops from $\\mathcal{O}(n^2)$ to $\\tilde{O}(n \\log n)$ for graphs with $n$ nodes.",
    " We obtain an $\\epsilon$-optimal policy with \\emph{no} assumption on the prior \\cite{Nowak:2019, Okoye:2020}.",
    " This holds for every $\\ell_p$ norm with $1 \\leq p < \\infty$ and costs at most 5\\% of the \\textbf{budget}.",
)


class _Writer:
    """Draws pages one after another from pools of names and sentences."""

    def __init__(self, count: int, seed: int) -> None:
        self.random = Random(seed)
        self.authors = _names(max(400, count * SLOTS_PER_PAGE), self.random)
        self.sentences = [_sentence(self.random) for _ in range(6000)]
        self.syllables = [c + v + e for c in "bcdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "x", "l")]
        self.recent: list[str] = []

    def page(self, index: int) -> str:
        """Return one page; `index` makes its day and session title unique."""
        random, topics = self.random, words.TOPICS
        day = _day(index)
        title = f"{topics[index % len(topics)]} {index // (len(topics) * len(DAYS)) + 1}"
        room = "" if day < 3 else f"Room {300 + int(random.random() * 20)}\n\n"
        parts = [
            "Skip to yearly menu bar Skip to main content\n\n\nSession\n\n",
            f"{title}\n\n{room}Moderator: {self._author()}\n\nAbstract:\n\nChat is not available.",
        ]
        has_questions = random.random() < 0.5
        minute = 60 * int(6 + random.random() * 13)
        for slot in range(SLOTS_PER_PAGE):
            length = 20 if slot == 0 else 5
            parts.append(f"\n\n{DAYS[day]} {_clock(minute)} - {_clock(minute + length)} PDT\n\n")
            minute += length
            if has_questions and slot == SLOTS_PER_PAGE - 1:
                parts.append("Q&A\nQ&A")
            else:
                kind = "Oral" if slot == 0 else "Poster" if day == 4 else "Spotlight"
                parts.append(f"{kind}\n{self._paper()}")
        return "".join(parts)

    def _paper(self) -> str:
        """Return title, byline and abstract; one paper in two hundred repeats one of an earlier page."""
        random = self.random
        if self.recent and random.random() < 0.005:
            return random.choice(self.recent)
        name = "".join(random.choices(self.syllables, k=2 + int(random.random() * 2))).capitalize()
        percent = random.random() * 100
        authors = next(number for number, limit in enumerate(BYLINE_LENGTHS, 1) if percent < limit)
        byline = dict.fromkeys(self._author() for _ in range(authors))
        paper = f"{self._title(name)}\n\n{' · '.join(byline)}\n\n{self._abstract(name)}"
        if len(self.recent) < 500:
            self.recent.append(paper)
        else:
            self.recent[int(random.random() * 500)] = paper
        return paper

    def _title(self, name: str) -> str:
        choice, draw = self.random.choice, self.random.random()
        a, b, n, m = choice(words.ADJECTIVES), choice(words.ADJECTIVES), choice(words.NOUNS), choice(words.NOUNS)
        task = choice(words.TASKS)
        if draw < 0.4:
            return f"{name}: {a} {n} for {b} {task}".title().replace(name.title(), name)
        if draw < 0.8:
            return f"{a} {n} and {b} {m} for {task}".title()
        return f"On the {n} of {a} {m}: {b} {task} with {choice(words.NOUNS)} {choice(words.NOUNS)}".capitalize()

    def _abstract(self, name: str) -> str:
        random = self.random
        parts = random.choices(self.sentences, k=5 + int(random.random() * 4))
        parts[len(parts) // 2] = f"We call our method {name}; it reaches {random.random() * 100:.2f}."
        text = " ".join(parts)
        if random.random() < 0.03:
            text += random.choice(LATEX)
        if random.random() < 0.25:
            owner = self._author(plain=True).split(" ")[-1].lower()
            text += random.choice(LINKS).format(path=f"{owner}/{name if random.random() < 0.5 else name.lower()}")
        return text

    def _author(self, plain: bool = False) -> str:
        """Return a name: a few authors write many papers; some names are mojibake or have a surname in capitals."""
        random = self.random
        name = self.authors[int(len(self.authors) * random.random() ** 2)]
        if plain:
            return name.encode("ascii", "ignore").decode()
        draw = random.random()
        if draw < 0.02 and not name.isascii():
            return name.encode().decode("cp1252", "ignore")
        if draw > 0.995:
            given, _, family = name.rpartition(" ")
            return f"{given} {family.upper()}"
        return name


def _names(count: int, random: Random) -> list[str]:
    """Return `count` different names; when all pairs of first and last name are used, middle initials are added."""
    plain = [f"{first} {last}" for first in words.FIRST_NAMES for last in words.LAST_NAMES]
    random.shuffle(plain)
    names = plain[:count]
    for initial in "ABCDEFGHIJKLMNOPRSTVWXYZ":
        if len(names) >= count:
            break
        names += [name.replace(" ", f" {initial}. ", 1) for name in plain[: count - len(names)]]
    return names


def _sentence(random: Random) -> str:
    """Return one sentence of an abstract."""
    n, a, v, d = (random.sample(pool, 3) for pool in (words.NOUNS, words.ADJECTIVES, words.VERBS, words.DATASETS))
    parts = {"n": n[0], "n2": n[1], "n3": n[2], "a": a[0], "a2": a[1], "v": v[0], "v2": v[1], "d": d[0], "d2": d[1]}
    numbers = {"k": random.randint(1, 60), "k2": random.randint(1, 9), "r": f"1/{random.choice('nTNk')}"}
    return random.choice(words.SENTENCES).format(t=random.choice(words.TASKS), **parts, **numbers)


def _day(index: int) -> int:
    return index // len(words.TOPICS) % len(DAYS)


def year_of(index: int) -> int:
    """Return the year of the edition that a page is of.

    >>> year_of(0)
    2021
    """
    return 2021 if _day(index) < 3 else 2022


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def write_pages(folder: Path, count: int, seed: int) -> None:
    """Write `count` pages below `folder`, a thousand in each numbered folder."""
    writer = _Writer(count, seed)
    for index in range(count):
        if index % PAGES_PER_FOLDER == 0:
            into = folder / f"{index // PAGES_PER_FOLDER:04}"
            into.mkdir(parents=True, exist_ok=True)
        (into / f"{index:06}.txt").write_text(writer.page(index), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
