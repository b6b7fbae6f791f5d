package dev.plimsoll.runtime.worker;

import java.util.Map;

/// One unit of work.
///
/// @param kind names the sort of work
/// @param id is unique within the kind while the job is queued
/// @param attempt 1 the first time; attempts that ended because the parent died are not counted
/// @param payload JSON
public record Job(String kind, String id, int attempt, String payload) {
    /// The message to a child: one line, so that line breaks between the payload's values become spaces.
    String line() {
        return "{\"job\":" + Json.quote(id) + ",\"kind\":" + Json.quote(kind) + ",\"attempt\":" + attempt
                + ",\"payload\":" + payload.replace('\n', ' ').replace('\r', ' ') + "}";
    }

    static Job parse(String line) {
        var members = Json.members(line);
        return new Job(Json.unquote(required(members, "kind")), Json.unquote(required(members, "job")),
                Integer.parseInt(required(members, "attempt")), required(members, "payload"));
    }

    private static String required(Map<String, String> members, String name) {
        var value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a job without `" + name + "`");
        }
        return value;
    }
}
