package dev.plimsoll.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What loading says about files that cannot be used, and bugs it once had.
class LoadingTest {
    private static Stack load(String compose, String... files) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("compose.yml", compose);
        for (var at = 0; at < files.length; at += 2) {
            texts.put(files[at], files[at + 1]);
        }
        return ComposeLoader.load(ProjectFiles.of(texts), ComposeLoader.Request.of("compose.yml"));
    }

    private static Service only(Stack stack) {
        return stack.services().firstEntry().getValue();
    }

    private static String service(String body) {
        return "services:\n  a:\n    image: a:1\n" + body.indent(4);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = ';', value = {
            "mem_limit: lots;compose.yml:4:16: services.a.mem_limit must be a size such as 512m, and the text `lots` is not. Write a size such as 512m here.",
            "image: b;compose.yml:4:5: the key `image` is already defined at line 3. Keep one of the two.",
            "ports: 80;compose.yml:4:12: services.a.ports must be a list, and `80` is not. Write a list here.",
            "ports: [x:80];compose.yml:4:13: `x:80` is no port. Write [address:][host port:]container port",
            "privileged: maybe;compose.yml:4:17: services.a.privileged must be true or false, and the text `maybe` is not.",
            "depends_on: {b: {condition: ready}};services.a.depends_on.b.condition must be one of ",
            "depends_on: [b];compose.yml:4:18: service `a` depends on `b`, which no file defines. Correct the name or define the service.",
            "healthcheck: {interval: soon};services.a.healthcheck.interval must be a duration such as 30s or 1m30s, and the text `soon` is not.",
            "volumes: ['data:/d'];compose.yml:4:15: service `a` refers to the volume `data`, which no file defines. Add it below `volumes:`.",
            "volumes: [':/d'];the mount `:/d` has an empty part between colons.",
            "command: it's;compose.yml:4:14: the command `it's` has a quote that is not closed. Close the quote.",
            "deploy: {resources: {limits: {memory: 512}}};services.a.deploy.resources.limits.memory must be a quoted size such as \"512M\", and `512` is not.",
            "scale: 1.5;services.a.scale must be a whole number, and `1.5` is not.",
            "mem_limit: ${M:oops};`${M:oops}` has an unknown operator in `${M:oops}`.",
            "environment: {A: [1]};services.a.environment.A must be text, a number, true, false or empty, and a list is not.",
            "container_name: x\\nscale: 2;service `a` has a `container_name` and 2 replicas",
            "ports: ['${P}:/tcp'];compose.yml:4:13: `:/tcp` is no port, where `${P}` is not set. Set P in .env or in the environment.",
            "volumes: ['${A}:${B}:ro'];the mount `::ro` has an empty part between colons, where `${A}` and `${B}` are not set. Set A and B in .env",
            "healthcheck: {interval: '${I:?}'};and the text `` is not, where `${I}` is not set. Set I in .env or in the environment.",
            "networks: [n];service `a` refers to the network `n`, which no file defines."})
    void refusalsNamePlaceProblemAndRemedy(String body, String message) {
        assertThatThrownBy(() -> load(service(body.replace("\\n", "\n")))).isInstanceOf(InputException.class)
                .hasMessageContaining(message).hasMessageStartingWith("compose.yml:");
    }

    @Test
    void severalProblemsAreSaidAtOnce() {
        assertThatThrownBy(
                () -> load("services:\n  a:\n    image: 5\n    ports: {}\n    mem_limit: x\n  b c:\n    image: b\n"))
                .isInstanceOfSatisfying(InputException.class, bad -> assertThat(bad.problems()).hasSize(4));
        assertThatThrownBy(() -> load("services:\n  a:\n    image: a\n    depends_on: [x, y]\n  b:\n    image: b\n    "
                + "networks: [n]\n")).isInstanceOfSatisfying(InputException.class,
                        bad -> assertThat(bad.text().lines()).hasSize(3));
    }

    @Test
    void keysThatNobodyKnowsAreWarnings() {
        var stack = load(service("exclude_from_hc: true\nmem_limt: 1g\nx-mine: 1\n"));
        assertThat(stack.warnings()).extracting(Object::toString).containsExactly(
                "compose.yml:4:5: `exclude_from_hc` is no key of the Compose specification in services.a. Correct its "
                        + "spelling, or prefix it with `x-` if another tool reads it.",
                "compose.yml:5:5: `mem_limt` is no key of the Compose specification in services.a. Correct its "
                        + "spelling, or prefix it with `x-` if another tool reads it.");
    }

    @Test
    void aResetWithoutAnythingToResetRemovesTheKey() {
        var stack = load(
                "include: !reset x\n" + service("mem_limit: !reset 5g\nports: !reset word\nlabels: !reset []"));
        var service = only(stack);
        assertThat(service.memoryLimit()).isEmpty();
        assertThat(service.definition().entries()).containsOnlyKeys("image");
    }

    @Test
    void anExtendedFileIsCheckedToo() {
        var extending = "services:\n  a:\n    extends: {file: base.yml, service: b}\n";
        assertThatThrownBy(() -> load(extending, "base.yml", "just text\n")).isInstanceOf(InputException.class)
                .hasMessageContaining("base.yml:1:1: the extended file is no mapping of keys");
        assertThatThrownBy(() -> load(extending, "base.yml", "services:\n  b:\n    image: b\n    build: [x]\n"))
                .isInstanceOf(InputException.class).hasMessageContaining("base.yml:4:12: services.b.build must be ");
        assertThatThrownBy(() -> load(extending, "base.yml", "services:\n  b:\n    image: b\n    ports: [[1]]\n"))
                .isInstanceOf(InputException.class).hasMessageContaining("base.yml:4:");
        assertThat(only(load(extending, "base.yml", "services:\n  b:\n    image: b\n")).image())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"1e99999999999", "-1e-99999999999", "1e-2147483647", "0x1F", "1_0.5"})
    void numbersWithoutMeasureReachTheContainerSomehow(String number) {
        assertThat(only(load(service("environment: {A: " + number + "}"))).environment())
                .containsKey("A");
        assertThat(load(service("cpus: " + (number.contains("e") ? "1e-999999999" : "1"))).services()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"012, 10", "1.50, 1.5", "1_000, 1000", "0x10, 16", "True, true", "yes, yes", "1e3, 1000", "-0b11, -3"})
    void unquotedValuesReachTheContainerAsComposePrintsThem(String written, String value) {
        assertThat(
                only(load(service("environment: {A: " + written + "}"))).variable("A").orElseThrow().value())
                .isEqualTo(value);
    }
}
