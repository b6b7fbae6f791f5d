package dev.plimsoll.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
    private static final MemorySize LIMIT = MemorySize.ofMegabytes(512);

    @TempDir
    private Path root = Path.of("");

    @Test
    void versionOneCountsWithoutPageCache() throws IOException {
        Files.createDirectory(root.resolve("memory"));
        var group = Cgroup.create(root, "g", LIMIT);
        assertThat(group.path().resolve("memory.limit_in_bytes")).hasContent("536870912");
        Files.writeString(group.path().resolve("memory.stat"),
                "cache 900\nrss 1\nshmem 2\ntotal_cache 900\ntotal_rss 100\ntotal_shmem 200\n");
        Files.writeString(group.path().resolve("memory.kmem.usage_in_bytes"), "30\n");
        Files.writeString(group.path().resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        assertThat(group.held().total()).isEqualTo(MemorySize.ofBytes(330));
        assertThat(group.oomKills()).isEqualTo(3);
    }

    @Test
    void versionTwoCountsWithoutPageCache() throws IOException {
        Files.createFile(root.resolve("cgroup.subtree_control"));
        var group = Cgroup.create(root, "g", LIMIT);
        assertThat(group.path().resolve("memory.max")).hasContent("536870912");
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+memory");
        Files.writeString(group.path().resolve("memory.stat"),
                "anon 100\nfile 900\nkernel_stack 1\npagetables 2\nsock 3\nshmem 200\nslab 4\nslab_reclaimable 4\n");
        Files.writeString(group.path().resolve("memory.events"), "max 9\noom 2\noom_kill 1\noom_group_kill 0\n");
        assertThat(group.held()).isEqualTo(new Held(MemorySize.ofBytes(100), MemorySize.ofBytes(200), MemorySize
                .ofBytes(10)));
        assertThat(group.oomKills()).isEqualTo(1);
    }

    @Test
    void whereNoneCanBeMadeIsSaid() {
        assertThatThrownBy(() -> Cgroup.create(root.resolve("nowhere"), "g", LIMIT)).isInstanceOf(MissingTool.class)
                .hasMessageContaining("cannot make a memory cgroup at " + root);
    }
}
