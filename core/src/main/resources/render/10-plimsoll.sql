-- Makes a database watchable. Runs by itself when the volume is empty, and can be run again at any time:
-- psql -f this file, as the superuser, with PLIMSOLL_MONITOR_PASSWORD in the environment.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
-- The password must not reach the log.
SET log_statement = 'none';
SET pg_stat_statements.track_utility = off;
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';

-- Extensions, each where the image has it.
DO $$
DECLARE
    wanted text;
BEGIN
    FOR wanted IN SELECT name FROM pg_available_extensions
            WHERE name IN ('pg_stat_statements', 'pg_trgm', 'btree_gin', 'uuid-ossp') ORDER BY name LOOP
        EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', wanted);
    END LOOP;
END
$$;

-- A role that may only watch. Without a password in the environment nobody can log in with it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plimsoll_monitor') THEN
        CREATE ROLE plimsoll_monitor NOLOGIN;
    END IF;
END
$$;
ALTER ROLE plimsoll_monitor NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 5;
ALTER ROLE plimsoll_monitor SET statement_timeout = '10s';
ALTER ROLE plimsoll_monitor SET default_transaction_read_only = on;
GRANT pg_monitor TO plimsoll_monitor;
SELECT format('GRANT CONNECT ON DATABASE %I TO plimsoll_monitor', current_database()) \gexec
\set monitor_password `printf %s "$PLIMSOLL_MONITOR_PASSWORD"`
SELECT format('ALTER ROLE plimsoll_monitor LOGIN PASSWORD %L', :'monitor_password')
WHERE :'monitor_password' <> '' \gexec

-- Functions to look with.
CREATE SCHEMA IF NOT EXISTS plimsoll;
GRANT USAGE ON SCHEMA plimsoll TO plimsoll_monitor;

-- The statements that took most time in all. Empty where pg_stat_statements is not installed or not loaded.
CREATE OR REPLACE FUNCTION plimsoll.get_slow_queries(n integer DEFAULT 10)
RETURNS TABLE (query text, calls bigint, total_ms double precision, mean_ms double precision, returned_rows bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
    statistics text;
    suffix text;
BEGIN
    SELECT format('%I.pg_stat_statements', s.nspname) INTO statistics
        FROM pg_extension e JOIN pg_namespace s ON s.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements';
    IF statistics IS NULL THEN
        RETURN;
    END IF;
    -- The extension's columns changed with version 1.8, and an upgraded server may still have an older one.
    SELECT CASE WHEN EXISTS (SELECT FROM pg_attribute
        WHERE attrelid = to_regclass(statistics) AND attname = 'total_exec_time') THEN 'exec_time' ELSE 'time' END
        INTO suffix;
    RETURN QUERY EXECUTE format('SELECT s.query, s.calls, s.total_%s, s.mean_%s, s.rows FROM %s s '
        'ORDER BY s.total_%s DESC LIMIT $1', suffix, suffix, statistics, suffix) USING n;
EXCEPTION WHEN object_not_in_prerequisite_state THEN
    RETURN;
END
$$;

CREATE OR REPLACE FUNCTION plimsoll.get_table_sizes()
RETURNS TABLE (table_schema name, table_name name, estimated_rows bigint, table_bytes bigint, index_bytes bigint,
    total_bytes bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT schemaname, relname, n_live_tup, pg_table_size(relid), pg_indexes_size(relid), pg_total_relation_size(relid)
    FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC NULLS LAST, schemaname, relname
$$;

CREATE OR REPLACE FUNCTION plimsoll.get_database_size()
RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT pg_database_size(current_database())
$$;

-- Share of block reads that shared_buffers served, 0 to 1; NULL before the first read.
CREATE OR REPLACE FUNCTION plimsoll.get_cache_hit_ratio()
RETURNS numeric LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT round(blks_hit::numeric / nullif(blks_hit + blks_read, 0), 4)
    FROM pg_stat_database WHERE datname = current_database()
$$;

CREATE OR REPLACE FUNCTION plimsoll.get_connection_stats()
RETURNS TABLE (state text, connections bigint, longest interval, most_allowed integer)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT coalesce(a.state, 'other'), count(*), max(now() - a.state_change),
        current_setting('max_connections')::integer
    FROM pg_stat_activity a WHERE a.backend_type = 'client backend' GROUP BY 1 ORDER BY 2 DESC, 1
$$;

-- Indexes no query has used since the statistics were reset, without those that a constraint needs.
CREATE OR REPLACE FUNCTION plimsoll.get_unused_indexes()
RETURNS TABLE (table_schema name, table_name name, index_name name, index_bytes bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT s.schemaname, s.relname, s.indexrelname, pg_relation_size(s.indexrelid)
    FROM pg_stat_user_indexes s JOIN pg_index i ON i.indexrelid = s.indexrelid
    WHERE s.idx_scan = 0 AND NOT i.indisunique
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = s.indexrelid)
    ORDER BY 4 DESC, 1, 2, 3
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA plimsoll TO plimsoll_monitor;
RESET log_statement;
RESET pg_stat_statements.track_utility;
RESET log_min_duration_statement;
RESET log_min_error_statement;
