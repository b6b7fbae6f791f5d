#!/usr/bin/env bash
# Writes pgbouncer.ini and userlist.txt from the environment unless they exist, with the variables of edoburu/pgbouncer:
# DATABASE_URL or DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME; each other setting is its own name in capitals.
set -euo pipefail

settings=(auth_hba_file auth_query autodb_idle_timeout client_idle_timeout client_login_timeout
    default_pool_size dns_max_ttl dns_nxdomain_ttl idle_transaction_timeout listen_backlog log_connections
    log_disconnections log_pooler_errors log_stats max_client_conn max_db_connections max_packet_size
    max_prepared_statements max_user_connections min_pool_size pkt_buf pool_mode query_timeout query_wait_timeout
    reserve_pool_size reserve_pool_timeout sbuf_loopcnt server_check_delay server_check_query
    server_connect_timeout server_fast_close server_idle_timeout server_lifetime server_login_retry
    server_reset_query server_reset_query_always server_round_robin stats_period stats_users suspend_timeout
    tcp_defer_accept tcp_keepalive tcp_keepcnt tcp_keepidle tcp_keepintvl tcp_user_timeout verbose)

if [[ ${DATABASE_URL:-} =~ ^[a-z]+://([^:@/]+)(:([^@]*))?@([^:/]+)(:([0-9]+))?(/([^?]*))? ]]; then
    DB_USER=${BASH_REMATCH[1]} DB_PASSWORD=${BASH_REMATCH[3]} DB_HOST=${BASH_REMATCH[4]}
    DB_PORT=${BASH_REMATCH[6]:-5432} DB_NAME=${BASH_REMATCH[8]}
fi
: "${DB_USER:=postgres}" "${DB_PORT:=5432}" "${AUTH_TYPE:=md5}"
users=${AUTH_FILE:-/etc/pgbouncer/userlist.txt}
ini=/etc/pgbouncer/pgbouncer.ini

if [ -n "${DB_PASSWORD:-}" ] && ! grep -q "^\"$DB_USER\"" "$users" 2>/dev/null; then
    case $AUTH_TYPE in
        plain | scram-sha-256) secret=$DB_PASSWORD ;;
        *) secret=md5$(printf '%s' "$DB_PASSWORD$DB_USER" | md5sum | cut -d ' ' -f 1) ;;
    esac
    echo "\"$DB_USER\" \"$secret\"" >>"$users"
fi

if [ ! -f "$ini" ]; then
    {
        echo '[databases]'
        echo "${DB_NAME:-*} = host=${DB_HOST:?"set DB_HOST or DATABASE_URL"} port=$DB_PORT auth_user=$DB_USER"
        echo '[pgbouncer]'
        echo "listen_addr = ${LISTEN_ADDR:-0.0.0.0}"
        echo "listen_port = ${LISTEN_PORT:-5432}"
        echo 'unix_socket_dir ='
        echo "auth_file = $users"
        echo "auth_type = $AUTH_TYPE"
        echo "admin_users = ${ADMIN_USERS:-postgres}"
        echo "ignore_startup_parameters = ${IGNORE_STARTUP_PARAMETERS:-extra_float_digits}"
        for name in "${settings[@]}"; do
            variable=${name^^}
            if [ -n "${!variable:-}" ]; then echo "$name = ${!variable}"; fi
        done
    } >"$ini"
fi
exec "$@"
