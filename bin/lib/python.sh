# The virtual environment: keyed by the Python, the list of requirements and the Odoo that it sees.
# shellcheck shell=bash

requirements_key() {
    {
        "$(python_path)" -c 'import sys; print(sys.version, sys.base_prefix)'
        cat "$LIB/requirements.txt"
        odoo_path
    } | short_hash
}

build_environment() {
    local target="$1" site
    "$(python_path)" -m venv --clear "$target"
    "$target/bin/python" -m pip install --disable-pip-version-check --no-input -r "$LIB/requirements.txt"
    site="$("$target/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
    odoo_path >"$site/odoo_home.pth"
    (cd / && "$target/bin/python" -c 'import odoo.cli, odoo.release; print(odoo.release.version)')
    touch "$target/complete"
}

ensure_environment() {
    VENV="$CACHE/venv-$(requirements_key)"
    # A virtual environment holds its own path, so it is built in place and marked when complete.
    [ -e "$VENV/complete" ] ||
        with_progress "installing the Python requirements" build_environment "$VENV"
}
