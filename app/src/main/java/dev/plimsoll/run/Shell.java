package dev.plimsoll.run;

/// Runs commands. The only way in which this package starts other programs, so that tests can record them.
public interface Shell {
    Result run(Command command);

    /// How a command ended.
    ///
    /// @param code 0 for success; [#NOT_FOUND] when there is no such program, [#TIMED_OUT] when it took too long
    /// @param out at most [#MOST_OUTPUT] characters of what it printed
    /// @param err the same for its complaints
    record Result(int code, String out, String err) {
        public boolean succeeded() {
            return code == 0;
        }

        /// Why it failed, in one line.
        public String reason() {
            var lines = (err.isBlank() ? out : err).strip().lines().map(String::strip).filter(line -> !line.isEmpty())
                    .toList();
            var text = lines.isEmpty() ? "it ended with " + code : lines.getLast();
            return text.length() > MOST_REASON ? text.substring(0, MOST_REASON) + "..." : text;
        }
    }

    /// As shells have it.
    int NOT_FOUND = 127;
    /// As `timeout` has it.
    int TIMED_OUT = 124;
    /// More than `docker inspect` of a hundred containers prints.
    int MOST_OUTPUT = 8_000_000;
    /// Characters of a reason.
    int MOST_REASON = 300;
}
