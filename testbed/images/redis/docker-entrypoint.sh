#!/bin/sh
# Lets flags or a file stand for redis-server, drops root, and leaves protected mode off as the official image does.
set -e

case $1 in
    -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
    find . \! -user redis -exec chown redis '{}' +
    exec gosu redis "$0" "$@"
fi
if [ "$1" = redis-server ]; then
    case $2 in
        *.conf) grep -q '^protected-mode' "$2" || set -- "$@" --protected-mode no ;;
        *) case " $* " in *" --protected-mode "*) ;; *) set -- "$@" --protected-mode no ;; esac ;;
    esac
    umask 0077
fi
exec "$@"
