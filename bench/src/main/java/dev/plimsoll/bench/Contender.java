package dev.plimsoll.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A command that reads Compose files and prints JSON.
///
/// @param name as the table shows it
/// @param words what stands before the files
/// @param evidence where its output shows what it read
record Contender(String name, List<String> words, Evidence evidence) {
    /// How the output proves that files were read.
    enum Evidence {
        AUDIT {
            @Override
            boolean covers(JsonNode json, List<String> files) {
                return json.isObject() && List.of(mainFile(json)).equals(files);
            }
        },
        EACH {
            @Override
            boolean covers(JsonNode json, List<String> files) {
                return elements(json).stream().map(Evidence::mainFile).toList().equals(files);
            }
        },
        PLAN {
            @Override
            boolean covers(JsonNode json, List<String> files) {
                return json.path("services").size() + json.path("left_out").size() > 0;
            }
        },
        /// dclint goes on after a file that is no YAML or no Compose file, without its rules.
        DCLINT {
            @Override
            boolean covers(JsonNode json, List<String> files) {
                return elements(json).stream().map(file -> file.path("filePath").asString()).toList().equals(files)
                        && elements(json).stream().flatMap(file -> elements(file.path("messages")).stream())
                                .noneMatch(message -> message.path("rule").asString().startsWith("invalid-"));
            }
        };

        abstract boolean covers(JsonNode json, List<String> files);

        private static List<JsonNode> elements(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false).toList();
        }

        /// The file that was named; those it includes follow it.
        private static String mainFile(JsonNode report) {
            return report.path("files").path(0).asString("");
        }
    }

    static Contender plimsoll(String program, Evidence evidence, String... words) {
        var all = new ArrayList<>(List.of(program));
        all.addAll(List.of(words));
        all.addAll(List.of("--format", "json"));
        return new Contender("plimsoll " + String.join(" ", words), all, evidence);
    }

    static Contender dclint(String program) {
        return new Contender("dclint", List.of(program, "-f", "json"), Evidence.DCLINT);
    }

    List<String> command(List<String> files) {
        var all = new ArrayList<>(words);
        all.addAll(files);
        return all;
    }

    /// Whether a run read all of the files: it found something or nothing, and its output tells of them.
    boolean hasRead(Finished run, List<String> files) {
        try {
            return run.code() <= 1 && evidence.covers(JsonMapper.shared().readTree(run.out()), files);
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
