"""What auditing costs."""
