"""How much a decision says about what is right."""

#: One of many accepted with a click, or faster than a person reads.
WEAK = 0.1


def weight_of(row):
    """0..1 of a booking by how it was decided; 1 where no suggestion was involved: a person coded it.

    :param row: of ``history_queries.coded_entries``
    """
    if row["is_taken_back"]:
        return 0.0
    if row["decision"] == "policy" and not row["signed_off_by_id"]:
        # Nobody has looked at it: the machine does not teach itself.
        return 0.0
    if row["is_edited"] or row["is_chosen"]:
        return 1.0
    return WEAK if is_group(row) or row["is_quick"] else 1.0


def is_group(row):
    """Whether one click decided it with others, as signing off a day's batch does."""
    return (row["decided_with"] or 0) > 1 or row["decision"] == "policy"
