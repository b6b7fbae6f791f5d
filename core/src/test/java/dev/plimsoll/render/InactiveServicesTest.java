package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A client behind a profile that is not active is told a new password wherever the others are.
class InactiveServicesTest {
    private static final ProjectFiles FILES = ProjectFiles.of(Map.of("compose.yml", """
            services:
              worker:
                image: example/web:1
                profiles: [jobs]
                environment:
                  REDIS_URL: redis://redis:6379
              redis:
                image: redis:7
            """));
    private static final String URL = "redis://:${REDIS_PASSWORD:?run plimsoll render}@redis:6379";

    private static Task task() {
        var stack = ComposeLoader.load(FILES, ComposeLoader.Request.of("compose.yml"));
        return Tasks.task(Profile.PRODUCTION, Inventory.of(stack, Host.TYPICAL));
    }

    @Test
    void areInTheOverride() {
        var task = task();
        var patches = Tasks.render(new RedisConf(), task).patches();
        assertThat(ComposeOverride.file(task.plan(), patches, "").content()).contains("  worker:", URL);
    }

    @Test
    void areChangedInPlace() {
        var task = task();
        var patches = Tasks.render(new RedisConf(), task).patches();
        var rendering = new Rendering(task, List.of(), List.of(), patches, Map.of(),
                List.of());
        assertThat(InPlace.texts(rendering, FILES).get("compose.yml")).contains("REDIS_URL: \"" + URL);
    }
}
