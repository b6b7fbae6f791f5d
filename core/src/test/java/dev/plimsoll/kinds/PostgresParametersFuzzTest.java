package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

class PostgresParametersFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"GB", "kB", "ms", "min", "1e9", ".5", "-1", "on", "off", "replica"})
    void judgesEveryValue(byte[] bytes) {
        var value = new String(bytes, StandardCharsets.UTF_8);
        for (var name : List.of("shared_buffers", "work_mem", "max_connections", "random_page_cost", "fsync",
                "wal_level", "checkpoint_timeout", "search_path")) {
            var parameter = PostgresParameters.find(name, 16).orElseThrow();
            parameter.memory(value).ifPresent(size -> assertThat(size.bytes()).isNotNegative());
            parameter.refusal(value).ifPresent(why -> assertThat(why).isNotBlank());
        }
    }
}
