"""How many of the claims that are mined are right, and how many of those that are there are found.

    ADVISOR_ARTICLES=FOLDER python tests/bench/claims.py

Compares what is mined with the labels of tests/labels; its README tells which articles rules were
made on. Without ADVISOR_ARTICLES the four published articles are left out.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "labels"))

from labelled import SETS, Match, articles_of, labels_of, match  # noqa: E402

# Nobody looked at these while making rules.
UNSEEN = {
    "originals": ("000_php_courses", "003_positiwise"),
    "web": ("b4", "b5", "b6"),
    "databases": ("d2", "d3"),
    "frontend": ("f2", "f3"),
}


def main() -> None:
    for name in SETS:
        total = unseen = Match(0, 0, 0, 0)
        for prepared in articles_of(name):
            found = match(prepared.claims, labels_of(name, prepared))
            total += found
            if prepared.article.id in UNSEEN[name]:
                unseen += found
            print_line(f"  {prepared.article.id}", found)
        if total.certain:
            print_line(f"{name}, all", total)
            print_line(f"{name}, unseen", unseen)


def print_line(name: str, found: Match) -> None:
    sys.stdout.write(
        f"{name:24} precision {found.precision:.2f} ({found.right}/{found.judged})"
        f"  recall {found.recall:.2f} ({found.found}/{found.certain})\n"
    )


if __name__ == "__main__":
    main()
