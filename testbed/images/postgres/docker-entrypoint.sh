#!/usr/bin/env bash
# First start as the official image does it, in the same order and with the same variables; then the server.
# Without -u: scripts of the user are sourced below.
set -Eeo pipefail

# The value of a variable, or of the file that NAME_FILE names, or else a default.
setting() {
    local name=$1 file=${1}_FILE
    if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
        echo "error: both $name and $file are set" >&2
        exit 1
    elif [ -n "${!file:-}" ]; then
        cat "${!file}"
    else
        printf '%s' "${!name:-${2:-}}"
    fi
}

ask() {
    psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --no-password --dbname "$POSTGRES_DB" "$@"
}

run_init_files() {
    local file
    for file in /docker-entrypoint-initdb.d/*; do
        echo "$0: running $file"
        case $file in
            *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
            *.sql) ask -f "$file" ;;
            *.sql.gz) gunzip -c "$file" | ask ;;
            *.sql.xz) xzcat "$file" | ask ;;
            *) echo "$0: ignoring $file" ;;
        esac
    done
}

create_cluster() {
    if [ -z "$POSTGRES_PASSWORD" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
        echo "Error: Database is uninitialized and superuser password is not specified." >&2
        echo "       Set POSTGRES_PASSWORD, or POSTGRES_HOST_AUTH_METHOD=trust." >&2
        exit 1
    fi
    # initdb takes its arguments as one line of shell words.
    eval 'initdb --username="$POSTGRES_USER" --pwfile=<(echo "${POSTGRES_PASSWORD:-none}")' \
        "${POSTGRES_INITDB_WALDIR:+--waldir \"\$POSTGRES_INITDB_WALDIR\"} $POSTGRES_INITDB_ARGS"
}

initialise() {
    POSTGRES_PASSWORD=$(setting POSTGRES_PASSWORD)
    POSTGRES_USER=$(setting POSTGRES_USER postgres)
    POSTGRES_DB=$(setting POSTGRES_DB "$POSTGRES_USER")
    POSTGRES_INITDB_ARGS=$(setting POSTGRES_INITDB_ARGS)
    export POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB POSTGRES_INITDB_ARGS PGPASSWORD=$POSTGRES_PASSWORD
    create_cluster
    local method
    method=${POSTGRES_HOST_AUTH_METHOD:-$(postgres -C password_encryption "${server[@]}")}
    printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

    # The temporary server has the settings of the real one, but no network.
    PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -w start \
        -o "$(printf '%q ' "${server[@]}" -c listen_addresses= -p "${PGPORT:-5432}")"
    if [ "$POSTGRES_DB" != postgres ]; then
        POSTGRES_DB=postgres ask --set name="$POSTGRES_DB" <<<'CREATE DATABASE :"name";'
    fi
    run_init_files
    PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -m fast -w stop
    unset PGPASSWORD
    echo
    echo "PostgreSQL init process complete; ready for start up."
    echo
}

if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
case " $* " in
    *" --help "* | *" -? "* | *" --version "* | *" -V "* | *" --describe-config "*) exec "$@" ;;
esac
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA"
    chmod 700 "$PGDATA"
    find "$PGDATA" \! -user postgres -exec chown postgres '{}' +
    exec gosu postgres "$0" "$@"
fi
if [ "$1" = postgres ]; then
    server=("${@:2}")
    if [ -s "$PGDATA/PG_VERSION" ]; then
        echo "PostgreSQL Database directory appears to contain a database; Skipping initialization"
    else
        shopt -s nullglob
        initialise
    fi
fi
exec "$@"
