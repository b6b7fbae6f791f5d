package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockReader;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownCommandTest {
    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void start() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), "name: shop\nservices: {api: {image: 'example/web:1'}}\n");
        assertThat(Run.of("render", directory).code()).isZero();
        Files.createDirectories(data().resolve("db"));
        new State(State.Kind.NATIVE, "shop-plimsoll", List.of(), List.of(), List.of(), data().toString(),
                new State.Limits(true, "limits by cgroup v1"))
                .write(stack());
    }

    private Path data() {
        return directory.resolve("data").toAbsolutePath();
    }

    private RenderedStack stack() throws IOException {
        var lock = directory.resolve("plimsoll").resolve(Lock.FILE_NAME);
        return new RenderedStack(directory.resolve("plimsoll"), LockReader.read(lock.toString(), Files.readString(
                lock)));
    }

    private String down(String... options) {
        var run = options.length == 0
                ? Run.of("down", directory.resolve("plimsoll"))
                : Run.of("down", options[0], directory.resolve("plimsoll"));
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void removesDataWithTheRest() throws IOException {
        assertThat(down()).isEqualTo("shop-plimsoll is down.\n");
        assertThat(data()).doesNotExist();
        assertThat(State.read(stack())).isEmpty();
        assertThat(down()).startsWith("Nothing was started");
    }

    @Test
    void removesDataLaterThatWasKeptFirst() throws IOException {
        assertThat(down("--keep-data")).isEqualTo("shop-plimsoll is down; its data is kept.\n");
        assertThat(State.read(stack())).isEmpty();
        assertThat(down("--keep-data")).isEqualTo("Nothing runs; data of an earlier start is still kept.\n");
        assertThat(data()).exists();

        assertThat(down()).isEqualTo("The data that was kept of shop-plimsoll is removed.\n");
        assertThat(data()).doesNotExist();
        assertThat(down()).startsWith("Nothing was started");
    }
}
