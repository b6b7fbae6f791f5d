package dev.plimsoll.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.lock.Expected.Mounted;
import dev.plimsoll.source.ProjectFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedTest {
    private static Expected of(String compose) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", compose)), ComposeLoader.Request.of(
                "compose.yml"));
        return Expected.of(stack, stack.services().sequencedValues().getFirst());
    }

    @Test
    void readsWhatTheFilesAskFor() {
        var expected = of("""
                services:
                  it:
                    image: it:1
                    restart: on-failure:5
                    pids_limit: 100
                    shm_size: 128m
                    healthcheck: {test: [CMD, ok]}
                    ports: ["8080:80", "127.0.0.1:9000:9000"]
                    volumes: ["data:/data", "named:/named", "./conf:/conf:ro", "/anonymous"]
                volumes:
                  data:
                  named: {name: precious}
                """);
        assertThat(expected.mounts()).extracting(Mounted::source).containsExactly("data", "precious", "conf");
        assertThat(expected.ports()).extracting(Expected.Published::loopback).containsExactly(false, true);
        assertThat(expected.restart()).contains("on-failure");
        assertThat(expected.pids()).contains(100L);
        assertThat(expected.healthcheck()).isTrue();
    }

    @Test
    void sourcesAreComparedAsComposeNamesThem() {
        assertThat(new Mounted("volume", "data", "/d", false).isSource("shop_data")).isTrue();
        assertThat(new Mounted("volume", "data", "/d", false).isSource("shop_other")).isFalse();
        assertThat(new Mounted("volume", "data", "/d", true).isSource("shop_data")).isFalse();
        assertThat(new Mounted("bind", "./conf/a", "/d", false).isSource("/srv/shop/conf/a")).isTrue();
        assertThat(new Mounted("bind", "../conf", "/d", false).isSource("/srv/conf")).isTrue();
        assertThat(new Mounted("bind", "/etc/a", "/d", false).isSource("/etc/b")).isFalse();
        assertThat(new Mounted("bind", ".", "/d", false).isSource("/srv/shop")).isTrue();
    }
}
