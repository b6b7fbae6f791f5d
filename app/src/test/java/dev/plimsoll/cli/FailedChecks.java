package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What `verify` finds wrong with a running stack.
final class FailedChecks {
    private FailedChecks() {}

    /// A failed check, as the report says it.
    ///
    /// @param service empty for the stack as a whole
    record Failure(String service, String text) {}

    static List<Failure> of(Path rendered) {
        var run = Run.of("verify", rendered, "--format", "json");
        assertThat(run.code()).as(run.err()).isLessThanOrEqualTo(ExitCode.FAILED);
        var failures = new ArrayList<Failure>();
        for (var scenario : JsonMapper.shared().readTree(run.out()).path("scenarios")) {
            for (var check : scenario.path("checks")) {
                if (check.path("verdict").asString().equals("failed")) {
                    failures.add(new Failure(check.path("service").asString(""), check.path("what").asString() + ": "
                            + check.path("found").asString() + "; " + check.path("remedy").asString()));
                }
            }
        }
        assertThat(run.code()).isEqualTo(failures.isEmpty() ? ExitCode.FINE : ExitCode.FAILED);
        return failures;
    }
}
