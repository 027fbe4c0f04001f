# What belongs to one checkout: a folder with a link named ai_bookkeeper, and Odoo's configuration.
# shellcheck shell=bash

write_when_changed() {
    local content
    content="$(cat)"
    [ "$(cat "$1" 2>/dev/null)" = "$content" ] || (umask 077 && printf '%s\n' "$content" >"$1")
}

odoo_configuration() {
    cat <<EOF
[options]
addons_path = $ADDONS
data_dir = $CACHE/data
http_interface = 127.0.0.1
limit_time_real_cron = 900
db_host = ${PGHOST}
db_port = ${PGPORT:-5432}
db_user = ${PGUSER:-$(id -un)}
${PGPASSWORD:+db_password = $PGPASSWORD}
EOF
}

# A link inside the checkout would loop: Odoo walks links.
ensure_checkout() {
    STATE="$CACHE/checkouts/$(checkout_key)"
    ADDONS="$STATE/addons"
    mkdir -p "$ADDONS" "$CACHE/data"
    [ "$(readlink "$ADDONS/ai_bookkeeper")" = "$CHECKOUT" ] || ln -sfn "$CHECKOUT" "$ADDONS/ai_bookkeeper"
    odoo_configuration | write_when_changed "$STATE/odoo.conf"
    export ODOO_RC="$STATE/odoo.conf"
}
