"""The ground under the tests that stop PostgreSQL: a server of their own, and a real Odoo on it."""

import psycopg2
import pytest
from cluster import Cluster

from ground import templates
from harness import Server, query, wait_for


def test_a_cluster_of_ones_own_stops_and_comes_back():
    shared = query("postgres", "SELECT system_identifier FROM pg_control_system()")
    with Cluster(templates.addon(), fsync=True) as cluster:
        name = cluster.name
        assert query(name, "SHOW fsync") == [("on",)]
        assert query(name, "SELECT system_identifier FROM pg_control_system()") != shared
        with Server(name) as server:
            cluster.stop("immediate")
            with pytest.raises(psycopg2.OperationalError):
                query(name, "SELECT 1")
            cluster.start()
            wait_for(lambda: server.get("/web/login").status_code == 200, seconds=30)
    assert query("postgres", "SELECT system_identifier FROM pg_control_system()") == shared
