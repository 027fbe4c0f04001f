# Shared by every command in bin/: where things live, how progress is told, how locks are held.
# shellcheck shell=bash
set -euo pipefail

# shellcheck disable=SC2034  # Some of these are for the files that source this one.
CHECKOUT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
LIB="$CHECKOUT/bin/lib"
CACHE="${AI_BOOKKEEPER_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/ai_bookkeeper}"
case "$CACHE" in /*) ;; *) CACHE="$PWD/$CACHE" ;; esac

say() { printf '%s\n' "[$(date +%H:%M:%S)] $*" >&2; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

short_hash() { sha256sum | cut -c1-"${1:-10}"; }

checkout_key() { printf '%s' "$CHECKOUT" | short_hash 8; }

is_root() { [ "$(id -u)" -eq 0 ]; }

# with_progress TEXT COMMAND...: one line at the start, a sign of life each 15 s, the log's tail on failure.
with_progress() {
    local text="$1" log pid started=$SECONDS
    shift
    log="$(mktemp "${TMPDIR:-/tmp}/aib-log.XXXXXX")"
    say "$text ..."
    # The child must not keep the setup lock alive when it outlives us.
    "$@" >"$log" 2>&1 9>&- &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        if [ $(((SECONDS - started) % 15)) -eq 14 ]; then
            say "  still at it after $((SECONDS - started)) s: $(tail -n 1 "$log" | tr -d '\r' | cut -c1-100)"
            sleep 1
        fi
    done
    if ! wait "$pid"; then
        tail -n 25 "$log" >&2
        rm -f "$log"
        fail "$text: failed (see above)"
    fi
    rm -f "$log"
    say "$text: done in $((SECONDS - started)) s"
}

# publish FOLDER TARGET: a half-made folder never stands under its final name.
publish() {
    rm -rf "$2"
    mv -T "$1" "$2"
}
