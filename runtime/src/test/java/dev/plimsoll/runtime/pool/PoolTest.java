package dev.plimsoll.runtime.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.plimsoll.runtime.net.Relay;
import dev.plimsoll.runtime.pool.PoolSettings.Statements;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pool on a real PostgreSQL, directly and through a real pgBouncer in transaction mode.
class PoolTest {
    private static final Path BOUNCER = Path.of("/usr/sbin/pgbouncer");
    private static final PoolSettings SMALL = PoolSettings.PLAN.sized(1, 3).waiting(Duration.ofSeconds(2));

    @TempDir
    private static Path directory = Path.of("");

    private static final List<Process> PROCESSES = new ArrayList<>();
    private static int postgres;

    @BeforeAll
    static void startPostgres() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var installed = Path.of("/usr/lib/postgresql");
        assumeTrue(Files.isDirectory(installed), "no PostgreSQL server is installed below " + installed);
        try (var versions = Files.list(installed)) {
            var binaries = versions.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve(
                    "postgres"))).max(Comparator.naturalOrder());
            assumeTrue(binaries.isPresent(), "no PostgreSQL server is installed below " + installed);
            var data = directory.resolve("data").toString();
            assertThat(run(binaries.get().resolve("initdb").toString(), "-D", data, "-U", "postgres", "-A", "trust",
                    "-N", "--no-locale", "-E", "UTF8").waitFor()).isZero();
            postgres = freePort();
            await(run(binaries.get().resolve("postgres").toString(), "-D", data, "-p", String.valueOf(postgres), "-c",
                    "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"), postgres);
            awaitRecovered();
        }
    }

    /// A server that listens may still be starting up.
    private static void awaitRecovered() throws InterruptedException {
        for (var time = 0; time < 200; time++) {
            try {
                open(SMALL, postgres).close();
                return;
            } catch (SQLException starting) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    @AfterAll
    static void stop() {
        PROCESSES.forEach(process -> process.destroyForcibly().onExit().join());
    }

    /// Hikari warns of a time that has no effect.
    @Test
    void onlyAPoolThatMayShrinkHasATimeAfterWhichItDoes() throws SQLException {
        assertThat(idleMillis(SMALL)).isEqualTo(SMALL.idle().toMillis());
        assertThat(idleMillis(SMALL.sized(2, 2))).isNotEqualTo(SMALL.idle().toMillis());
    }

    private static long idleMillis(PoolSettings settings) throws SQLException {
        try (var pool = open(settings, postgres)) {
            return pool.source().unwrap(HikariDataSource.class).getIdleTimeout();
        }
    }

    @Test
    void aDryPoolNamesWhoHoldsItsConnections() throws SQLException, InterruptedException {
        try (var pool = open(SMALL, postgres); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = new CountDownLatch(3);
            var done = new CountDownLatch(1);
            for (var thread = 0; thread < 3; thread++) {
                threads.execute(() -> forgetfulReport(pool, held, done));
            }
            try {
                assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
                assertThatExceptionOfType(PoolDryException.class).isThrownBy(pool::connection).withMessageContaining(
                        "3 of 3 are held").withMessageContaining("PoolTest.forgetfulReport(PoolTest.java:")
                        .withMessageContaining("thread virtual-")
                        .satisfies(dry -> assertThat(dry.holders()).hasSize(3));
            } finally {
                done.countDown();
            }
        }
    }

    @Test
    void theLongestHoldersAreNamedFirstAndTheRestIsCounted() throws SQLException {
        var clock = new Ticking();
        var settings = SMALL.sized(0, 7).waiting(Duration.ofMillis(300));
        try (var pool = Pool.open(DatabaseUrl.parse(url()), settings, Optional.empty(), clock)) {
            for (var second = 0; second < 7; second++) {
                assertThat(pool.connection().isClosed()).isFalse();
                clock.now = clock.now.plusSeconds(1);
            }
            assertThat(pool.holders()).extracting(Holder::since).isSorted().hasSize(7);
            assertThatExceptionOfType(PoolDryException.class).isThrownBy(pool::connection).withMessageMatching(
                    ".* within 300 ms: 7 of 7 are held, by thread \\S+ for 7\\.0 s at .*; thread \\S+ for 3\\.0 s at .*"
                            + " and 2 more")
                    .satisfies(dry -> assertThat(dry.holders()).hasSize(7));
        }
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void eachSettingReachesThePool() throws SQLException {
        var settings = new PoolSettings("reports", 1, 3, Duration.ofSeconds(2), Duration.ofMillis(900), Duration
                .ofSeconds(100), Duration.ofMinutes(20), Optional.of(Duration.ofMillis(7_500)), Statements.UNNAMED);
        var registry = new SimpleMeterRegistry();
        try (var pool = Pool.open(DatabaseUrl.parse(url()), settings, Optional.of(new MicrometerMetricsTrackerFactory(
                registry)));
                var connection = pool.connection();
                var row = connection.createStatement().executeQuery("SELECT current_setting('application_name')")) {
            var hikari = pool.source().unwrap(HikariDataSource.class);
            assertThat(hikari.getPoolName()).isEqualTo("reports");
            assertThat(hikari.getMinimumIdle()).isEqualTo(1);
            assertThat(hikari.getMaximumPoolSize()).isEqualTo(3);
            assertThat(hikari.getConnectionTimeout()).isEqualTo(2_000);
            assertThat(hikari.getValidationTimeout()).isEqualTo(900);
            assertThat(hikari.getIdleTimeout()).isEqualTo(100_000);
            assertThat(hikari.getMaxLifetime()).isEqualTo(1_200_000);
            assertThat(hikari.getDataSourceProperties()).containsEntry("tcpKeepAlive", "true").containsEntry(
                    "socketTimeout", "8");
            assertThat(pool.preparesOnServer()).isFalse();
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("reports");
            assertThat(registry.get("hikaricp.connections.max").tag("pool", "reports").gauge().value()).isEqualTo(3);
        }
    }

    private static String url() {
        return "postgres://postgres@127.0.0.1:" + postgres + "/postgres";
    }

    @Test
    void aConnectionThatWasClosedIsHeldByNobody() throws SQLException {
        try (var pool = open(SMALL, postgres)) {
            for (var time = 0; time < 10; time++) {
                try (var connection = pool.connection()) {
                    assertThat(connection.isValid(1)).isTrue();
                    assertThat(pool.holders()).hasSize(1);
                }
            }
            assertThat(pool.holders()).isEmpty();
        }
    }

    @Test
    void theDataSourceNamesHoldersToo() throws SQLException {
        try (var pool = open(SMALL.sized(1, 1).waiting(Duration.ofMillis(300)), postgres);
                var held = pool.source().getConnection()) {
            assertThat(Set.of(held).contains(held)).isTrue();
            assertThatExceptionOfType(PoolDryException.class).isThrownBy(pool.source()::getConnection)
                    .withMessageContaining("1 of 1 are held")
                    .withMessageContaining("at PoolTest.theDataSourceNamesHoldersToo(PoolTest.java:");
            assertThat(pool.source().isWrapperFor(HikariDataSource.class)).isTrue();
            assertThat(pool.source().unwrap(HikariDataSource.class).getMaximumPoolSize()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatWasClosedThroughItsStatementIsHeldByNobody() throws SQLException {
        try (var pool = open(SMALL, postgres)) {
            try (var statement = pool.connection().createStatement()) {
                statement.getConnection().close();
            }
            assertThat(pool.holders()).isEmpty();
        }
    }

    @Test
    void failuresOfStatementsAreTheDriversOwn() throws SQLException {
        try (var pool = open(SMALL, postgres);
                var connection = pool.connection();
                var statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT nothing")).matches(
                    failure -> failure.getSQLState().equals("42703"));
        }
    }

    @Test
    void directConnectionsPrepareOnTheServer() throws SQLException {
        try (var pool = open(SMALL, postgres)) {
            assertThat(pool.preparesOnServer()).isTrue();
            assertThat(failures(pool)).isZero();
        }
    }

    @Test
    void aPoolerInBetweenIsFoundAndNothingFailsThroughIt() throws SQLException, IOException, InterruptedException {
        var bouncer = startBouncer();
        try (var pool = open(SMALL, bouncer)) {
            assertThat(pool.preparesOnServer()).isFalse();
            assertThat(failures(pool)).isZero();
        }
    }

    /// What the detection is for: pgBouncer before 1.21 knows nothing of prepared statements.
    @Test
    void preparingThroughAnOldPoolerFails() throws SQLException, IOException, InterruptedException {
        assumeTrue(isOld(), "this pgBouncer is 1.21 or later");
        var bouncer = startBouncer();
        try (var pool = open(SMALL.preparing(Statements.SERVER), bouncer)) {
            assertThat(failures(pool)).isPositive();
        }
    }

    @Test
    void wrongAddressesShowWhenThePoolOpens() throws IOException {
        var closed = freePort();
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> open(SMALL, closed));
    }

    @Test
    void aDatabaseThatVanishesTakesNoConnectionsAlong() throws SQLException, IOException {
        try (var relay = Relay.to(postgres); var pool = open(SMALL.reading(Duration.ofSeconds(1)), relay.port())) {
            try (var connection = pool.connection(); var statement = connection.createStatement()) {
                relay.swallow();
                assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1")).matches(
                        failure -> failure.getSQLState().equals("08006"));
            }
            for (var time = 0; time < 3; time++) {
                assertThat(sleeps(pool, "0")).isTrue();
            }
            assertThat(pool.holders()).isEmpty();
        }
    }

    @Test
    void theUrlSaysHowLongAnAnswerMayTake() throws SQLException {
        var url = "postgres://postgres@127.0.0.1:" + postgres + "/postgres";
        var settings = SMALL.reading(Duration.ofSeconds(1));
        try (var pool = Pool.open(DatabaseUrl.parse(url), settings, Optional.empty())) {
            assertThat(sleeps(pool, "1.5")).isFalse();
        }
        try (var pool = Pool.open(DatabaseUrl.parse(url + "?socketTimeout=0"), settings, Optional.empty())) {
            assertThat(sleeps(pool, "1.5")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "30s, 60", "59s, 64", "5min, 305"})
    void theServersLongestStatementIsWaitedFor(String timeout, int seconds) throws SQLException {
        var url = DatabaseUrl.parse("postgres://postgres@127.0.0.1:" + postgres
                + "/postgres?options=-c%20statement_timeout=" + timeout);
        assertThat(FirstConnection.of(url, SMALL).reading()).isEqualTo(Duration.ofSeconds(seconds));
        var own = Duration.ofSeconds(10);
        assertThat(FirstConnection.of(url, SMALL.reading(own)).reading()).isEqualTo(own);
    }

    private static boolean sleeps(Pool pool, String seconds) {
        try (var connection = pool.connection(); var statement = connection.createStatement()) {
            return statement.execute("SELECT pg_sleep(" + seconds + ")");
        } catch (SQLException failure) {
            return false;
        }
    }

    private static void forgetfulReport(Pool pool, CountDownLatch held, CountDownLatch done) {
        try (var connection = pool.connection()) {
            assertThat(connection.isClosed()).isFalse();
            held.countDown();
            done.await();
        } catch (SQLException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Transactions that fail when three clients repeat one statement twenty times each.
    private static int failures(Pool pool) {
        var failures = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < 3; client++) {
                threads.execute(() -> {
                    for (var time = 0; time < 20; time++) {
                        if (!once(pool, time)) {
                            failures.incrementAndGet();
                        }
                    }
                });
            }
        }
        return failures.get();
    }

    private static boolean once(Pool pool, int number) {
        try (var connection = pool.connection();
                var statement = connection.prepareStatement(
                        "SELECT ?::int, pg_sleep(0.002)")) {
            for (var time = 0; time < 6; time++) {
                statement.setInt(1, number);
                statement.execute();
            }
            return true;
        } catch (SQLException failure) {
            return false;
        }
    }

    private static Pool open(PoolSettings settings, int port) throws SQLException {
        return Pool.open(DatabaseUrl.parse("postgres://postgres@127.0.0.1:" + port + "/postgres"), settings, Optional
                .empty());
    }

    private static int startBouncer() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BOUNCER), "pgBouncer is not installed as " + BOUNCER);
        var port = freePort();
        var users = Files.writeString(directory.resolve("users-" + port), "\"postgres\" \"\"\n");
        var file = Files.writeString(directory.resolve("bouncer-" + port + ".ini"), """
                [databases]
                postgres = host=127.0.0.1 port=%d dbname=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 2
                ignore_startup_parameters = extra_float_digits
                """.formatted(postgres, port, users));
        await(run(BOUNCER.toString(), file.toString()), port);
        return port;
    }

    private static boolean isOld() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BOUNCER), "pgBouncer is not installed as " + BOUNCER);
        var process = new ProcessBuilder(BOUNCER.toString(), "--version").start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.matches("(?s)PgBouncer 1\\.(\\d|1\\d|20)\\..*");
    }

    private static Process run(String... command) throws IOException {
        var words = System.getProperty("user.name").equals("root")
                ? Stream.concat(Stream.of("setpriv",
                        "--reuid=nobody", "--regid=nogroup", "--clear-groups"), Stream.of(command)).toList()
                : List.of(command);
        return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(
                directory.resolve("log").toFile())).start();
    }

    private static void await(Process process, int port) throws IOException, InterruptedException {
        PROCESSES.add(process);
        for (var time = 0; time < 600 && process.isAlive(); time++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("a server did not start: " + Files.readString(directory.resolve("log")));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
