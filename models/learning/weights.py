"""How much a decision says about what is right."""

#: One of many accepted with a click, or faster than a person reads.
WEAK = 0.1


def weight_of(decision):
    """0..1 of a booking by how it was decided; 1 where no suggestion was involved: a person coded it.

    :param decision: ``decision``, ``signed_off_by_id``, ``decided_with``, ``is_edited`` of the applied suggestion
    """
    if decision["decision"] == "policy" and not decision["signed_off_by_id"]:
        # Nobody has looked at it: the machine does not teach itself.
        return 0.0
    if decision["is_edited"]:
        return 1.0
    return WEAK if (decision["decided_with"] or 0) > 1 or decision["decision"] == "policy" else 1.0
