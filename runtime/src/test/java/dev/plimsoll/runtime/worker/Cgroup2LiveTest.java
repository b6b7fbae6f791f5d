package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs [WorkersOnCgroup2] in a machine with cgroup version 2.
class Cgroup2LiveTest {
    @Test
    void ceilingsHoldOnVersion2(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue("1".equals(System.getenv("PLIMSOLL_TESTBED_READY")), "the test bed is not up: testbed/up");
        var output = directory.resolve("output.txt");
        var run = new ProcessBuilder("../testbed/cgroup2", Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                "../testbed/RunTests.java", WorkersOnCgroup2.class.getName()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        assertThat(run.waitFor()).as(Files.readString(output)).isZero();
    }
}
