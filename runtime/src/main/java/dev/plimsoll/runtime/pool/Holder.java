package dev.plimsoll.runtime.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Who has a connection of the pool.
///
/// @param thread its name, or `virtual-` and its number
/// @param since when it got the connection
/// @param stack where it asked for the connection, nearest first, without the frames of the pool and, where others are
/// left, of the libraries that ask in a service's name
public record Holder(String thread, Instant since, List<StackWalker.StackFrame> stack) {
    private static final int DEPTH = 12;
    /// Between a service's method and the pool: transactions, proxies, mappers.
    private static final int LOOKED_AT = 100;
    private static final List<String> LIBRARIES = List.of("java.", "jdk.", "org.springframework.", "org.hibernate.");
    private static final StackWalker WALKER = StackWalker.getInstance();

    public Holder {
        stack = List.copyOf(stack);
    }

    static Holder here(Instant now) {
        var thread = Thread.currentThread();
        var name = thread.getName().isEmpty() ? "virtual-" + thread.threadId() : thread.getName();
        var own = List.of(Holder.class.getName(), Pool.class.getName(), NamingSource.class.getName());
        var stack = WALKER.walk(frames -> frames.filter(frame -> !own.contains(frame.getClassName())).limit(LOOKED_AT)
                .toList());
        var service = stack.stream().filter(frame -> LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith))
                .limit(DEPTH).toList();
        return new Holder(name, now, service.isEmpty() ? stack.stream().limit(DEPTH).toList() : service);
    }

    /// One line, such as `thread web-3 for 4.2 s at Reports.gaps(Reports.java:40) < Server.answer(Server.java:88)`.
    String text(Instant now) {
        var frames = stack.stream().limit(3).map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "."
                + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")").toList();
        return "thread %s for %.1f s at %s".formatted(thread, Duration.between(since, now).toMillis() / 1000.0,
                String.join(" < ", frames));
    }
}
