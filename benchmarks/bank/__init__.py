"""Bank reconciliation: generated company years with their truth, files with truth, peers, speed."""
