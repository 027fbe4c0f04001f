# A private PostgreSQL cluster, unless PGHOST names one. It listens on a socket only.
# shellcheck shell=bash

pg_key() { printf '%s %s' "$CACHE" "${AI_BOOKKEEPER_PG_FSYNC:-off}" | short_hash 8; }

# The server refuses to run as root, and its own user cannot look into root's home.
pg_home() {
    if is_root; then
        printf '/var/lib/ai_bookkeeper/pg-%s' "$(pg_key)"
    else
        printf '%s/pg-%s' "$CACHE" "$(pg_key)"
    fi
}

# Socket paths end at 107 bytes, so it stands apart from the cache.
pg_socket() { printf '/tmp/aib-pg-%s-%s' "$(id -u)" "$(pg_key)"; }

pg_user() { if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }

as_pg_user() {
    if is_root; then
        setpriv --reuid "$(pg_user)" --regid "$(id -g "$(pg_user)")" --clear-groups -- "$@" 9>&-
    else
        "$@" 9>&-
    fi
}

private_folder() {
    mkdir -p "$1"
    if is_root; then chown "$(pg_user)" "$1"; fi
    chmod 700 "$1"
}

create_cluster() {
    local home="$1"
    rm -rf "$home/data"
    (cd / && as_pg_user "$PG_BIN/initdb" -D "$home/data" -U postgres -A trust -E UTF8 \
        --locale=C.UTF-8 --no-sync)
    cat >>"$home/data/postgresql.conf" <<EOF
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
max_wal_size = 2GB
fsync = ${AI_BOOKKEEPER_PG_FSYNC:-off}
full_page_writes = ${AI_BOOKKEEPER_PG_FSYNC:-off}
synchronous_commit = ${AI_BOOKKEEPER_PG_FSYNC:-off}
EOF
    touch "$home/created"
}

start_cluster() {
    local home="$1" socket="$2"
    (cd / && as_pg_user "$PG_BIN/pg_ctl" start -w -t 60 -D "$home/data" -l "$home/log" \
        -o "-k $socket -p 5432")
}

create_role() {
    psql -h "$1" -U postgres -d postgres -Atq -v ON_ERROR_STOP=1 <<'EOF'
SELECT 'CREATE ROLE odoo LOGIN CREATEDB'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'odoo') \gexec
EOF
}

ensure_postgres() {
    local home
    if [ -n "${PGHOST:-}" ] && [ "$PGHOST" != "$(pg_socket)" ]; then
        [ "${PGUSER:-$(id -un)}" != postgres ] || fail "Odoo refuses the role postgres; set PGUSER to another one"
        psql -d postgres -Atqc 'SELECT 1' >/dev/null || fail "PGHOST=$PGHOST does not answer"
        return
    fi
    PG_BIN="$(postgres_bin)"
    PATH="$PG_BIN:$PATH"
    PGHOST="$(pg_socket)" PGPORT=5432 PGUSER=odoo
    export PATH PGHOST PGPORT PGUSER
    unset PGPASSWORD PGDATABASE PGSERVICE PGOPTIONS
    pg_isready -q && return
    home="$(pg_home)"
    if is_root; then mkdir -p "$(dirname "$home")"; fi
    private_folder "$home"
    private_folder "$PGHOST"
    [ -e "$home/created" ] || with_progress "creating the PostgreSQL cluster" create_cluster "$home"
    with_progress "starting PostgreSQL" start_cluster "$home" "$PGHOST"
    create_role "$PGHOST"
}
