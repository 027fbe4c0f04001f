"""Documents of vendors: what is read from them, how sure, how fast; the same cost booked twice."""
