# Odoo 19: the one that ODOO_HOME names, else Debian's package, unpacked beside the packages it links to.
# shellcheck shell=bash

ODOO_ROOT="$CACHE/odoo"
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# The folder to put on Python's path: the one that holds the package `odoo`.
odoo_path() {
    if [ -n "${ODOO_HOME:-}" ]; then
        (cd "$ODOO_HOME" && pwd -P)
    else
        printf '%s' "$ODOO_ROOT/current/usr/lib/python3/dist-packages"
    fi
}

check_odoo() {
    grep -qsE '^version_info = \(19, 0' "$(odoo_path)/odoo/release.py"
}

# apt knows the mirror that this machine uses; its own lists say which one is Debian's.
debian_mirror() {
    if [ -n "${AI_BOOKKEEPER_DEBIAN_MIRROR:-}" ]; then
        printf '%s' "$AI_BOOKKEEPER_DEBIAN_MIRROR"
        return
    fi
    apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' |
        awk '$2 == "Debian" && $3 == "Debian" { sure = sure ? sure : $1 }
             $1 ~ /\/debian\/?$/ { likely = likely ? likely : $1 }
             END { print sure ? sure : likely }'
}

# Own lists, state and cache: the machine's configuration of apt is read, never changed.
own_apt() {
    local command="$1" state="$ODOO_ROOT/apt"
    shift
    "$command" -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::Etc::preferences=- -o Dir::Etc::preferencesparts="$state/none" \
        -o Dir::State="$state/state" -o Dir::State::status="$state/status" \
        -o Dir::Cache="$state/cache" -o Acquire::Languages=none \
        -o APT::Sandbox::User=root "$@"
}

prepare_own_apt() {
    local state="$ODOO_ROOT/apt" mirror
    mirror="$(debian_mirror)"
    [ -n "$mirror" ] || fail "apt names no Debian mirror; set AI_BOOKKEEPER_DEBIAN_MIRROR or ODOO_HOME"
    mkdir -p "$state/none" "$state/state/lists/partial" "$state/cache/archives/partial"
    : >"$state/status"
    printf 'deb [signed-by=%s] %s %s main\n' \
        "$KEYRING" "$mirror" sid "$KEYRING" "$mirror" stable >"$state/sources.list"
}

refresh_own_apt() {
    own_apt apt-get update -o APT::Update::Error-Mode=any && return
    # A keyring older than the suite's signing key: its newer version comes through the machine's own apt.
    is_root && apt-get update && apt-get install -y debian-archive-keyring &&
        own_apt apt-get update -o APT::Update::Error-Mode=any
}

odoo_candidate() {
    own_apt apt-cache policy odoo-19 | awk '$1 == "Candidate:" { print $2 }'
}

# Names from Depends, alternatives included, that carry JavaScript or fonts.
linked_packages() {
    own_apt apt-cache show --no-all-versions odoo-19 | sed -n 's/^Depends: //p' | tr ',|' '\n\n' |
        sed 's/^ *//; s/ .*//' | grep -E '^(libjs-|fonts-)' | grep -vE 'freefont|noto-core|glyphicons'
}

# Only Font Awesome 4.7 fits Odoo's style sheets: the stable suite has it.
download_odoo() {
    local name targets=("odoo-19/sid")
    while read -r name; do
        case "$name" in
        fonts-font-awesome) targets+=("$name/stable") ;;
        *) targets+=("$name/sid") ;;
        esac
    done < <(linked_packages)
    own_apt apt-get download "${targets[@]}"
}

unpack_odoo() {
    local work="$1" package
    (cd "$work/debs" && download_odoo)
    for package in "$work"/debs/*.deb; do
        dpkg-deb -x "$package" "$work/tree"
    done
    rm -rf "$work/debs"
}

# Odoo serves what its links lead to: a dangling one is a broken page much later.
report_dangling_links() {
    local dangling
    dangling="$(find "$1" -xtype l ! -name Inconsolata.otf | head -n 5)"
    [ -z "$dangling" ] || fail "Odoo links to files that no package brought: $dangling"
}

fetch_odoo() {
    local version target work
    command -v apt-get >/dev/null || fail "no apt-get to fetch Odoo with; set ODOO_HOME to an Odoo 19"
    # What an interrupted run left; the setup lock is ours.
    rm -rf "$ODOO_ROOT"/new.*
    prepare_own_apt
    with_progress "reading the list of Debian's packages" refresh_own_apt
    version="$(odoo_candidate)"
    [ -n "$version" ] && [ "$version" != "(none)" ] || fail "the Debian mirror has no package odoo-19"
    target="$ODOO_ROOT/$(printf '%s' "$version" | tr -c 'A-Za-z0-9.\n' _)"
    if [ ! -d "$target" ]; then
        work="$(mktemp -d "$ODOO_ROOT/new.XXXXXX")"
        mkdir "$work/debs"
        with_progress "fetching Odoo $version (123 MB)" unpack_odoo "$work"
        report_dangling_links "$work/tree"
        publish "$work/tree" "$target"
        rm -rf "$work"
    fi
    ln -sfn "$(basename "$target")" "$ODOO_ROOT/current"
}

ensure_odoo() {
    if [ -n "${ODOO_HOME:-}" ]; then
        check_odoo || fail "ODOO_HOME=$ODOO_HOME holds no Odoo 19 (expected odoo/release.py in it)"
    elif ! check_odoo; then
        mkdir -p "$ODOO_ROOT"
        fetch_odoo
        check_odoo || fail "what Debian's package brought is no Odoo 19"
    fi
}
