package dev.plimsoll.cli;

import dev.plimsoll.load.Live;
import dev.plimsoll.load.Second;
import dev.plimsoll.report.StressText;

/// Shows a load while it runs: one line that is written over on a terminal, a line every ten seconds elsewhere. It goes
/// to the error output, so that the report stays alone.
final class LiveLine implements Live {
    private static final int EVERY = 10;
    private static final String START_OF_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private String before = "";
    private boolean shown;

    LiveLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void second(String name, Second second, long failed, double share) {
        var line = StressText.live(name, second, failed, share);
        if (terminal.colour()) {
            terminal.err().print((name.equals(before) || !shown ? START_OF_LINE : "\n") + line);
            terminal.err().flush();
            shown = true;
        } else if (!name.equals(before) || (second.at() + 1) % EVERY == 0) {
            terminal.err().println(line);
        }
        before = name;
    }

    /// Leaves the line as it stands.
    void end() {
        if (shown) {
            terminal.err().println();
            shown = false;
        }
    }
}
