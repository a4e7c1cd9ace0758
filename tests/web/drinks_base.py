"""A small knowledge base of tea, coffee and water, built for real."""

from pathlib import Path

from kb.extract.raw import Source
from kb.ingest import add, create, prepare
from kb.store import open_store
from kb.topic_file import parse_topic

DRINKS = """
name = "Drinks: tea, coffee or water"
examples = ["Which is better for studying?", "Is coffee good for sleep?"]

[options.tea]
label = "Tea"
words = ["tea"]

[options.coffee]
label = "Coffee"
words = ["coffee"]

[options.water]
label = "Water"
words = ["water"]

[criteria.study]
label = "studying"
words = ["study", "studying", "students"]

[criteria.sleep]
label = "sleep"
words = ["sleep", "sleeping"]

[criteria.cost]
label = "cost"
words = ["cost", "price", "cheap", "easier to learn"]

[conditions.team_size]
label = "size of the round"
[conditions.team_size.values]
small = ["a small round", "alone"]
large = ["a big round", "many guests"]

[conditions.daytime]
label = "time of day"
[conditions.daytime.values]
morning = ["the morning", "breakfast"]
evening = ["the evening", "night"]

[subject]
words = ["drink", "drinks"]

[outside]
words = ["cocoa", "lemonade"]

[[rules]]
id = "coffee-for-morning-study"
when = { criteria = ["study"], conditions = { daytime = "morning" } }
favours = "coffee"
weight = 2
because = "Whoever studies in the morning has the day left to lose the caffeine."
"""

ARTICLES = {
    "cafe.md": """---
title: What to drink at the desk
publisher: The Café
url: https://cafe.example/desk
---
# What to drink at the desk

## Studying

Coffee is excellent for studying, because it keeps students awake. Tea is good for studying too.

## Sleep

Coffee is bad for sleep. Water is the best choice for sleep in the evening.

Real shops sell coffee at a high cost, and tea is cheap.
""",
    "leaf.md": """---
title: In praise of leaves
publisher: The Leaf
---
# In praise of leaves

## Studying

Tea is the better choice for studying. Coffee is a poor choice for studying: it makes hands shake.

## Sleep

Tea is bad for sleep when it is drunk at night.
""",
    "sign.txt": """What the sign at the well says

Water is pure, <script>alert("article")</script> said the <b onclick=alert(1)>sign</b> & the guests.
""",
    "spring.md": """---
title: Plain water
publisher: The Spring
---
# Plain water

## Studying

Water is good for studying and has no cost. Coffee is great for studying in the morning.

## Sleep

Water is good for sleep.
""",
}


def build(path: Path, articles: dict[str, str] = ARTICLES) -> None:
    """Create the knowledge base of drinks at `path`."""
    sources = [Source(name, text.encode()) for name, text in articles.items()]
    create(path, [(parse_topic(DRINKS, id="drinks"), sources)])


def put_article(path: Path, name: str, text: str) -> None:
    """Add an article of drinks to a knowledge base, or replace it."""
    store = open_store(path)
    with store.read() as snapshot:
        topic = snapshot.topic("drinks")
    add(store, prepare(Source(name, text.encode()), topic))
