# Packages of the operating system: what is needed, what is missing, how it comes.
# shellcheck shell=bash

postgres_bin() {
    local folder
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/psql" ]; then
            printf '%s' "$folder"
            return
        fi
    done
    if command -v initdb >/dev/null && command -v psql >/dev/null; then
        dirname "$(readlink -f "$(command -v initdb)")"
    fi
}

chromium_path() {
    command -v chromium || command -v google-chrome || command -v google-chrome-stable || true
}

# A server whose clock is off, for tests.
faketime_library() {
    find /usr/lib -name libfaketimeMT.so.1 -print -quit 2>/dev/null
}

python_is_fit() {
    "$1" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

python_path() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.10; do
        if command -v "$name" >/dev/null && python_is_fit "$name"; then
            command -v "$name"
            return
        fi
    done
}

# What documents are written in; the addon works with whatever of it is there.
OCR_LANGUAGES="eng osd deu fra spa ita por nld pol ces slk slv hrv hun ron bul ell swe nor dan fin est lav lit tur ukr rus srp hin cat"

missing_ocr_packages() {
    local language known
    command -v tesseract >/dev/null || printf '%s ' tesseract-ocr
    known=" $(tesseract --list-langs 2>/dev/null | tail -n +2 | tr '\n' ' ') "
    for language in $OCR_LANGUAGES; do
        case "$known" in
            *" $language "*) ;;
            *) printf '%s ' "tesseract-ocr-${language//_/-}" ;;
        esac
    done
}

missing_packages() {
    local missing=()
    if [ -z "$(python_path)" ]; then
        missing+=(python3 python3-venv)
    elif ! "$(python_path)" -c 'import ensurepip, venv' 2>/dev/null; then
        missing+=(python3-venv)
    fi
    if [ -n "${PGHOST:-}" ]; then
        command -v psql >/dev/null || missing+=(postgresql-client)
    else
        [ -n "$(postgres_bin)" ] || missing+=(postgresql)
    fi
    [ -n "$(chromium_path)" ] || missing+=(chromium)
    command -v pdftotext >/dev/null || missing+=(poppler-utils)
    # shellcheck disable=SC2207
    missing+=($(missing_ocr_packages))
    command -v git >/dev/null || missing+=(git)
    [ -n "$(faketime_library)" ] || missing+=(faketime)
    if [ -z "${ODOO_HOME:-}" ] && [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
        missing+=(debian-archive-keyring)
    fi
    printf '%s' "${missing[*]:-}"
}

ensure_system_packages() {
    local missing
    missing="$(missing_packages)"
    [ -n "$missing" ] || return 0
    is_root || fail "missing system packages, install them and run this again: apt-get install $missing"
    command -v apt-get >/dev/null || fail "missing and no apt-get to install them with: $missing"
    export DEBIAN_FRONTEND=noninteractive
    with_progress "reading the package lists" apt-get -o DPkg::Lock::Timeout=300 update
    # shellcheck disable=SC2086
    with_progress "installing $missing" \
        apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing
    missing="$(missing_packages)"
    [ -z "$missing" ] || fail "still missing after the installation: $missing"
}
