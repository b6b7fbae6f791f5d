package dev.plimsoll.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

class CgroupFilesFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"0::/", "4:memory:/", "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 c rw", " - cgroup c rw,memory",
            "max", "9223372036854771712", "-1", "some avg60=1.00", "oom_kill 1", "inactive_file 7"})
    void readsAnythingTheKernelCouldWrite(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var place = CgroupPlace.of(text, text).orElse(text.length() % 2 == 0
                ? CgroupPlace.IN_CONTAINER_V1
                : CgroupPlace.IN_CONTAINER_V2);
        var texts = place.files().stream().distinct().collect(Collectors.toMap(path -> path, _ -> text));
        CgroupFiles.reading(place, texts).ifPresent(reading -> {
            assertThat(reading.workingSet()).isLessThanOrEqualTo(reading.current());
            assertThat(reading.cpu()).isNotNegative();
            assertThat(reading.periods().share()).isNotNegative();
        });
    }
}
