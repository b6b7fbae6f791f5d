package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.RandomStacks;
import dev.plimsoll.plan.ServicePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every planned setting reaches its program, or a note says that it does not.
class AppliedChoicesTest {
    private static final int STACKS = 300;

    @Test
    void everyChoiceIsAppliedOrNamedInANote() {
        var seen = new HashSet<String>();
        for (var seed = 0; seed < STACKS; seed++) {
            holds(Tasks.task(Profile.PRODUCTION, RandomStacks.inventory(seed, 16_000)), seen);
        }
        DatabaseRenderingTest.examples().forEach(example -> holds(Tasks.task(Profile.PRODUCTION,
                DatabaseRenderingTest.inventory(example)), seen));
        assertThat(seen).as("kinds that have settings").contains("postgres", "redis", "pgbouncer", "mysql", "mongo",
                "memcached", "clickhouse", "elasticsearch", "kafka", "jvm", "node", "celery", "gunicorn", "nginx",
                "prometheus", "php", "ruby", "sqlserver");
    }

    /// What another image takes as flags, these run as a program or do not pass on.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "mariadb:11|",
            "lscr.io/linuxserver/mariadb:10.11|/config/custom.cnf",
            "bitnami/mariadb:11|MARIADB_EXTRA_FLAGS"})
    void anImageThatTakesNoFlagsGetsANote(String image, @Nullable String note) {
        var part = Tasks.production(new ApplicationSettings(), "db: {image: '" + image + "'}");
        assertThat(Tasks.patch(part, "db", "command").isPresent()).isEqualTo(note == null);
        if (note != null) {
            assertThat(part.notes()).anyMatch(said -> said.contains(note) && said.contains("innodb_buffer_pool_size"));
        }
    }

    @Test
    void aRendererThatIsLeftOutIsNoticed() {
        for (var left : List.of(PostgresConf.class, RedisConf.class, PgBouncerConf.class, ApplicationSettings.class)) {
            var rest = Tasks.RENDERERS.stream().filter(renderer -> !left.isInstance(renderer)).toList();
            assertThat(IntStream.range(0, STACKS).mapToObj(seed -> Tasks.task(Profile.PRODUCTION,
                    RandomStacks.inventory(seed, 16_000))).anyMatch(task -> !lost(task, rest).isEmpty()))
                    .as(left.getSimpleName()).isTrue();
        }
    }

    private static void holds(Task task, Set<String> seen) {
        task.plan().services().stream().filter(plan -> !plan.choices().isEmpty())
                .forEach(plan -> seen.add(plan.kind()));
        assertThat(lost(task, Tasks.RENDERERS)).isEmpty();
    }

    /// Choices that nothing applies and no note names.
    private static List<String> lost(Task task, List<Renderer> renderers) {
        var parts = renderers.stream().map(renderer -> Tasks.render(renderer, task)).toList();
        var lost = new ArrayList<String>();
        for (var plan : task.plan().services()) {
            for (var choice : plan.choices()) {
                // The size of /dev/shm is the Compose file's own.
                if (!choice.setting().equals("shm_size") && !isApplied(task, plan, choice, parts)
                        && !isNoted(plan, choice, parts)) {
                    lost.add(plan.kind() + " " + plan.service() + ": " + choice.setting() + " = " + choice.value());
                }
            }
        }
        return lost;
    }

    private static boolean isApplied(Task task, ServicePlan plan, Sizing.Choice choice, List<Renderer.Part> parts) {
        var texts = new ArrayList<String>();
        parts.forEach(part -> {
            part.files().stream().filter(file -> file.path().startsWith(plan.service() + "/"))
                    .map(RenderedFile::content).flatMap(String::lines).forEach(texts::add);
            part.patches().stream().filter(patch -> patch.service().equals(plan.service())).forEach(patch -> {
                if (patch.value() instanceof List<?> words) {
                    words.forEach(word -> texts.add(String.valueOf(word)));
                    texts.add(String.join(" ", words.stream().map(String::valueOf).toList()));
                } else {
                    texts.add(patch.path().getLast() + "=" + patch.value());
                }
            });
        });
        return texts.stream().filter(text -> !text.startsWith("#")).anyMatch(text -> sets(text, choice))
                || isWritten(task, plan, choice);
    }

    private static boolean sets(String text, Sizing.Choice choice) {
        var name = choice.setting().replaceFirst("^-+", "").replace('-', '_');
        var plain = text.replace('-', '_').replace("'", "");
        var value = choice.value().replace('-', '_').replace("'", "");
        return switch (choice.setting()) {
            case "GC" -> plain.contains(value);
            case "concurrency", "workers" -> plain.toLowerCase(Locale.ROOT).matches("(?s).*concurrency\\W*"
                    + value + "(?!\\d).*|.*workers=" + value + "(?!\\d).*|.* _[wcp] " + value + "(?!\\d).*");
            case "-Xmx" -> plain.contains("Xmx" + value);
            case "-m" -> plain.matches("(?s).*_m " + value + "(?!\\d).*");
            case "ES_JAVA_OPTS", "KAFKA_HEAP_OPTS" -> plain.contains(name) && plain.contains(value);
            default -> plain.toLowerCase(Locale.ROOT).matches("(?s).*" + Pattern.quote(
                    name.toLowerCase(Locale.ROOT)) + "[ =>]+"
                    + Pattern.quote(
                            value.toLowerCase(Locale.ROOT))
                    + "(?!\\d).*");
        };
    }

    /// Whether the user's own files say the same already, or the plan keeps the count the program starts with.
    private static boolean isWritten(Task task, ServicePlan plan, Sizing.Choice choice) {
        var written = task.plan().inventory().named(plan.service()).orElseThrow().settings()
                .value(choice.setting().replaceFirst("^--", ""));
        return written.filter(choice.value()::equals).isPresent() || written.isEmpty() && plan.lever().filter(
                lever -> lever.setting().equals(choice.setting()) && String.valueOf(lever.declared()).equals(
                        choice.value()))
                .isPresent();
    }

    private static boolean isNoted(ServicePlan plan, Sizing.Choice choice, List<Renderer.Part> parts) {
        return parts.stream().flatMap(part -> part.notes().stream()).filter(note -> note.startsWith(plan.service()
                + ":"))
                .anyMatch(note -> note.contains(choice.setting()) || note.contains("in " + plan.service() + "/"));
    }
}
