package dev.plimsoll.compose;

import static dev.plimsoll.compose.Shape.ANYTHING;
import static dev.plimsoll.compose.Shape.DURATION;
import static dev.plimsoll.compose.Shape.FLAG;
import static dev.plimsoll.compose.Shape.INTEGER;
import static dev.plimsoll.compose.Shape.NOTHING_SET;
import static dev.plimsoll.compose.Shape.NUMBER;
import static dev.plimsoll.compose.Shape.NUMBER_OR_TEXT;
import static dev.plimsoll.compose.Shape.QUOTED_SIZE;
import static dev.plimsoll.compose.Shape.SIZE;
import static dev.plimsoll.compose.Shape.TEXT;
import static dev.plimsoll.compose.Shape.WORD;
import static dev.plimsoll.compose.Shape.anyOf;
import static dev.plimsoll.compose.Shape.choice;
import static dev.plimsoll.compose.Shape.keys;
import static dev.plimsoll.compose.Shape.listOf;
import static dev.plimsoll.compose.Shape.mapOf;
import static dev.plimsoll.compose.Shape.named;

/// The Compose file, written from the Compose specification's reference pages (version of 2025) and checked against
/// the verdicts of Docker Compose 2.26.
final class ComposeShapes {
    private static final Shape TEXTS = listOf(TEXT);
    private static final Shape TEXT_OR_TEXTS = anyOf(TEXT, TEXTS);
    private static final Shape COMMAND = anyOf(TEXT, TEXTS, NOTHING_SET);
    private static final Shape LIST_OR_MAP = anyOf(mapOf(WORD), TEXTS);
    private static final Shape EXTRA_HOSTS = anyOf(mapOf(TEXT_OR_TEXTS), TEXTS);

    private static final Shape BUILD = anyOf(TEXT, keys(
            "context dockerfile dockerfile_inline network target isolation entitlements", ANYTHING,
            "args labels additional_contexts", LIST_OR_MAP, "ssh", anyOf(LIST_OR_MAP, TEXT), "cache_from cache_to tags "
                    + "platforms",
            TEXTS, "no_cache pull privileged provenance sbom", ANYTHING, "extra_hosts", EXTRA_HOSTS, "shm_size", SIZE,
            "secrets ulimits", ANYTHING));

    private static final Shape PORT = anyOf(NUMBER, TEXT, keys("name mode host_ip protocol app_protocol", TEXT,
            "target", INTEGER, "published", NUMBER_OR_TEXT));

    private static final Shape VOLUME = anyOf(TEXT, keys("type", TEXT, "source target consistency", TEXT, "read_only",
            FLAG, "bind", keys("propagation selinux recursive", TEXT, "create_host_path", FLAG), "volume",
            keys("nocopy", FLAG, "subpath", TEXT, "labels", LIST_OR_MAP), "tmpfs", keys("size", SIZE, "mode",
                    NUMBER_OR_TEXT),
            "image cluster", ANYTHING));

    private static final Shape FILE_REFERENCE = anyOf(TEXT,
            keys("source target uid gid", TEXT, "mode", NUMBER_OR_TEXT));

    private static final Shape HEALTHCHECK = keys("disable", FLAG, "interval timeout start_period start_interval",
            DURATION, "retries", NUMBER, "test", TEXT_OR_TEXTS);

    private static final Shape RESOURCES = keys("limits", keys("cpus", NUMBER, "memory", QUOTED_SIZE, "pids",
            INTEGER), "reservations",
            keys("cpus", NUMBER, "memory", QUOTED_SIZE, "generic_resources devices", ANYTHING));

    private static final Shape DEPLOY = anyOf(NOTHING_SET, keys("mode endpoint_mode", TEXT, "replicas", INTEGER,
            "labels", LIST_OR_MAP, "rollback_config update_config restart_policy placement", ANYTHING, "resources",
            RESOURCES));

    private static final Shape DEPENDS_ON = anyOf(TEXTS, named(keys("condition",
            choice("service_started", "service_healthy", "service_completed_successfully"), "restart required",
            FLAG)));

    private static final Shape ENV_FILE = anyOf(TEXT,
            listOf(anyOf(TEXT, keys("path format", TEXT, "required", FLAG))));

    private static final Shape SERVICE = keys("annotations environment labels sysctls", LIST_OR_MAP,
            "attach init oom_kill_disable privileged read_only stdin_open tty use_api_socket", FLAG, "build", BUILD,
            "blkio_config credential_spec develop device_cgroup_rules devices gpus provider models post_start "
                    + "pre_stop volumes_from label_file network_mode",
            ANYTHING, "cap_add cap_drop external_links group_add links profiles security_opt", listOf(NUMBER_OR_TEXT),
            "stop_grace_period", DURATION,
            "cgroup cgroup_parent container_name domainname hostname image ipc isolation "
                    + "mac_address pid platform pull_policy runtime stop_signal user userns_mode uts working_dir "
                    + "pull_refresh_after",
            TEXT, "restart", anyOf(TEXT, FLAG), "command entrypoint", COMMAND, "configs secrets",
            listOf(FILE_REFERENCE), "cpu_count cpu_percent cpu_shares cpu_quota cpu_period cpu_rt_period "
                    + "cpu_rt_runtime",
            NUMBER_OR_TEXT, "cpus", NUMBER, "cpuset", TEXT, "depends_on", DEPENDS_ON, "deploy", DEPLOY,
            "dns dns_opt dns_search tmpfs",
            TEXT_OR_TEXTS, "env_file", ENV_FILE, "expose", listOf(NUMBER_OR_TEXT), "extends",
            anyOf(TEXT, keys("service file", TEXT)), "extra_hosts", EXTRA_HOSTS, "healthcheck", HEALTHCHECK, "logging",
            keys("driver", TEXT, "options", mapOf(WORD)),
            "mem_limit mem_reservation memswap_limit shm_size", SIZE, "mem_swappiness oom_score_adj pids_limit",
            NUMBER_OR_TEXT, "networks", anyOf(TEXTS, mapOf(ANYTHING)), "ports", listOf(PORT), "scale", INTEGER,
            "storage_opt ulimits", mapOf(ANYTHING), "volumes", listOf(VOLUME));

    private static final Shape DEFINITIONS = anyOf(NOTHING_SET, named(anyOf(NOTHING_SET, mapOf(ANYTHING))));

    private static final Shape INCLUDE = listOf(anyOf(TEXT, keys("path env_file", TEXT_OR_TEXTS, "project_directory",
            TEXT)));

    /// A whole file.
    static final Shape FILE = keys("version", anyOf(TEXT, NOTHING_SET), "name", TEXT, "include", INCLUDE,
            "services", named(SERVICE), "networks volumes configs secrets models", DEFINITIONS);

    private ComposeShapes() {}
}
