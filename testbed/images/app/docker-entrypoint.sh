#!/bin/sh
# The workers of one start share their metrics; without a place to write, each keeps its own.
set -e
rm -rf "$PROMETHEUS_MULTIPROC_DIR"
mkdir -p "$PROMETHEUS_MULTIPROC_DIR" 2>/dev/null || unset PROMETHEUS_MULTIPROC_DIR
exec "$@"
