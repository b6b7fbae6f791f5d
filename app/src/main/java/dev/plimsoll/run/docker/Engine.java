package dev.plimsoll.run.docker;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Shell;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A Docker Engine that answers.
///
/// @param version such as `28.2.2`
/// @param cgroupVersion `1` or `2`
public record Engine(String version, String cgroupVersion) {
    /// The engine behind the user's client, when one answers.
    public static Optional<Engine> find(Shell shell) {
        var answer = shell.run(Docker.info());
        return answer.succeeded() ? read(answer.out()) : Optional.empty();
    }

    /// @throws EnvironmentException saying why there is none
    public static Engine required(Shell shell) {
        var answer = shell.run(Docker.info());
        if (answer.code() == Shell.NOT_FOUND) {
            throw new EnvironmentException("The program `docker` is not on this machine",
                    "Install Docker, or bring the stack up without it: `plimsoll up --native`");
        }
        return Optional.of(answer).filter(Shell.Result::succeeded).flatMap(found -> read(found.out()))
                .orElseThrow(() -> new EnvironmentException("No Docker Engine answers: " + answer.reason(),
                        "Start Docker or set DOCKER_HOST, or bring the stack up without it: `plimsoll up --native`"));
    }

    /// Some versions of the client end with 0 although no engine answered.
    private static Optional<Engine> read(String json) {
        try {
            var info = JsonMapper.shared().readTree(json);
            var version = info.path("ServerVersion").asString("");
            return version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Engine(version, info.path("CgroupVersion").asString("1")));
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Docker Engine " + version;
    }
}
