"""What is expected, measured: payments foretold on real data, odd ones found, and weeks ahead beside naive peers."""

from . import foretold, odd, weeks

__all__ = ["outcome"]


def outcome(seeds):
    """(text, figures) of all three; ``seeds`` of what is generated."""
    texts, figures = [], {}
    for part in (foretold, odd, weeks):
        text, found = part.outcome(seeds)
        texts.append(text)
        figures[part.__name__.rpartition(".")[2]] = found
    return "\n\n".join(texts), figures
