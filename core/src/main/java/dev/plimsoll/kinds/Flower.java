package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import java.util.List;

/// Flower, Celery's web page: an image of its own, or a command of Celery in the application's image. It keeps what it
/// knows of tasks in memory, 100,000 of them unless told otherwise.
final class Flower implements Kind {
    private static final SimpleKind PAGE = SimpleKind.of("flower", Role.TOOL, "flower|celery-flower", "flower", "5555",
            "",
            60, 128, 384, 0.3, SimpleKind.ASSUMPTION);

    @Override
    public String id() {
        return PAGE.id();
    }

    @Override
    public Role role() {
        return PAGE.role();
    }

    @Override
    public List<Integer> ports() {
        return PAGE.ports();
    }

    @Override
    public boolean recognises(Clues clues) {
        return PAGE.recognises(clues)
                || clues.run("celery").filter(run -> run.hasWord("flower") && !run.hasWord("worker")
                        && !run.hasWord("beat")).isPresent();
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return PAGE.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return PAGE.sizing(service, host);
    }
}
