package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Image;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Invocations;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// By what a service can be recognised.
///
/// @param image the one whose programs it has: its own, or the base of what is built here; empty when that is not known
/// @param invocations the programs its entrypoint and command run
/// @param written files its command writes before it starts, by path in the container
public record Clues(Service service, Optional<Image> image, List<Invocation> invocations,
        Map<String, Located<String>> written) {
    public static Clues of(Stack stack, Service service) {
        var script = Invocations.of(stack, service);
        return new Clues(service, service.foundation(), script.invocations(),
                script.files());
    }

    /// The same for a server's image. What a Dockerfile builds on it is that server only while it keeps its
    /// entrypoint; of an image for a language, the programs in it are meant anyway.
    Clues asServer() {
        var replaced = service.built().filter(made -> made.base().isPresent() && made.entrypoint().isPresent());
        return replaced.isPresent() && !runs("docker-entrypoint.sh", "docker-entrypoint")
                ? new Clues(service, Optional.empty(), invocations, written)
                : this;
    }

    /// The same by the name that what is built here is given.
    Optional<Clues> byGivenName() {
        return service.imageReference().filter(given -> !image.equals(Optional.of(given)))
                .map(given -> new Clues(service, Optional.of(given), invocations, written));
    }

    /// Whether an instruction whose effect is not seen, a command or a copy from elsewhere, speaks of one of these.
    boolean mayHide(String... parts) {
        return service.built().filter(made -> Arrays.stream(parts).anyMatch(made::mayHide)).isPresent();
    }

    /// Whether the image's repository is one of these, or ends with one of them after a `/`, so that mirrors count.
    public boolean imageIs(String... repositories) {
        return image.filter(found -> Arrays.stream(repositories).anyMatch(
                name -> found.repository().equals(name) || found.repository().endsWith("/" + name))).isPresent();
    }

    /// Whether the last part of the image's repository matches entirely.
    public boolean imageNameMatches(Pattern pattern) {
        return image.filter(found -> pattern.matcher(found.name()).matches()).isPresent();
    }

    /// The first run of one of these programs.
    public Optional<Invocation> run(String... programs) {
        return invocations.stream().filter(run -> Arrays.asList(programs).contains(run.program())
                || run.program().startsWith("python") && module(run).filter(Arrays.asList(programs)::contains)
                        .isPresent())
                .findFirst();
    }

    public boolean runs(String... programs) {
        return run(programs).isPresent();
    }

    /// The run of one of these programs, or the arguments that the image's own entrypoint gets.
    public Optional<Invocation> runOrArguments(String... programs) {
        return run(programs).or(() -> invocations.stream().filter(run -> run.program().isEmpty()).findFirst());
    }

    public boolean has(String variable) {
        return service.variable(variable).isPresent();
    }

    /// The module behind `python -m`.
    private static Optional<String> module(Invocation run) {
        return run.option("-m").map(Located::value);
    }
}
