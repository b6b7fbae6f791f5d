package dev.plimsoll.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is seen of a start script that the project holds.
class StartScriptTest {
    private static final Location HERE = Location.ofLine("compose.yml", 3);

    private static List<Invocation> invocations(String script, String... command) {
        var words = List.of(command).stream().map(word -> Node.Scalar.string(word, HERE)).toList();
        var service = new Service("a", HERE, new Node.Mapping(Map.of("command", new Node.Sequence(words, HERE)),
                Map.of(), HERE), Map.of("WORKERS", new Located<>("3", HERE)), List.of(), List.of(), List.of(),
                List.of(),
                Optional.empty());
        return Invocations.of(service, name -> name.endsWith("start.sh") || name.equals("/start")
                ? Optional.of(new Located<>(script, Location.ofLine("start.sh", 1)))
                : Optional.empty()).invocations();
    }

    private static String runs(String script, String... command) {
        return String.join(" | ", invocations(script, command).stream().map(run -> (run.program() + " "
                + String.join(" ", run.arguments().stream().map(Located::value).toList())).strip()).toList());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '^', value = {"#!/bin/sh\\nset -e\\nexec a 1^a 1",
            "#!/usr/bin/env bash\\nmigrate\\na 1 2^a 1 2", "#!/bin/bash\\nif x; then\\n  exec a 1\\nfi^a 1",
            "#!/bin/sh\\nexec a \\\\n  --b 1^a --b 1", "#!/bin/sh\\nmigrate && exec a 1^a 1",
            "#!/bin/sh\\nmigrate && a 1^migrate | a 1", "#!/bin/sh\\nexec > /log\\nexec a^a",
            "#!/bin/sh\\ncat <<EOF\\nexec b\\nEOF\\nexec a^a", "#!/bin/sh\\nexec tini -- gosu u a 1^a 1",
            "#!/bin/sh\\n# exec b\\nexec a^a"})
    void theLastLineOrTheOnlyExecIsWhatRuns(String script, String run) {
        assertThat(runs(script.replace("\\n", "\n"), "/start")).isEqualTo(run);
    }

    @ParameterizedTest
    @CsvSource({"/start", "bash /start.sh", "sh -e ./start.sh", "tini -- /start"})
    void itIsFoundByItsName(String command) {
        assertThat(runs("#!/bin/sh\nexec a 1\n", command.split(" "))).isEqualTo("a 1");
    }

    @Test
    void itMayHandOnItsArguments() {
        assertThat(runs("#!/bin/sh\nmigrate\nexec \"$@\"\n", "/start", "a", "1")).isEqualTo("a 1");
        assertThat(runs("#!/bin/sh\nif [ \"$1\" = x ]; then\n  exec y\nfi\nexec gosu u \"$@\"\n", "/start", "a", "1"))
                .isEqualTo("a 1");
        assertThat(runs("#!/bin/sh\nexec a --b \"$@\"\n", "/start", "--c")).isEqualTo("a --b --c");
    }

    @Test
    void whatAFunctionOrAnotherProgramDoesWithArgumentsIsItsOwn() {
        assertThat(runs("#!/bin/sh\nip=$(awk '{print $1}' /f)\nexec a 1\n", "/start")).isEqualTo("a 1");
        assertThat(runs("#!/bin/sh\nsay() {\n  echo $1\n  exec b\n}\nsay x\nexec a 1\n", "/start")).isEqualTo("a 1");
    }

    @Test
    void numbersThatTheScriptAssignsAreKnown() {
        assertThat(runs("#!/bin/sh\nN=${WORKERS:-4}\nexport M=\"${OTHER:-5}\"\nexec a -w $N -t $M\n", "/start"))
                .isEqualTo("a -w 3 -t 5");
    }

    @Test
    void onlyNumbersArePutIn() {
        assertThat(runs("#!/bin/sh\nURL=redis://cache\nexec a -b ${URL} ${HOST:-cache}\n", "/start"))
                .isEqualTo("a -b ${URL} ${HOST:-cache}");
    }

    @Test
    void variablesOfTheContainerAreKnown() {
        assertThat(runs("#!/bin/sh\nexec a -w ${WORKERS:-4} -t ${THREADS:-2} $OTHER\n", "/start"))
                .isEqualTo("a -w 3 -t 2 $OTHER");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '^', value = {"#!/bin/sh\\ncase $1 in\\na) exec a;;\\nesac",
            "#!/bin/sh\\nif x; then\\nexec a\\nelse\\nexec b\\nfi",
            "#!/bin/sh\\n[ x ] && exec b\\na 1", "#!/bin/sh\\nif x; then exec b; fi\\na 1", "#!/usr/bin/python3\\na",
            "#!/bin/sh\\na &\\nwait",
            "#!/bin/sh\\nmain() { exec a; }\\nmain \"$@\"", "#!/bin/sh", "a b"})
    void whatItRunsIsNotGuessed(String script) {
        assertThat(runs(script.replace("\\n", "\n"), "/start")).isEqualTo("start");
    }

    @Test
    void theLineOfTheScriptIsNamed() {
        assertThat(invocations("#!/bin/sh\n\nexec a 1\n", "/start").getFirst().arguments().getFirst().where())
                .isEqualTo(Location.ofLine("start.sh", 3));
    }

    @Test
    void scriptsThatStartEachOtherEnd() {
        assertThat(runs("#!/bin/sh\nexec /start\n", "/start")).isEqualTo("start");
        assertThat(runs("#!/bin/sh\n" + "/start; ".repeat(3) + "\n", "/start")).isEqualTo("start | start | start");
    }

    @Test
    void theLastExecCountsWhereItIsTheLastLine() {
        assertThat(runs("#!/bin/sh\nif x; then exec b; fi\nexec a 1\n", "/start")).isEqualTo("a 1");
    }

    @Test
    void programsInTheBackgroundRunToo() {
        assertThat(runs("#!/bin/sh\nb 2 &\nc > /log 2>&1 &\nexec a 1\n", "/start"))
                .isEqualTo("b 2 | c > /log 2>&1 | a 1");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '^', value = {"waitress-serve a:b", "wait-for db -- a", "truefoo"})
    void aProgramMayBeginLikeAWordOfTheShell(String last) {
        assertThat(runs("#!/bin/sh\n" + last + "\n", "/start")).isNotEqualTo("start");
    }

    @Test
    void aVariableThatTheScriptComputesIsNotTheContainers() {
        assertThat(runs("#!/bin/sh\nWORKERS=$(( 2 * $(nproc) + 1 ))\nexec a -w $WORKERS\n", "/start"))
                .isEqualTo("a -w $WORKERS");
    }

    @Test
    void aShiftOrAHereStringIsNoHeredoc() {
        assertThat(runs("#!/bin/sh\nread A <<< word\nexec a $((1 << bits))\n", "/start")).startsWith("a");
    }

    @Test
    void hostileScriptsAreBounded() {
        for (var script : List.of("#!/bin/sh\n" + "do ".repeat(30_000) + "exec a\n", "#!/bin/sh\na" + " ".repeat(99_000)
                + "b\n", "#!/bin/sh\n" + "/x/../start; ".repeat(5_000) + "\n", "#!/bin/sh\n" + "#".repeat(200_000))) {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThat(invocations(script, "/start"))
                    .hasSizeLessThan(2000));
        }
    }
}
