package dev.plimsoll.sample;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.plimsoll.runtime.cache.CacheMeters;
import dev.plimsoll.runtime.pool.Holder;
import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.web.Drain;
import dev.plimsoll.runtime.web.Health;
import dev.plimsoll.runtime.web.HealthChecks;
import dev.plimsoll.runtime.web.RateLimit;
import dev.plimsoll.runtime.web.RateLimits;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.sample.answer.Asking;
import dev.plimsoll.sample.answer.MeaningAnswers;
import dev.plimsoll.sample.ingest.Announcements;
import dev.plimsoll.sample.ingest.Attempts;
import dev.plimsoll.sample.ingest.Backlog;
import dev.plimsoll.sample.ingest.Ingestion;
import dev.plimsoll.sample.ingest.LocalIngestion;
import dev.plimsoll.sample.ingest.Reading;
import dev.plimsoll.sample.ingest.WorkerIngestion;
import dev.plimsoll.sample.report.Reports;
import dev.plimsoll.sample.search.Retrieval;
import dev.plimsoll.sample.store.Conversations;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.store.Passages;
import dev.plimsoll.sample.store.Questions;
import dev.plimsoll.sample.store.Schema;
import dev.plimsoll.sample.store.Secrets;
import dev.plimsoll.sample.store.Sources;
import dev.plimsoll.sample.store.Tokens;
import dev.plimsoll.sample.web.Desk;
import dev.plimsoll.sample.web.Front;
import dev.plimsoll.sample.web.Guard;
import dev.plimsoll.sample.web.Library;
import dev.plimsoll.sample.web.Office;
import dev.plimsoll.sample.web.Route;
import io.helidon.webserver.WebServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running service: all of its parts, put together by hand.
public final class Room implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    /// Clients whose limits are remembered; about 2 MB.
    private static final int CLIENTS = 10_000;
    /// Without a connection that changes hands, while all are in use. Assumption: no statement takes so long.
    private static final Duration STANDSTILL = Duration.ofSeconds(10);
    /// Of a child beside what it reads, and what plain text takes in it, times its size: 96 MB were enough for 3 MB of
    /// short paragraphs and 160 for 10, where 96 were too few for 5 and 128 for 10 (`WorkerIngestionTest`).
    private static final int CHILD_MEGABYTES = 60;
    private static final int TEXT_IN_MEMORY = 12;

    private final Settings settings;
    private final Opened opened;
    private final Pool pool;
    private final Drain drain = new Drain();
    private final Ingestion ingestion;
    private final Backlog backlog;
    private final Recent<Ingestion.Load> load;
    private final List<Route> routes;
    private final WebServer server;

    private Room(Settings settings, Opened opened) throws SQLException, IOException, InterruptedException {
        this.settings = settings;
        this.opened = opened;
        var metrics = Metrics.registry();
        pool = opened.add(Pool.open(settings.database(), settings.pool(), Optional.of(
                new MicrometerMetricsTrackerFactory(metrics))));
        var traces = opened.add(Telemetry.open(settings.collector())).traces();
        var database = new Database(pool, metrics, traces);
        var tokens = tokens(database);
        var documents = new Documents(database);
        var questions = new Questions(database);
        var meters = new CacheMeters(metrics);
        var secrets = new Secrets(database);
        var keeping = opened.add(Keeping.open(settings.redis(), secrets.namespace(), meters));
        var generations = keeping.caches().generations();
        var sources = new Sources(generations);
        var models = Models.of(settings.model(), traces);
        var answers = opened
                .add(new MeaningAnswers(generations, secrets.scopes(), keeping::entries, models
                        .names(), models.writer().name(), metrics, traces));
        var announcements = opened.add(Announcements.open(documents, sources::changed));
        ingestion = opened.add(ingestion(documents, models, announcements, metrics));
        load = new Recent<>(ingestion::load);
        Metrics.workers(metrics, this::load);
        var asking = new Asking(models.embedder(), answers, new Retrieval(new Passages(database)), models.writer(),
                questions);
        var guard = new Guard(tokens, limits());
        routes = new ArrayList<>(new Library(documents, ingestion, settings.uploadLimit(), sources).routes());
        routes.addAll(new Desk(asking, new Conversations(database), new Reports(questions, keeping.caches(),
                meters, traces)).routes());
        routes.addAll(
                new Office(new Recent<>(health(database, keeping)::ask)::get, drain::draining, metrics, tokens, guard)
                        .routes());
        backlog = opened.add(Backlog.open(documents, ingestion));
        opened.add(Forgetting.open(questions, settings.questionDays()));
        var front = opened.add(new Front(routes, guard, drain, metrics, traces));
        server = front.start(settings.host(), settings.port());
    }

    public static Room open(Settings settings) throws SQLException, IOException, InterruptedException {
        Schema.migrate(settings.migrationUrl());
        var opened = new Opened();
        try {
            var room = new Room(settings, opened);
            LOG.info("Reading Room answers on {}:{} with {} to {} connections to {}", settings.host(), room.port(),
                    settings.pool().minimum(), settings.pool().maximum(), settings.database());
            return room;
        } catch (RuntimeException | Error | SQLException | IOException | InterruptedException failure) {
            opened.close();
            throw failure;
        }
    }

    private Ingestion ingestion(Documents documents, Models models, Announcements announcements, MeterRegistry metrics)
            throws SQLException, IOException, InterruptedException {
        if (settings.childMegabytes() > 0) {
            warnOfLargeUploads();
            var ceiling = Memory.ofMegabytes(settings.childMegabytes());
            var workers = new WorkerIngestion(pool.source(), ReadDocument.class, settings.workers(), settings.queue(),
                    ceiling, settings.bounds(), settings.drain(), announcements::tell, documents::failed);
            workers.meters().bindTo(metrics);
            return workers;
        }
        var reading = new Reading(documents, models.embedder(), settings.uploadLimit());
        return new LocalIngestion(settings.workers(), settings.queue(), settings.drain(), new Attempts(documents,
                document -> {
                    reading.read(document);
                    announcements.tell();
                }));
    }

    private void warnOfLargeUploads() {
        var readable = Math.max(0, (settings.childMegabytes() - CHILD_MEGABYTES) / TEXT_IN_MEMORY);
        if (settings.uploadLimit() > readable << 20) {
            LOG.warn(
                    "children of INGEST_CHILD_MB={} read plain text of some {} MB, and UPLOAD_LIMIT_MB lets larger ones in",
                    settings.childMegabytes(), readable);
        }
    }

    private Optional<RateLimits> limits() {
        return settings.rate() == 0
                ? Optional.empty()
                : Optional.of(new RateLimits(RateLimit.perSecond(settings.rate(), settings.rate() * 2), CLIENTS));
    }

    private Tokens tokens(Database database) {
        var tokens = new Tokens(database);
        settings.apiToken().ifPresent(secret -> tokens.ensure(Tokens.CHOSEN, secret));
        if (!tokens.any()) {
            throw new SettingException("API_TOKEN", settings.apiToken().isPresent()
                    ? "was revoked, and no other token is valid"
                    : "is not set, and no other token is valid", Settings.TOKEN_REMEDY);
        }
        return tokens;
    }

    private HealthChecks health(Database database, Keeping keeping) {
        var checks = new ArrayList<>(List.of(new HealthChecks.Check("database", Health.Need.REQUIRED,
                () -> answering(database)), new HealthChecks.Check("workers", Health.Need.HELPFUL, this::workers)));
        settings.redis().map(RedisPing::new).ifPresent(redis -> checks.add(new HealthChecks.Check("cache",
                Health.Need.HELPFUL, () -> keeping.caches().connected() ? redis.ask() : deaf(redis.ask()))));
        return new HealthChecks(Duration.ofSeconds(2), checks);
    }

    /// Whoever waits for a connection may get one soon: other copies of the service would only have less for their
    /// clients if a balancer took this one away.
    private HealthChecks.Answer answering(Database database) throws SQLException {
        var held = pool.source().unwrap(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
        if (held >= settings.pool().maximum()) {
            return dry(held, pool.holders());
        }
        database.query("health", "SELECT 1", row -> row.getInt(1));
        return new HealthChecks.Answer(Health.State.UP, "answers");
    }

    /// Where no connection changed hands for long, nobody gets one soon: the database answers none of them.
    private static HealthChecks.Answer dry(int held, List<Holder> holders) {
        var since = holders.stream().map(Holder::since).max(Comparator.naturalOrder());
        return since.filter(last -> last.isBefore(Instant.now().minus(STANDSTILL))).isPresent()
                ? new HealthChecks.Answer(Health.State.DOWN,
                        "all " + held + " connections are in use, and none came free "
                                + "for " + STANDSTILL.toSeconds() + " s")
                : new HealthChecks.Answer(Health.State.DEGRADED, "all " + held + " connections are in use");
    }

    /// A Redis may answer while what it tells of other processes does not arrive.
    private static HealthChecks.Answer deaf(HealthChecks.Answer answer) {
        return answer.state() == Health.State.UP
                ? new HealthChecks.Answer(Health.State.DEGRADED, "answers, but tells of no invalidations")
                : answer;
    }

    private HealthChecks.Answer workers() {
        var now = load();
        return new HealthChecks.Answer(now.waiting() < now.room() ? Health.State.UP : Health.State.DEGRADED, now
                .working() + " reading, " + now.waiting() + " of " + now.room() + " waiting");
    }

    /// Without a wait for the database, which counts what waits for workers.
    private Ingestion.Load load() {
        return load.soon(new Ingestion.Load(0, 0, settings.queue()));
    }

    /// Of all that is served.
    List<String> paths() {
        return routes.stream().map(Route::path).distinct().toList();
    }

    public int port() {
        return server.port();
    }

    /// Lets requests under way end, and documents that are being read, both for the same time at most.
    @Override
    public void close() {
        backlog.close();
        opened.release(ingestion);
        var reading = Thread.ofPlatform().name("ingest-close").start(ingestion::close);
        try {
            var left = drain.drain(settings.drain());
            LOG.info("{} requests were still under way when the service stopped", left);
            reading.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        opened.close();
    }
}
