package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.MySql;
import dev.plimsoll.source.Located;
import java.util.stream.Stream;

/// MySQL keeps too much of its memory for its buffer pool.
public final class LargeBufferPool implements Rule {
    @Override
    public About about() {
        return new About("MEM037", "large-buffer-pool", Severity.HIGH, Confidence.CERTAIN,
                "innodb_buffer_pool_size takes more than 70 % of the container's limit.",
                "The pool itself takes 10 % more than its size, the server 200 MB, and every connection "
                        + "about 2 MB. The server is killed when the pool has filled.",
                "Set innodb_buffer_pool_size to half of the limit.",
                "https://dev.mysql.com/doc/refman/8.4/en/memory-use.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("mysql").flatMap(service -> {
            var setting = service.settings().get("innodb_buffer_pool_size");
            var memory = inventory.host().memory();
            var bound = service.limit().map(Located::value).orElse(memory).min(memory);
            var pool = MySql.bufferPool(service);
            return setting.stream().filter(_ -> pool.ratioTo(bound) > 0.7).map(found -> finding(service,
                    pool.compareTo(bound) >= 0 ? Severity.CRITICAL : Severity.HIGH, found.where(),
                    "innodb_buffer_pool_size " + pool + " × 1.1 = " + pool.times(1.1) + " of "
                            + (service.limit().isPresent() ? "the limit of " : "the server's ") + bound,
                    "Set innodb_buffer_pool_size to " + bound.dividedBy(2).megabytes() + "M"));
        });
    }
}
