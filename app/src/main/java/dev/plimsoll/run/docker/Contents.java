package dev.plimsoll.run.docker;

import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Command;
import dev.plimsoll.run.Http;
import dev.plimsoll.run.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Fetches files and HTTP replies of containers.
record Contents(Shell shell, Http http) {
    /// @param isHere whether the engine runs on this machine, so that published ports and addresses mean the container
    Answer http(Inspected inspected, Question.Http question, boolean isHere) {
        if (isHere) {
            for (var port : inspected.container().ports()) {
                var host = List.of("0.0.0.0", "::", "").contains(port.hostIp()) ? "127.0.0.1" : port.hostIp();
                if (port.target() == question.port()) {
                    var answer = http.get(host, port.published(), question.path());
                    if (isFinal(answer)) {
                        return answer;
                    }
                }
            }
            for (var address : inspected.addresses()) {
                var answer = http.get(address, question.port(), question.path());
                if (isFinal(answer)) {
                    return answer;
                }
            }
        }
        return httpInside(inspected.container(), question);
    }

    /// Who says nothing in good time here does not from within either.
    private static boolean isFinal(Answer answer) {
        return switch (answer) {
            case Answer.Text _ -> true;
            case Answer.None(_, var silent) -> silent;
        };
    }

    private Answer httpInside(Container container, Question.Http question) {
        var url = "http://127.0.0.1:" + question.port() + question.path();
        var wget = shell.run(Docker.exec(container.id(), "wget", "-q", "-T", "10", "-O", "-", url));
        if (!Consoles.isAbsent(wget)) {
            return Consoles.answered(wget);
        }
        var curl = shell.run(Docker.exec(container.id(), "curl", "-fsS", "-m", "10", url));
        return Consoles.isAbsent(curl)
                ? new Answer.None("port " + question.port() + " gives no good reply from here, and the container has "
                        + "neither wget nor curl")
                : Consoles.answered(curl);
    }

    /// By `cat`, else, for images without any program but their own, by `docker cp`.
    Answer file(Container container, Question.FileText question) {
        var cat = shell.run(Docker.exec(container.id(), "cat", question.path()));
        if (!Consoles.isAbsent(cat)) {
            return cat.succeeded()
                    ? new Answer.Text(cat.out())
                    : new Answer.None(cat.reason(), cat.code() == Shell.TIMED_OUT);
        }
        try {
            return copied(container, question.path());
        } catch (IOException unreadable) {
            return new Answer.None("the file cannot be copied to this machine");
        }
    }

    private Answer copied(Container container, String path) throws IOException {
        var directory = Files.createTempDirectory("plimsoll");
        var file = directory.resolve("file");
        try {
            var copy = shell.run(Command.of("docker", "cp", "-q", "-L", container.id() + ":" + path, file.toString()));
            if (!copy.succeeded() && copy.err().contains("unknown shorthand flag")) {
                copy = shell.run(Command.of("docker", "cp", "-L", container.id() + ":" + path, file.toString()));
            }
            return copy.succeeded() && Files.isRegularFile(file)
                    ? new Answer.Text(text(file))
                    : new Answer.None(copy.succeeded() ? path + " is no file" : copy.reason());
        } finally {
            try (var left = Files.walk(directory)) {
                for (var one : left.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    private static String text(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(Shell.MOST_OUTPUT), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
