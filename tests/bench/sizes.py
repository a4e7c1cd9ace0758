"""A number of passages as one types it: 10k, 100k, 1M."""

_FACTORS = {"k": 1_000, "M": 1_000_000}


def size(text: str) -> int:
    return int(float(text.rstrip("kM")) * _FACTORS.get(text[-1], 1))
