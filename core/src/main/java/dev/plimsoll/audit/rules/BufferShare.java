package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemorySize;

/// How much of its memory a Postgres keeps for shared_buffers, and how much it should.
///
/// @param buffers as set
/// @param memory the limit, or the server's memory where there is none or it is larger
/// @param own the limit, or what the server is assumed to have for it
/// @param isLimit whether `memory` is the limit
record BufferShare(MemorySize buffers, MemorySize memory, MemorySize own, boolean isLimit) {
    /// Above it the manual expects no gain: https://www.postgresql.org/docs/current/runtime-config-resource.html
    private static final double MOST = 0.4;
    /// What is assumed for Postgres on a server that it shares with other services.
    private static final int SHARED = 4;

    static BufferShare of(Recognised service, Inventory inventory) {
        var server = inventory.host().memory();
        var limit = service.limit().map(Located::value).filter(found -> found.compareTo(server) < 0);
        var shared = inventory.running().count() > 1 ? server.dividedBy(SHARED) : server;
        return new BufferShare(PostgresMemory.of(service).sharedBuffers(), limit.orElse(server), limit.orElse(shared),
                limit.isPresent());
    }

    boolean isTooLarge() {
        return buffers.ratioTo(memory) > MOST;
    }

    /// A quarter, the manual's starting point.
    MemorySize advised() {
        return own.dividedBy(4).roundedDownTo(MemorySize.ofMegabytes(8));
    }

    /// Whether a database that needs more than its limit keeps to it with the advised buffers; else only a larger limit
    /// helps.
    static boolean isCure(Recognised service, Inventory inventory) {
        var share = of(service, inventory);
        var expected = service.kind().demand(service, inventory.host()).expected().total();
        return service.settings().get("shared_buffers").isPresent() && share.isTooLarge()
                && expected.minus(share.buffers).plus(share.advised()).compareTo(share.memory) <= 0;
    }
}
