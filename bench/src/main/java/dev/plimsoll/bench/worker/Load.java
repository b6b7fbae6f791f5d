package dev.plimsoll.bench.worker;

import dev.plimsoll.runtime.worker.Memory;

/// What is asked of workers.
///
/// @param leak megabytes that each job keeps
record Load(int jobs, int leak, int slots, Memory ceiling) {
    Memory budget() {
        return new Memory(ceiling.bytes() * slots);
    }

    @Override
    public String toString() {
        return jobs + " jobs that leak " + leak + "MB each, " + slots + " slots of " + ceiling;
    }
}
