package dev.plimsoll.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs nothing: records what should run, and answers from a list.
public final class RecordingShell implements Shell {
    private final Map<String, Result> answers = new LinkedHashMap<>();
    private final List<Command> commands = new ArrayList<>();

    /// @param start of the command line as one would type it; the longest one that fits counts
    public RecordingShell answering(String start, String out) {
        return answering(start, new Result(0, out, ""));
    }

    public RecordingShell answering(String start, Result result) {
        answers.put(start, result);
        return this;
    }

    @Override
    public Result run(Command command) {
        commands.add(command);
        return answers.entrySet().stream().filter(answer -> command.toString().startsWith(answer.getKey()))
                .max((one, other) -> one.getKey().length() - other.getKey().length()).map(Map.Entry::getValue)
                .orElse(new Result(NOT_FOUND, "", command.words().getFirst() + ": not found"));
    }

    public List<Command> commands() {
        return List.copyOf(commands);
    }

    public List<String> lines() {
        return commands.stream().map(Command::toString).toList();
    }
}
