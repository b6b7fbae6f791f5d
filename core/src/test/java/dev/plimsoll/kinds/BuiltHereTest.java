package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

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
            "FROM golang:1.23 AS b\\nFROM alpine:3.20\\nCMD [\"/server\"];unknown",
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
}
