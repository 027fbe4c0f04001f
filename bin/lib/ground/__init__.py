"""The ground that tests, benchmarks and the demo stand on: databases, servers, lanes."""
