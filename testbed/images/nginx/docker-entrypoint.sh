#!/usr/bin/env bash
# Fills in the templates from the environment and runs the scripts of /docker-entrypoint.d, as the official image does.
set -euo pipefail
shopt -s nullglob

if [ "${1:-}" = nginx ]; then
    known=$(compgen -e | sed 's/.*/${&}/' | tr '\n' ' ')
    for template in /etc/nginx/templates/*.template; do
        envsubst "$known" <"$template" >"/etc/nginx/conf.d/$(basename "$template" .template)"
    done
    for script in /docker-entrypoint.d/*.sh; do
        if [ -x "$script" ]; then "$script"; fi
    done
fi
exec "$@"
