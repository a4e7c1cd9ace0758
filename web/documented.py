"""What the OpenAPI document says beside the types: examples, and the errors of a route."""

from typing import Any

from web.problems import MEDIA_TYPE, Problem

POST_EXAMPLES: dict[str, Any] = {
    "question": {
        "summary": "A question",
        "value": {"question": "Which one is easier to learn?"},
    },
    "follow-up": {
        "summary": "A follow-up; the caller keeps the conversation",
        "value": {"question": "And for security?", "history": ["Which one is easier to learn?"]},
    },
    "adjusted": {
        "summary": "A condition set by hand, one word taken as typed, two hits",
        "value": {
            "question": "Which one shall we take for a smal project?",
            "limit": 2,
            "given": {"team_size": "small"},
            "exact": ["smal"],
        },
    },
}

GET_EXAMPLES: dict[str, Any] = {
    "x-examples": {
        "question": "/ask?q=Which+one+is+easier+to+learn%3F",
        "follow-up": "/ask?q=And+for+security%3F&h=Which+one+is+easier+to+learn%3F",
        "adjusted": "/ask?q=Which+one+shall+we+take%3F&given=team_size:small&limit=2",
    }
}

FEEDBACK_EXAMPLES: dict[str, Any] = {
    "helpful": {
        "summary": "It helped",
        "value": {"question": "Which one is easier to learn?", "helpful": True},
    },
    "not-helpful": {
        "summary": "A follow-up whose answer missed the point",
        "value": {
            "question": "And for security?",
            "history": ["Which one is easier to learn?"],
            "helpful": False,
            "reason": "I wanted to know about passwords.",
        },
    },
}

COMPARE_EXAMPLES: dict[str, Any] = {
    "x-examples": {
        "everything": "/compare",
        "table": "/compare?format=csv",
        "page": "/compare?format=html",
    }
}

_MEANINGS = {
    400: "The request cannot be read.",
    403: "The form was sent by a page of another site.",
    404: "There is no such topic, article or passage.",
    413: "The body is too large.",
    415: "The body is not declared as JSON.",
    422: "The question, a name or a field cannot be used.",
    429: "More feedback was sent than is taken in a minute.",
    503: "The knowledge base is missing or empty, or the server is too busy to answer in time.",
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the errors a route can answer with."""
    content = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in statuses}
