"""Measurements that anybody can repeat: one folder per topic, run by ``bin/bench TOPIC``."""
