package dev.plimsoll.audit;

import dev.plimsoll.audit.rules.DatabaseAboveLimit;
import dev.plimsoll.audit.rules.DemandAboveHost;
import dev.plimsoll.audit.rules.EffectiveCacheAboveLimit;
import dev.plimsoll.audit.rules.HeapAboveLimit;
import dev.plimsoll.audit.rules.HeapWithoutUnit;
import dev.plimsoll.audit.rules.IdleWorkersAboveLimit;
import dev.plimsoll.audit.rules.LargeBufferPool;
import dev.plimsoll.audit.rules.LargeMaintenanceMemory;
import dev.plimsoll.audit.rules.LargeSharedBuffers;
import dev.plimsoll.audit.rules.LimitAboveHost;
import dev.plimsoll.audit.rules.LimitBelowMinimum;
import dev.plimsoll.audit.rules.LimitsAboveHost;
import dev.plimsoll.audit.rules.MissingMemoryLimit;
import dev.plimsoll.audit.rules.NodeHeapAboveLimit;
import dev.plimsoll.audit.rules.RedisAboveHostShare;
import dev.plimsoll.audit.rules.RedisAboveLimit;
import dev.plimsoll.audit.rules.RedisWithoutMaxmemory;
import dev.plimsoll.audit.rules.ReservationAboveLimit;
import dev.plimsoll.audit.rules.ReservationsAboveHost;
import dev.plimsoll.audit.rules.SelfSizedDatabase;
import dev.plimsoll.audit.rules.SharedMemoryAboveLimit;
import dev.plimsoll.audit.rules.SmallNodeLimit;
import dev.plimsoll.audit.rules.SmallSharedMemory;
import dev.plimsoll.audit.rules.SwapBesideLimit;
import dev.plimsoll.audit.rules.UnsetConcurrency;
import dev.plimsoll.audit.rules.UnsetHeap;
import dev.plimsoll.audit.rules.WorkMemTimesConnections;
import dev.plimsoll.audit.rules.WorkersAboveLimit;
import java.util.List;

/// Every rule, sorted by id.
public final class Rules {
    public static final List<Rule> ALL = List.of(
            new MissingMemoryLimit(),
            new LimitsAboveHost(),
            new LimitAboveHost(),
            new ReservationsAboveHost(),
            new ReservationAboveLimit(),
            new DemandAboveHost(),
            new SwapBesideLimit(),
            new SharedMemoryAboveLimit(),
            new LimitBelowMinimum(),
            new LargeSharedBuffers(),
            new WorkMemTimesConnections(),
            new LargeMaintenanceMemory(),
            new EffectiveCacheAboveLimit(),
            new SmallSharedMemory(),
            new DatabaseAboveLimit(),
            new RedisWithoutMaxmemory(),
            new RedisAboveLimit(),
            new RedisAboveHostShare(),
            new HeapAboveLimit(),
            new UnsetHeap(),
            new SelfSizedDatabase(),
            new NodeHeapAboveLimit(),
            new SmallNodeLimit(),
            new WorkersAboveLimit(),
            new UnsetConcurrency(),
            new LargeBufferPool(),
            new HeapWithoutUnit(),
            new IdleWorkersAboveLimit());

    private Rules() {}
}
