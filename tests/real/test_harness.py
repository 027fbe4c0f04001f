"""The ground under the other tests here: a real server answers, dies and comes back."""

import pytest

from ground import databases
from harness import ApiError, Server, api_key, database, query


@pytest.fixture(scope="module")
def server():
    with database() as name, Server(name) as running:
        yield running


def test_a_real_key_calls_a_real_server(server):
    key = api_key(server.database, "admin")
    count = server.call("res.users", "search_count", key, domain=[("login", "=", "admin")])
    assert count == 1


def test_a_wrong_key_is_refused(server):
    with pytest.raises(ApiError) as error:
        server.call("res.users", "search_count", "no such key", domain=[])
    assert error.value.status == 401


def test_the_addon_is_installed(server):
    rows = query(server.database, "SELECT state FROM ir_module_module WHERE name = 'ai_bookkeeper'")
    assert rows == [("installed",)]


def test_a_killed_server_starts_again(server):
    server.kill()
    server.start()
    assert server.get("/web/health").ok


def test_files_of_a_lost_database_are_not_in_the_way():
    name = databases.fresh_name("renamed")
    lost = databases.FILESTORE / name / "aa"
    lost.mkdir(parents=True)
    (lost / "old").touch()
    try:
        with database() as source:
            databases.copy(source, f"{name}_new")
        databases.rename(f"{name}_new", name)
        assert databases.exists(name)
        assert not (lost / "old").exists()
    finally:
        databases.drop(f"{name}_new")
        databases.drop(name)
