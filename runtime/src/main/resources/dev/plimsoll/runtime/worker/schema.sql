-- Tables of the job queue. Running this again changes nothing.
create schema if not exists plimsoll;

-- Columns as db-scheduler 16 reads them.
create table if not exists plimsoll.jobs (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index if not exists jobs_by_priority on plimsoll.jobs (priority desc, execution_time asc);
create index if not exists jobs_by_time on plimsoll.jobs (execution_time);
create index if not exists jobs_by_heartbeat on plimsoll.jobs (last_heartbeat);
create index if not exists jobs_held on plimsoll.jobs (picked_by) where picked;

create table if not exists plimsoll.job_history (
  number bigint generated always as identity primary key,
  kind text not null,
  job text not null,
  attempt int not null,
  outcome text not null,
  peak_bytes bigint,
  waited_ms bigint,
  took_ms bigint,
  ended timestamptz not null default now(),
  parent text not null,
  message text not null
);
create index if not exists job_history_by_job on plimsoll.job_history (kind, job);
create index if not exists job_history_by_end on plimsoll.job_history (ended);

create table if not exists plimsoll.job_quarantine (
  kind text not null,
  job text not null,
  payload jsonb not null,
  priority smallint,
  outcome text not null,
  message text not null,
  since timestamptz not null default now(),
  primary key (kind, job)
);

-- Queues a job and returns its id. One that is queued already, or in quarantine, stays as it is. A payload of SQL's
-- null is JSON's.
create or replace function plimsoll.enqueue(kind text, payload jsonb, job text default gen_random_uuid()::text,
    due timestamptz default now(), priority int default 0) returns text language sql as $$
  insert into plimsoll.jobs (task_name, task_instance, task_data, execution_time, picked, consecutive_failures, version,
      priority)
    select kind, job, convert_to(coalesce(payload, 'null')::text, 'UTF8'), due, false, 0, 1, priority
      where not exists (select from plimsoll.job_quarantine q where q.kind = $1 and q.job = $3)
    on conflict (task_name, task_instance) do nothing;
  select job
$$;

-- Gives a job in quarantine new attempts. Returns whether it was there.
create or replace function plimsoll.release(kind text, job text) returns boolean language sql as $$
  with gone as (delete from plimsoll.job_quarantine q where q.kind = $1 and q.job = $2 returning *),
  back as (insert into plimsoll.jobs (task_name, task_instance, task_data, execution_time, picked,
      consecutive_failures, version, priority)
    select gone.kind, gone.job, convert_to(gone.payload::text, 'UTF8'), now(), false, 0, 1, gone.priority from gone
    on conflict (task_name, task_instance) do nothing)
  select exists (select from gone)
$$;
