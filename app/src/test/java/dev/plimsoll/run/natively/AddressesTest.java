package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.State.PublishedPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    private static final Addresses ADDRESSES = new Addresses("web", List.of(
            new PublishedPort("db", 5432, "tcp", 40_001), new PublishedPort("cache", 6379, "tcp", 40_002),
            new PublishedPort("postgres", 5432, "tcp", 5432, "127.70.1.2"),
            new PublishedPort("web", 8080, "tcp", 40_003)),
            List.of("db", "cache", "postgres", "web", "worker", "api"));

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"X postgres://app:pw@db:5432/shop postgres://app:pw@127.0.0.1:40001/shop",
            "X postgres://app:pw@db/shop postgres://app:pw@127.0.0.1:40001/shop",
            "X redis://cache redis://127.0.0.1:40002", "X redis://cache?x=1 redis://127.0.0.1:40002?x=1",
            "X redis://:db@cache:6379/0 redis://:db@127.0.0.1:40002/0",
            "X jdbc:postgresql://db:5432/db jdbc:postgresql://127.0.0.1:40001/db",
            "X postgresql://postgres:postgres@postgres/postgres "
                    + "postgresql://postgres:postgres@127.70.1.2:5432/postgres",
            "X my-db:5432 my-db:5432", "X db:54321 db:54321", "X shop shop",
            "X http://example.org/db http://example.org/db", "SELF http://web:8080/ http://127.0.0.1:40003/"})
    void servicesAreNamedByWhereTheyListen(String name, String value, String expected) {
        assertThat(ADDRESSES.in(Map.of(name, value))).isEqualTo(Map.of(name, expected));
    }

    @ParameterizedTest
    @CsvSource({"DB_HOST, db, 127.0.0.1", "PGHOST, db, 127.0.0.1", "db.host, db, 127.0.0.1",
            "DB_HOST_READ, db, 127.0.0.1", "REDIS_ADDR, cache, 127.0.0.1", "MAIL_SERVER, cache, 127.0.0.1",
            "DB_ADDRESS, postgres, 127.70.1.2", "REDIS_URL, cache, 127.0.0.1:40002",
            "REDIS_NODES, 'cache,other', '127.0.0.1:40002,other'",
            "DB_HOSTS, 'db,postgres', '127.0.0.1:40001,127.70.1.2'",
            "BROKER, postgres, 127.70.1.2", "DB_USER, postgres, postgres", "DB_CONNECTION, postgres, postgres",
            "CACHE_DRIVER, cache, cache", "APP_NAME, web, web", "SERVER_NAME, web, web",
            "CELERY_RESULT_BACKEND, cache, cache", "db, db, db"})
    void aNameAloneIsAnAddressWhereItsVariableSaysSo(String name, String value, String expected) {
        assertThat(ADDRESSES.in(Map.of(name, value))).containsEntry(name, expected);
    }

    @Test
    void aPortBesideItsHostIsMovedWithIt() {
        assertThat(ADDRESSES.in(Map.of("DB_HOST", "db", "DB_PORT", "5432", "OTHER_PORT", "5432")))
                .containsEntry("DB_HOST", "127.0.0.1").containsEntry("DB_PORT", "40001")
                .containsEntry("OTHER_PORT", "5432");
    }

    @ParameterizedTest
    @CsvSource({"DB_HOST, DB_PORT", "PGHOST, PGPORT", "REDIS_HOSTNAME, REDIS_PORT", "DB_SERVER, DB_PORT",
            "DB_ADDR, DB_PORT", "DB_HOST_READ, DB_PORT_READ", "dbHost, dbPort", "db.host, db.port"})
    void aHostWithoutItsPortGetsIt(String host, String port) {
        assertThat(ADDRESSES.in(Map.of(host, "db"))).isEqualTo(Map.of(host, "127.0.0.1", port, "40001"));
        assertThat(ADDRESSES.in(Map.of(host, "postgres"))).as("it has the port of the stack")
                .isEqualTo(Map.of(host, "127.70.1.2"));
    }

    @Test
    void whoseProgramMayNotReadThePortIsKnown() {
        assertThat(ADDRESSES.portless(Map.of("DB_HOST", "db"))).singleElement()
                .isEqualTo(new Addresses.Portless("DB_HOST", "DB_PORT", ADDRESSES.ports().getFirst()));
        assertThat(ADDRESSES.portless(Map.of("DB_HOST", "db", "DB_PORT", "5432", "PGHOST", "db", "DB_USER", "db",
                "HOSTNAME", "web", "OTHER_HOST", "postgres"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"METRICS, http://web:9000/x, web:9000 (METRICS)", "BACKEND, http://worker:7000, worker:7000 (BACKEND)",
            "BACKEND, http://worker/x, worker (BACKEND)", "WORKER_HOST, worker, worker (WORKER_HOST)",
            "PEERS, 'api:7000,db:5432', api:7000 (PEERS)"})
    void whatNothingServesIsNamed(String name, String value, String expected) {
        assertThat(ADDRESSES.unserved(Map.of(name, value))).containsExactly(expected);
    }

    @Test
    void aPortThatTheServiceDoesNotHaveIsNamed() {
        assertThat(ADDRESSES.unserved(Map.of("DB_HOST", "db", "DB_PORT", "6432"))).containsExactly("db:6432 (DB_HOST)");
    }

    @ParameterizedTest
    @CsvSource({"URL, postgres://db:5432/x", "URL, redis://api:123456@cache:6379", "IMAGE, worker:7",
            "APP_NAME, worker", "TEXT, 'the worker: 7000'"})
    void whatIsServedOrNoAddressIsNot(String name, String value) {
        assertThat(ADDRESSES.unserved(Map.of(name, value))).isEmpty();
    }
}
