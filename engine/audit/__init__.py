"""The audit chain: digests of rows, heads of seals, and what is wrong with them."""
