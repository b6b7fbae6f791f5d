package dev.plimsoll.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {
    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({"postgres, postgres, postgres, ", "postgres:16, postgres, postgres, 16",
            "docker.io/library/postgres:16, postgres, postgres, 16", "index.docker.io/library/redis, redis, redis, ",
            "library/redis:7, redis, redis, 7", "docker.io/grafana/loki:3.5, grafana/loki, loki, 3.5",
            "localhost:5000/app, localhost:5000/app, app, ",
            "r.example.com:443/a/b/c:v1, r.example.com:443/a/b/c, c, v1",
            "ghcr.io/immich-app/postgres:14, ghcr.io/immich-app/postgres, postgres, 14",
            "' nginx:1 ', nginx, nginx, 1", "[::1]:5000/app:2, [::1]:5000/app, app, 2"})
    void referencesAreTakenApart(String reference, String repository, String name, String tag) {
        var image = Image.of(reference);
        assertThat(image.repository()).isEqualTo(repository);
        assertThat(image.name()).isEqualTo(name);
        assertThat(image.tag()).isEqualTo(Optional.ofNullable(tag));
        assertThat(image.digest()).isEmpty();
        assertThat(image.isWellFormed()).isTrue();
    }

    @Test
    void repositoriesAreComparedInLowerCase() {
        assertThat(Image.of("GHCR.io/A/B:T").repository()).isEqualTo("ghcr.io/a/b");
    }

    @Test
    void digestsAreKeptApart() {
        var image = Image.of("ghcr.io/a/b:1.2" + DIGEST);
        assertThat(image.repository()).isEqualTo("ghcr.io/a/b");
        assertThat(image.tag()).contains("1.2");
        assertThat(image.digest()).contains(DIGEST.substring(1));
        assertThat(Image.of("b" + DIGEST).tag()).isEmpty();
        assertThat(Image.of("b" + DIGEST).isWellFormed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a, true", "a:latest, true", "a:alpine, true", "a:stable, true", "a:1, false", "a:1.2.3, false",
            "a:pg16, false", "a:v2, false"})
    void aTagWithoutANumberFloats(String reference, boolean floats) {
        assertThat(Image.of(reference).isFloating()).isEqualTo(floats);
        assertThat(Image.of(reference + DIGEST).isFloating()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"15-alpine, 15", "16, 16", "16.2, 16", "v3.4.2, 3", "pg16, 16", "pg16-v0.2.0, 16", "17-bookworm, 17",
            "14-3.4, 14", "latest, ", "alpine, ", "alpine3.18, ", "bookworm, ", "sha-0123456, ", "20240101, ",
            "16beta1, 16", "17rc1-alpine, 17"})
    void theMajorIsTheFirstNumber(String tag, Integer major) {
        assertThat(Image.of("postgres:" + tag).major()).isEqualTo(Optional.ofNullable(major));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a:", "ghcr.io/A/b", "a b", ":1", "a:1:2", "-a", "a//b", "a@sha256:1", "${X}", "a:.1", "a/b/"})
    void referencesTheEngineRefusesAreNotWellFormed(String reference) {
        assertThat(Image.of(reference).isWellFormed()).isFalse();
    }

    @Test
    void longReferencesAreJudgedWithoutACrash() {
        assertThat(Image.of("a" + "-a".repeat(200_000)).isWellFormed()).isFalse();
        assertThat(Image.of("a" + "/a".repeat(200_000)).isWellFormed()).isFalse();
    }
}
