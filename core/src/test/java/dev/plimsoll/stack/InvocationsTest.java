package dev.plimsoll.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationsTest {
    private static final Location HERE = Location.ofLine("compose.yml", 3);

    private static Invocations.Script of(List<String> entrypoint, List<String> command) {
        var entries = new LinkedHashMap<String, Node>();
        if (!entrypoint.isEmpty()) {
            entries.put("entrypoint", list(entrypoint));
        }
        entries.put("command", list(command));
        return Invocations.of(new Service("a", HERE, new Node.Mapping(entries, Map.of(), HERE), Map.of(), List.of(),
                List.of(), List.of(), List.of(), Optional.empty()));
    }

    private static Node list(List<String> words) {
        return new Node.Sequence(words.stream().map(word -> Node.Scalar.string(word, HERE)).toList(), HERE);
    }

    /// `program argument argument`, parted by ` | `.
    private static String runs(String command) {
        return text(of(List.of(), ShellWords.split(command).orElseThrow()));
    }

    private static String script(String script) {
        return text(of(List.of("/bin/sh", "-ec"), List.of(script)));
    }

    private static String text(Invocations.Script script) {
        return String.join(" | ", script.invocations().stream().map(run -> (run.program() + " "
                + String.join(" ", run.arguments().stream().map(Located::value).toList())).strip()).toList());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"redis-server --port 1,redis-server --port 1",
            "/usr/local/bin/redis-server,redis-server", "exec redis-server,redis-server",
            "tini -- redis-server,redis-server", "/usr/bin/dumb-init -- node a.js,node a.js",
            "gosu postgres postgres -c a=b,postgres -c a=b", "su-exec redis:redis redis-server,redis-server",
            "docker-entrypoint.sh postgres -c a=b,postgres -c a=b",
            "docker-entrypoint.sh --maxmemory 1gb,--maxmemory 1gb", "env A=b node x,node x", "A=b C=d node x,node x",
            "poetry run celery -A a worker,celery -A a worker", "bundle exec puma -w 2,puma -w 2",
            "uv run --frozen gunicorn a:b,gunicorn a:b", "nice -n 10 celery worker,celery worker",
            "timeout 30 celery worker,celery worker", "npx next start,next start",
            "tini -g -- sh -c 'exec node a',node a",
            "-c max_connections=5,-c max_connections=5", "--maxmemory 1gb,--maxmemory 1gb",
            "newrelic-admin run-program gunicorn a:b,gunicorn a:b",
            "/wait-for-it.sh db:5432 -t 30 -- gunicorn a:b,gunicorn a:b", "doppler run -- node a.js,node a.js",
            "dockerize -wait tcp://db:5432 -timeout 60s gunicorn a:b,gunicorn a:b",
            "dockerize -wait=tcp://db:5432 node a.js,node a.js", "wait-for-it.sh db:5432,wait-for-it.sh db:5432",
            "watchmedo auto-restart -d . -- celery -A a worker,celery -A a worker",
            "watchfiles --filter python celery.__main__.main --args '-A a worker -c 3',celery -A a worker -c 3",
            "watchfiles 'rq worker high' src,rq worker high", "python -m celery worker,python -m celery worker"})
    void wrappersAreSeenThrough(String command, String runs) {
        assertThat(runs(command)).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"a 1 && b 2,a 1 | b 2", "a; b || c,a | b | c", "a | tee x,a | tee x",
            "`a\nb`,a | b", "a 'x;y' \"z&&w\",a x;y z&&w", "`a # b; c\nd`,a | d", "a#b,a#b", "a \\; b,a ; b",
            "`a \\\n  --x 1`,a --x 1", "exec a,a", "sh -c 'b 1; c',b 1 | c",
            "`if [ -f x ]; then exec a 1; fi`,[ -f x ] | a 1 | fi", "(a; b),a | b", "A=1 B='2 3' a,a",
            "`# it's a note\na`,a", "until pg_isready; do sleep 1; done; a,pg_isready | sleep 1 | done | a"})
    void scriptsAreCutIntoCommands(String script, String runs) {
        assertThat(script(script)).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource({"sh -c", "bash -c", "/bin/bash -ec", "ash -lc", "bash -o pipefail -c", "/usr/bin/env sh -c",
            "tini -- bash -euxc"})
    void shellsRunTheirScript(String shell) {
        assertThat(runs(shell + " 'exec celery -A a worker -c 4'")).isEqualTo("celery -A a worker -c 4");
    }

    @Test
    void aShellScriptInAFileStaysAProgram() {
        assertThat(runs("bash /start.sh")).isEqualTo("bash /start.sh");
    }

    @Test
    void entrypointAndCommandAreOneLine() {
        assertThat(text(of(List.of("celery", "-A", "a"), List.of("worker")))).isEqualTo("celery -A a worker");
    }

    @Test
    void assignmentsAreKept() {
        var run = of(List.of(), List.of("env", "A=b", "C=d=e", "node", "X=y")).invocations().getFirst();
        assertThat(run.assignments()).isEqualTo(Map.of("A", "b", "C", "d=e"));
        assertThat(run.program()).isEqualTo("node");
        assertThat(run.arguments()).hasSize(1);
    }

    @Test
    void heredocsAreFiles() {
        var script = of(List.of(), List.of("sh", "-c", """
                cat > /etc/r.conf <<EOF
                maxmemory 1gb
                save 60 1
                EOF
                cat <<'END' >/b.conf
                x 1
                END
                exec redis-server /etc/r.conf
                """));
        assertThat(script.files())
                .containsEntry("/etc/r.conf", new Located<>("maxmemory 1gb\nsave 60 1", HERE))
                .containsEntry("/b.conf", new Located<>("x 1", HERE));
        assertThat(text(script)).endsWith("redis-server /etc/r.conf").doesNotContain("maxmemory");
    }

    @Test
    void optionsAreFoundInEveryForm() {
        var run = of(List.of(), List.of("p", "--a", "1", "--b=2", "-c3", "-d", "4", "--a", "5")).invocations()
                .getFirst();
        assertThat(run.option("--a").map(Located::value)).contains("5");
        assertThat(run.option("--b").map(Located::value)).contains("2");
        assertThat(run.option("-c").map(Located::value)).contains("3");
        assertThat(run.option("--none", "-d").map(Located::value)).contains("4");
        assertThat(run.options("--a").stream().map(Located::value)).containsExactly("1", "5");
        assertThat(run.option("--e")).isEmpty();
    }

    @Test
    void longScriptsAreReadAtOnce() {
        for (var text : List.of("a <<A\n".repeat(20_000), "a <<A\n" + "\n".repeat(100_000), "<<".repeat(50_000),
                "> ".repeat(50_000) + "<<A\n", "sh -c '".repeat(5_000), "a;".repeat(100_000))) {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> script(text));
        }
    }
}
