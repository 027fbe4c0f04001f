# Sourced by every command: brings the environment up, then exports what names it.
# shellcheck shell=bash
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
for part in system odoo python postgres checkout; do
    # shellcheck disable=SC1090
    . "$LIB/$part.sh"
done

# Two commands at once must not both build: the second waits, then finds it done.
ensure_all() {
    mkdir -p "$CACHE"
    exec 9>"$CACHE/setup.lock"
    flock -n 9 || { say "another setup is running, waiting for it"; flock 9; }
    ensure_system_packages
    ensure_odoo
    ensure_environment
    ensure_postgres
    ensure_checkout
    exec 9>&-
}

export_environment() {
    export AIB_CHECKOUT="$CHECKOUT" AIB_CACHE="$CACHE" AIB_STATE="$STATE" AIB_ADDONS="$ADDONS"
    export AIB_KEY AIB_ODOO_PATH AIB_VENV="$VENV"
    AIB_KEY="$(checkout_key)"
    AIB_ODOO_PATH="$(odoo_path)"
    export PATH="$VENV/bin:$PATH"
    # Byte code of the checkout would be written into the checkout.
    export PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
    unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
}

ensure_all
export_environment
