package dev.plimsoll.runtime.worker;

import java.util.Map;
import java.util.Optional;

/// A line that a child wrote. Lines that are no JSON object, such as what a library prints, say nothing.
record Reply(Map<String, String> members) {
    static Reply parse(String line) {
        try {
            return new Reply(line.startsWith("{") ? Json.members(line) : Map.of());
        } catch (IllegalArgumentException other) {
            return new Reply(Map.of());
        }
    }

    boolean isReady() {
        return "true".equals(members.get("ready"));
    }

    /// Whether it is the answer to a job.
    boolean isAnswer() {
        return members.containsKey("job") && ("true".equals(members.get("done")) || members.containsKey("failed"));
    }

    boolean isFor(String job) {
        return isAnswer() && Optional.ofNullable(members.get("job")).filter(id -> Json.unquote(id).equals(job))
                .isPresent();
    }

    Optional<String> failure() {
        return Optional.ofNullable(members.get("failed")).map(Json::unquote);
    }

    boolean isForMemory() {
        return "true".equals(members.get("memory"));
    }
}
