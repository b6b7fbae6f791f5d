package dev.plimsoll.sample;

import dev.plimsoll.runtime.pool.DatabaseUrl;
import dev.plimsoll.runtime.pool.PoolSettings;
import dev.plimsoll.runtime.redis.RedisAddress;
import dev.plimsoll.runtime.worker.Bounds;
import dev.plimsoll.runtime.worker.Limits;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.sample.report.Reports;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// All that can be set, from environment variables.
///
/// @param migrationUrl a direct connection where `database` goes through pgBouncer; Flyway holds a session lock
/// @param apiToken made valid at start in place of the one before, so that the first client can get in
/// @param rate requests a second for each client, 0 for no limit
/// @param uploadLimit bytes
/// @param childMegabytes ceiling of a child process that reads documents; 0 to read in threads of this one
/// @param bounds what must hold on the machine before a child is given a document
/// @param collector of traces
/// @param questionDays how long what was asked is kept
/// @param drain how long requests under way may take after the signal to stop
public record Settings(String host, int port, DatabaseUrl database, DatabaseUrl migrationUrl, PoolSettings pool,
        Optional<URI> redis, Optional<String> apiToken, int rate, int uploadLimit, int workers, int childMegabytes,
        Bounds bounds, int queue, int questionDays, Duration drain, Optional<Model> model, Optional<URI> collector) {

    /// A chat and embedding endpoint that speaks OpenAI's protocol.
    ///
    /// @param embedding model for embeddings; without it the built-in embedder stays
    public record Model(URI base, Optional<String> key, String name, Optional<String> embedding) {
        @Override
        public String toString() {
            return name + " at " + base;
        }
    }

    private static final int MIB = 1024 * 1024;
    private static final int SHORTEST_TOKEN = 16;
    static final String TOKEN_REMEDY = "set it to at least " + SHORTEST_TOKEN
            + " random characters, as `openssl rand -hex 16` makes";

    public static Settings of(Map<String, String> environment) {
        var reader = new Reader(environment);
        var database = reader.database("DATABASE_URL").orElseThrow(() -> new SettingException("DATABASE_URL",
                "is not set", "set it, as in DATABASE_URL=postgres://room:secret@localhost:5432/room"));
        var usualLeast = Math.min(PoolSettings.PLAN.minimum(), reader.number("DB_POOL_MAX", PoolSettings.PLAN.maximum(),
                1, 1000));
        var least = reader.number("DB_POOL_MIN", usualLeast, 0, 1000);
        var most = reader.number("DB_POOL_MAX", Math.max(least, PoolSettings.PLAN.maximum()), Math.max(1, least),
                1000);
        var patience = Duration.ofMillis(reader.number("DB_POOL_WAIT_MS", 5000, 300, 60_000));
        var pool = PoolSettings.PLAN.sized(least, most).waiting(patience).preparing(reader.statements());
        return new Settings(reader.text("HOST").orElse("127.0.0.1"), port(environment), database,
                reader.database("MIGRATION_DATABASE_URL").orElse(database), pool, reader.redis(), reader.token(), reader
                        .number("RATE_LIMIT", 50, 0, 100_000),
                reader.number("UPLOAD_LIMIT_MB", 10, 1, 1024) * MIB, reader.number("INGEST_WORKERS", 1, 1, 64), reader
                        .childMegabytes(),
                reader.bounds(), reader.number("INGEST_QUEUE", 100, 1, 100_000),
                reader.number("QUESTION_DAYS", 3 * Reports.DAYS, Reports.DAYS, 36_500),
                Duration.ofSeconds(reader.number(
                        "DRAIN_SECONDS", 20, 0, 600)),
                reader.model(), reader.web("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    /// Also for whoever asks the service for its health and knows no database.
    static int port(Map<String, String> environment) {
        return new Reader(environment).number("PORT", 8080, 0, 65_535);
    }

    /// What is set to nothing is not set.
    static Optional<String> text(Map<String, String> environment, String name) {
        return new Reader(environment).text(name);
    }

    private record Reader(Map<String, String> environment) {
        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        int number(String name, int usual, int least, int most) {
            return text(name).map(text -> {
                try {
                    var number = Integer.parseInt(text);
                    if (number >= least && number <= most) {
                        return number;
                    }
                } catch (NumberFormatException wrong) {
                    // Told below, together with numbers out of range.
                }
                throw new SettingException(name, "is `" + text + "`", "use a whole number from " + least + " to "
                        + most + ", or leave it out for " + usual);
            }).orElse(usual);
        }

        Bounds bounds() {
            var usual = Bounds.DEFAULT;
            return new Bounds(number("INGEST_MAX_MEMORY_PERCENT", usual.maxMemoryPercent(), 1, 100),
                    number("INGEST_MAX_CPU_PERCENT", usual.maxCpuPercent(), 1, 100), Memory.ofMegabytes(number(
                            "INGEST_MIN_FREE_MB", (int) usual.minFreeMemory().megabytes(), 0, 1 << 20)));
        }

        Optional<DatabaseUrl> database(String name) {
            return text(name).map(text -> {
                try {
                    return DatabaseUrl.parse(text);
                } catch (IllegalArgumentException wrong) {
                    throw new SettingException(name, String.valueOf(wrong.getMessage()),
                            "write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with % codes for signs such as @");
                }
            });
        }

        Optional<URI> redis() {
            return uri("REDIS_URL", Set.of("redis", "rediss"), text -> !RedisAddress.parse(text).toString().isEmpty(),
                    "write redis://HOST:PORT, with a password redis://:PASSWORD@HOST:PORT, with % codes for signs "
                            + "such as @");
        }

        Optional<URI> web(String name) {
            return uri(name, Set.of("http", "https"), text -> true,
                    "write http://HOST:PORT, or https where it speaks TLS");
        }

        private Optional<URI> uri(String name, Set<String> schemes, Predicate<String> reads, String remedy) {
            return text(name).map(text -> {
                try {
                    var uri = URI.create(text);
                    if (uri.getHost() != null
                            && schemes.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                            && reads.test(text)) {
                        return uri;
                    }
                } catch (IllegalArgumentException wrong) {
                    // Told below, together with URLs of other kinds. The text may hold a password.
                }
                throw new SettingException(name, "does not read as a URL that begins with " + schemes.stream()
                        .sorted().map(scheme -> scheme + "://").collect(Collectors.joining(" or ")), remedy);
            });
        }

        Optional<String> token() {
            return text("API_TOKEN").map(text -> {
                if (text.length() < SHORTEST_TOKEN) {
                    throw new SettingException("API_TOKEN", "is shorter than " + SHORTEST_TOKEN + " characters",
                            TOKEN_REMEDY);
                }
                return text;
            });
        }

        int childMegabytes() {
            var megabytes = number("INGEST_CHILD_MB", 0, 0, 65_536);
            try {
                return megabytes == 0 ? 0 : (int) Limits.of(Memory.ofMegabytes(megabytes)).ceiling().megabytes();
            } catch (IllegalArgumentException small) {
                throw new SettingException("INGEST_CHILD_MB", "is `" + megabytes + "`: " + small.getMessage(),
                        "give a child more, or leave it out to read in threads of the service");
            }
        }

        PoolSettings.Statements statements() {
            var text = text("DB_STATEMENTS").orElse("detect");
            return Arrays.stream(PoolSettings.Statements.values()).filter(value -> spelt(value).equals(text))
                    .findFirst().orElseThrow(() -> new SettingException("DB_STATEMENTS", "is `" + text + "`", "use "
                            + Arrays.stream(PoolSettings.Statements.values()).map(Reader::spelt).collect(Collectors
                                    .joining(", "))));
        }

        private static String spelt(PoolSettings.Statements value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        Optional<Model> model() {
            return web("OPENAI_BASE_URL").map(base -> new Model(base, key(), text("MODEL").orElseThrow(
                    () -> new SettingException("MODEL", "is not set though OPENAI_BASE_URL is",
                            "name the model, or remove OPENAI_BASE_URL for extractive answers")),
                    text("EMBEDDING_MODEL")));
        }

        /// It is sent in a header field, and not repeated.
        private Optional<String> key() {
            return text("OPENAI_API_KEY").map(text -> {
                if (!text.matches("[!-~]+")) {
                    throw new SettingException("OPENAI_API_KEY", "has spaces or signs other than ASCII",
                            "write the key alone, on one line");
                }
                return text;
            });
        }
    }
}
