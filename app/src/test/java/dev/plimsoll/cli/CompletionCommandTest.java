package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompletionCommandTest {
    @Test
    void bashCompletesCommandsOptionsAndValues() {
        var script = Run.of("completion", "bash");
        assertThat(script.code()).isZero();
        assertThat(script.out()).contains("complete -F _complete_plimsoll", "audit", "--fail-on", "\"sarif\"");
        assertThat(Run.of("completion", "bash")).isEqualTo(script);
    }

    @Test
    void zshReadsTheSameScript() {
        assertThat(Run.of("completion", "zsh").out()).startsWith("autoload -U +X compinit")
                .endsWith(Run.of("completion", "bash").out());
    }

    @Test
    void fishHasALineForEachCommandAndOption() {
        assertThat(Run.of("completion", "fish").out()).contains(
                "complete -c plimsoll -f -n __fish_use_subcommand -a audit -d 'Find what is wrong",
                "complete -c plimsoll -n '__fish_seen_subcommand_from audit' -l memory -x -d 'Memory of the server, "
                        + "such as 4GB.'",
                "-l format -x -a 'text json sarif junit github markdown'", "-s o -l output -r -F",
                "'__fish_seen_subcommand_from completion' -a 'bash zsh fish'");
    }

    @Test
    void otherShellsAreRefused() {
        var run = Run.of("completion", "tcsh");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("tcsh", "bash, zsh, fish");
        assertThat(Run.of("completion").code()).isEqualTo(2);
    }
}
