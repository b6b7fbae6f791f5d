package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationPoolsTest {
    private static Renderer.Part of(String services) {
        return Tasks.production(new ApplicationPools(), services);
    }

    private static String text(String services) {
        return Tasks.file(of(services), "application-settings.md");
    }

    private static String app(String command, String environment) {
        return "app: {image: 'e/a:1', command: " + command + ", environment: " + environment + "}\n";
    }

    private static String database(int connections) {
        return "db: {image: 'postgres:16', x-plimsoll: {connections: " + connections + "}}\n";
    }

    @Test
    void givesTheUsualPoolWhereItFits() {
        assertThat(text(database(100) + app("gunicorn a:b -w 2", "{U: 'postgresql+psycopg://a:b@db/x'}")))
                .contains("| app | 2 | 30 | 60 |", "pool_size=10", "max_overflow=20", "pool_recycle=3600",
                        "60 of 92 connections");
    }

    @Test
    void givesAJvmTenAtRestAndThirtyAtMostOrWhatItAskedFor() {
        var jvm = "app: {image: 'e/a:1', command: java -jar a.jar, environment: {U: 'jdbc:postgresql://db/x'}%s}\n";
        assertThat(text(database(100) + jvm.formatted(""))).contains("| app | 1 | 30 | 30 |",
                "hikari.maximum-pool-size=30", "hikari.minimum-idle=10");
        assertThat(text(database(100) + jvm.formatted(", x-plimsoll: {connections: 12}"))).contains(
                "| app | 1 | 12 | 12 |");
    }

    @Test
    void shrinksPoolsInProportion() {
        assertThat(text(database(48) + app("gunicorn a:b -w 4", "{U: 'postgresql+psycopg://a:b@db/x'}")))
                .contains("48 max_connections of db", "| app | 4 | 10 | 40 |", "pool_size=3", "max_overflow=7",
                        "would want 120");
    }

    @Test
    void aPoolThatTheApplicationReadsFromVariablesIsItsWish() {
        assertThat(text(database(100) + app("gunicorn a:b -w 2", "{U: 'postgresql+psycopg://a:b@db/x', "
                + "DB_POOL_SIZE: 4, DB_MAX_OVERFLOW: 2}"))).contains("| app | 2 | 6 | 12 |");
    }

    @Test
    void aPoolThatIsLargerThanItsShareIsLowered() {
        var part = of(database(48) + app("gunicorn a:b -w 4", "{U: 'postgresql+psycopg://a:b@db/x', DB_POOL_SIZE: 8, "
                + "DB_MAX_OVERFLOW: 12, REDIS_POOL_SIZE: 50}"));
        assertThat(Tasks.patch(part, "app", "environment.DB_POOL_SIZE")).contains("8");
        assertThat(Tasks.patch(part, "app", "environment.DB_MAX_OVERFLOW")).contains("2");
        assertThat(part.patches()).hasSize(2);
        assertThat(part.notes()).containsExactly("app: its pool goes from 20 to 10 connections for each process, so "
                + "that all of them fit the database.");

        var alone = of(database(20) + app("java -jar a.jar", "{U: 'jdbc:postgresql://db/x', "
                + "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: 25}"));
        assertThat(Tasks.patch(alone, "app", "environment.SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE")).contains("12");
    }

    @Test
    void aPoolThatFitsIsLeftAlone() {
        assertThat(of(database(100) + app("gunicorn a:b -w 2", "{U: 'postgresql+psycopg://a:b@db/x', "
                + "DB_POOL_SIZE: 4}")).patches()).isEmpty();
    }

    @Test
    void saysWhenNotEvenOneConnectionForEachProcessFits() {
        var part = of(database(20) + app("gunicorn a:b -w 40", "{U: 'postgresql+psycopg://a:b@db/x'}")
                + "big: {image: 'e/b:1', command: 'celery -A a worker -c 30', environment: {U: 'postgresql://db/x'}}");
        assertThat(part.notes()).anyMatch(note -> note.contains("even one connection for each process")
                && note.contains("PgBouncer"));
    }

    @Test
    void warnsOfPreparedStatementsBehindOldPoolers() {
        var pooler = "b: {image: 'edoburu/pgbouncer:1.18', environment: {DB_HOST: db, DB_PASSWORD: x, "
                + "MAX_CLIENT_CONN: '200'}}\n";
        assertThat(text(database(40) + pooler + "app: {image: 'eclipse-temurin:21', command: 'java -jar a.jar', "
                + "environment: {U: 'jdbc:postgresql://b:5432/x'}}\n")).contains("`b` takes 20 of them",
                        "prepareThreshold=0", "maximum-pool-size=30", "LISTEN, advisory locks");
    }

    @Test
    void knowsFrameworksByTheirTraces() {
        assertThat(text(database(100) + app("gunicorn a.wsgi -w 2", "{U: 'postgres://a:b@db/x'}"))).contains(
                "CONN_HEALTH_CHECKS");
        assertThat(text(database(100) + app("npx prisma migrate deploy", "{NODE_ENV: production, U: "
                + "'postgresql://a:b@db/x'}"))).contains("connection_limit=10");
        assertThat(text(database(100) + app("bundle exec puma", "{RAILS_MAX_THREADS: '7', U: 'postgres://db/x'}")))
                .contains("pool: 7");
        assertThat(text(database(100) + app("celery -A a worker -c 3", "{U: 'postgresql://db/x'}"))).contains(
                "visibility_timeout", "| app | 3 | 2 | 6 |");
    }

    @Test
    void isNotWrittenForAStackThatNeedsNone() {
        assertThat(of("g: {image: 'grafana/grafana:11.0.0'}").files()).isEmpty();
    }
}
