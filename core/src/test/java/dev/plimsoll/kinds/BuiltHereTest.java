package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Services that are built here are recognised by their Dockerfile.
class BuiltHereTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {"FROM postgres:16\\nCOPY init.sql /x/;postgres",
            "FROM python:3.12\\nCMD [\"gunicorn\", \"a:b\"];gunicorn",
            "FROM python:3.12\\nCMD celery -A a worker;celery",
            "FROM node:22 AS b\\nFROM nginx:1.27;nginx",
            "FROM eclipse-temurin:21-jre\\nENTRYPOINT [\"java\", \"-jar\", \"a\"];jvm",
            "FROM golang:1.23 AS b\\nFROM alpine:3.20\\nCMD [\"/server\"];go",
            "FROM golang:1.23 AS b\\nFROM scratch\\nENTRYPOINT [\"/server\"];go",
            "FROM golang:1.23 AS b\\nFROM caddy:2;caddy",
            "FROM golang:1.23 AS b\\nFROM gcr.io/distroless/static-debian12;go",
            "FROM golang:1.23 AS b\\nFROM node:22;node",
            "FROM rust:1.80 AS b\\nFROM debian:12\\nCMD [\"/server\"];unknown",
            "FROM mcr.microsoft.com/dotnet/sdk:9.0 AS b\\nFROM mcr.microsoft.com/dotnet/aspnet:9.0\\nENTRYPOINT [\"dotnet\", \"a.dll\"];dotnet",
            "FROM mcr.microsoft.com/dotnet/sdk:9.0 AS b\\nFROM mcr.microsoft.com/dotnet/runtime-deps:9.0\\nENTRYPOINT [\"/a\"];dotnet",
            "FROM redis:7\\nCMD [\"/own\"];unknown",
            "FROM ruby:3.3\\nCMD bundle exec puma -C config/puma.rb;ruby", "FROM php:8.3-fpm;php"})
    void byBaseAndCommand(String dockerfile, String kind) {
        assertThat(Examples.service("build: .", "Dockerfile", dockerfile.replace("\\n", "\n")).kind().id())
                .isEqualTo(kind);
    }

    @Test
    void theNameThatItIsGivenCountsWhereTheDockerfileTellsNothing() {
        assertThat(Examples.service("build: .\nimage: example/postgres:1", "Dockerfile", "FROM debian:12\n").kind()
                .id()).isEqualTo("postgres");
        assertThat(Examples.service("build: .\nimage: example/redis:1", "Dockerfile", "FROM postgres:16\n").kind()
                .id()).isEqualTo("postgres");
    }

    @Test
    void workersAreThoseOfTheDockerfile() {
        var web = Examples.service("build: .", "Dockerfile",
                "FROM python:3.12\nCMD [\"gunicorn\", \"-w\", \"6\", \"a\"]\n");
        assertThat(PythonWeb.workers(web)).isEqualTo(6);
        assertThat(web.settings().get("workers").orElseThrow().where()).hasToString("Dockerfile:2");
    }

    @Test
    void workersAreThoseOfTheStartScriptThatItCopies() {
        var web = Examples.service("build: ./app", "app/Dockerfile",
                "FROM python:3.12\nCOPY start.sh /start\nCMD /start\n",
                "app/start.sh", "#!/bin/bash\npython manage.py migrate\nexec gunicorn a --workers ${WORKERS:-5}\n");
        assertThat(web.kind().id()).isEqualTo("gunicorn");
        assertThat(PythonWeb.workers(web)).isEqualTo(5);
    }

    @Test
    void configFilesThatAreCopiedAreRead() {
        var redis = Examples.service("build: .", "Dockerfile", """
                FROM redis:7
                COPY redis.conf /etc/redis.conf
                CMD ["redis-server", "/etc/redis.conf"]
                """, "redis.conf", "maxmemory 300mb\n");
        assertThat(redis.settings().value("maxmemory")).contains("300mb");
    }

    @Test
    void aServersImageWithAnotherEntrypointIsNotThatServer() {
        assertThat(kind("FROM elasticsearch:9.0.1\nENTRYPOINT [\"/setup.sh\"]\n")).isEqualTo("unknown");
        assertThat(kind("FROM elasticsearch:9.0.1\nCOPY a.yml /b/\n")).isEqualTo("elasticsearch");
        assertThat(kind("FROM redis:7\nENTRYPOINT [\"docker-entrypoint.sh\", \"redis-server\"]\n")).isEqualTo("redis");
        assertThat(kind("FROM node:22\nENTRYPOINT [\"./start\"]\n")).isEqualTo("node");
    }

    private static String kind(String dockerfile) {
        return Examples.service("build: .", "Dockerfile", dockerfile).kind().id();
    }

    @Test
    void anotherLanguageIsNotNodeThoughItsPagesAre() {
        assertThat(Examples.service("build: .\nenvironment: {NODE_ENV: production}", "Dockerfile",
                "FROM elixir:1.18\nCMD [\"iex\", \"-S\", \"mix\", \"phx.server\"]\n").kind().id()).isEqualTo("unknown");
    }

    @Test
    void servicesThatRunAnImageBuiltByAnotherShareItsDockerfile() {
        var stack = Examples.stack("""
                services:
                  web:
                    build: .
                    image: example/app:latest
                  worker:
                    image: example/app:latest
                    command: celery -A a worker -c 3
                  other:
                    image: example/app:latest
                """, "Dockerfile", "FROM python:3.13\nENV A=1\nCMD gunicorn a:b -w 4\n");
        assertThat(stack.named("other").orElseThrow().kind().id()).isEqualTo("gunicorn");
        assertThat(stack.named("worker").orElseThrow().kind().id()).isEqualTo("celery");
        assertThat(stack.named("worker").orElseThrow().service().variable("A")).isPresent();
        assertThat(stack.named("worker").orElseThrow().service().isBuilt()).isFalse();
    }

    @Test
    void uwsgisIniAndGunicornsModuleAreRead() {
        var uwsgi = Examples.service("build: .", "Dockerfile", """
                FROM python:3.13
                WORKDIR /code
                ADD . /code/
                CMD ["uwsgi", "/code/etc/uwsgi.ini"]
                """, "etc/uwsgi.ini", "[uwsgi]\nworkers=2\nprocesses = 4\nmax-requests=5000\nsocket=/a\n");
        assertThat(PythonWeb.workers(uwsgi)).isEqualTo(4);
        assertThat(uwsgi.settings().value("max-requests")).contains("5000");

        var gunicorn = Examples.service("build: .", "Dockerfile", """
                FROM python:3.13
                WORKDIR /app
                COPY . .
                CMD ["gunicorn", "-c", "python:config.gunicorn", "a:b"]
                """, "config/gunicorn.py", "workers = 3\n");
        assertThat(PythonWeb.workers(gunicorn)).isEqualTo(3);
        var computed = Examples.service("image: example/a:1\ncommand: gunicorn -c g.py a:b");
        assertThat(computed.kind().demand(computed, Host.TYPICAL).assumption()).startsWith(
                "1 worker, as its config may set another count");
    }

    @Test
    void scriptsWithoutASlashAreFoundOnThePath() {
        var web = Examples.service("build: .", "Dockerfile", """
                FROM python:3.13
                WORKDIR /app
                COPY . .
                COPY docker/start.sh /usr/local/bin/start.sh
                ENTRYPOINT ["start.sh"]
                """, "start.sh", "#!/bin/sh\nexec celery worker\n", "docker/start.sh",
                "#!/bin/sh\nexec gunicorn a:b\n");
        assertThat(web.kind().id()).isEqualTo("gunicorn");
    }

    @Test
    void anApplicationThatMigratesFirstIsNoJob() {
        var stack = Examples.stack("""
                services:
                  app: {build: app}
                  migrate: {build: job}
                """, "app/Dockerfile", "FROM python:3.13\nCMD alembic upgrade head && python main.py\n",
                "job/Dockerfile",
                "FROM python:3.13\nCMD alembic upgrade head && echo done\n");
        assertThat(OneShots.is(stack.named("app").orElseThrow(), stack)).isFalse();
        assertThat(OneShots.is(stack.named("migrate").orElseThrow(), stack)).isTrue();
    }

    @Test
    void optionFilesThatAreCopiedAreRead() {
        var mysql = Examples.service("build: .", "Dockerfile", "FROM mysql:8.4\nCOPY my.cnf /etc/mysql/conf.d/\n",
                "my.cnf",
                "[mysqld]\nmax_connections = 900\n");
        assertThat(mysql.settings().value("max_connections")).contains("900");
    }

    @Test
    void tiangolosImageRunsTwoWorkersAtLeast() {
        assertThat(PythonWeb.workers(Examples.service("image: tiangolo/uvicorn-gunicorn:python3.11"))).isEqualTo(2);
        assertThat(PythonWeb.workers(Examples.service("image: tiangolo/uvicorn-gunicorn:python3.11\nenvironment: "
                + "{MAX_WORKERS: 1}"))).isEqualTo(1);
    }

    @Test
    void aProgramInGoKeepsATenthOfItsLimitFree() {
        var go = Examples.service("build: .", "Dockerfile", "FROM golang:1.24 AS b\nFROM scratch\nCMD [\"/a\"]\n");
        assertThat(go.kind().sizing(go, Host.TYPICAL).at(MemorySize.ofMegabytes(200), 0).choices()).singleElement()
                .satisfies(choice -> assertThat(choice.value()).isEqualTo("180MiB"));
    }
}
