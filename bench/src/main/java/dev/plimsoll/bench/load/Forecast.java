package dev.plimsoll.bench.load;

import dev.plimsoll.units.MemorySize;

/// What the memory model says of a server before it runs, page cache apart.
final class Forecast {
    private Forecast() {}

    /// Under one load, with as many connections open as its clients make. In the mixed load all of them sort and hash;
    /// an index build takes maintenance_work_mem.
    static MemorySize of(Contestant contestant, Step step) {
        var open = contestant.open(step.clients());
        var sorting = step.kind() == Step.Kind.MIXED ? open : 0;
        var building = step.kind() == Step.Kind.BUILD
                ? contestant.memory().maintenanceWorkMem()
                : MemorySize.ZERO;
        return contestant.memory().expected(open, sorting).total().plus(building);
    }

    /// The worst that the settings permit.
    static MemorySize ceiling(Contestant contestant) {
        return contestant.memory().ceiling().total();
    }
}
