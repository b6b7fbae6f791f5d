package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// nginx and servers built on it. Its memory grows with connections that buffer a reply.
public final class Nginx implements Kind {
    /// Two workers, idle: 12 MB working set.
    static final MemorySize BASE = MemorySize.ofMegabytes(12);
    /// A client's connection that buffers a proxied reply: eight buffers of 8 kB and 1 kB of its own.
    static final MemorySize CONNECTION = MemorySize.ofKilobytes(65);
    /// What one of worker_connections may take at most: those to the proxied server count as well, and have no buffers
    /// of their own (nginx.org, ngx_core_module, worker_connections).
    private static final MemorySize COUNTED = CONNECTION.dividedBy(2);
    /// worker_connections unless set.
    static final int DEFAULT_CONNECTIONS = 512;

    /// Of one worker in the official image's nginx.conf, where the plan keeps at least as many as long as
    /// everything fits.
    private static final int ORDINARY_CONNECTIONS = 1024;
    /// Of one worker, for a page with few readers at once. Assumption.
    private static final int LEAST_CONNECTIONS = 256;
    /// Of one worker, when nobody chose a number. Assumption.
    private static final int MOST_CONNECTIONS = 2048;
    private static final MemorySize STEP = MemorySize.ofMegabytes(16);
    private static final MemorySize LEAST = MemorySize.ofMegabytes(32);
    /// Whoever writes 65,535 connections does not mean 4 GB of buffers. Assumption.
    private static final MemorySize MOST = MemorySize.ofMegabytes(320);

    private static final String MODEL = "measured on nginx 1.22; https://nginx.org/en/docs/http/ngx_http_proxy_module.html";
    private static final Pattern NAME = Pattern
            .compile("nginx|nginx-unprivileged|openresty|nginx-proxy|angie");

    @Override
    public String id() {
        return "nginx";
    }

    @Override
    public Role role() {
        return Role.PROXY;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageNameMatches(NAME) || clues.runs("nginx", "openresty");
    }

    @Override
    public List<Integer> ports() {
        return List.of(80, 443);
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        stack.fileAt(clues.service(), "/etc/nginx/nginx.conf").ifPresent(file -> {
            if (file.text().isEmpty()) {
                settings.missing(file.path(), file.mount());
            }
            ConfLines.nginx(file).forEach(line -> settings.set(line.name(), line.value(), line.where(),
                    Setting.Origin.FILE));
        });
        return settings.build();
    }

    private static int workers(Recognised service, Host host) {
        return service.settings().integer("worker_processes").filter(count -> count > 0)
                .orElse(host.cpus().cores());
    }

    private static int connections(Recognised service) {
        return service.settings().integer("worker_connections").filter(count -> count > 0).orElse(DEFAULT_CONNECTIONS);
    }

    private static Amount busy(int connections) {
        return Amount.of(new Term("workers", BASE, "", MODEL), new Term("buffers", CONNECTION.times(connections),
                connections + " busy connections × (1 kB + 8 proxy buffers × 8 kB)", MODEL));
    }

    private static Amount atMost(int connections) {
        return Amount.of(new Term("workers", BASE, "", MODEL), new Term("buffers", COUNTED.times(connections),
                connections + " connections, half of them to the proxied server × (1 kB + 8 proxy buffers × 8 kB)",
                MODEL));
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var most = workers(service, host) * connections(service);
        return Demand.bounded(Amount.of(new Term("workers", BASE, "", MODEL)),
                busy(Math.min(most, 100)), atMost(most));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var chosen = service.settings().integer("worker_connections").filter(count -> count > 0);
        return new NginxSizing(service.settings().integer("worker_processes").filter(count -> count > 0), chosen
                .orElse(MOST_CONNECTIONS));
    }

    /// As many connections as the limit can buffer.
    ///
    /// @param chosen worker processes, where somebody wrote a number
    /// @param most connections of each worker that do something: those that somebody chose
    record NginxSizing(Optional<Integer> chosen, int most) implements Sizing {
        private static final int WORKERS = 2;

        private int workers() {
            return Math.min(chosen.orElse(WORKERS), WORKERS);
        }

        @Override
        public Optional<Lever> lever() {
            return Optional.of(new Lever("worker_connections", Math.min(most, ORDINARY_CONNECTIONS),
                    LEAST_CONNECTIONS));
        }

        @Override
        public MemorySize minimum(int level) {
            return BASE.plus(COUNTED.times((long) level * workers())).roundedUpTo(STEP).max(LEAST);
        }

        @Override
        public MemorySize useful(int level) {
            return BASE.plus(COUNTED.times((long) most * workers())).roundedUpTo(STEP).min(MOST).max(minimum(level));
        }

        @Override
        public Allotment at(MemorySize limit, int level) {
            var connections = (int) Math.min(most, limit.minus(BASE).bytes() / COUNTED.bytes() / workers());
            return new Allotment(List.of(
                    new Choice("worker_processes", String.valueOf(workers()), chosen.map(count -> count <= WORKERS
                            ? "as configured"
                            : "lowered from " + count + ", as two answer a few thousand requests a second")
                            .orElse("`auto` counts the server's cores, not the container's"),
                            "https://nginx.org/en/docs/ngx_core_module.html#worker_processes",
                            "more than a few thousand requests a second"),
                    new Choice("worker_connections", String.valueOf(connections), "(limit " + limit + " - 12 MB) / "
                            + "32.5 kB / " + workers() + " workers, at most " + most, MODEL, "the limit")),
                    Optional.of(atMost(connections * workers())),
                    busy(Math.min(connections * workers(), 100)).total().min(limit));
        }

        @Override
        public double weight() {
            return 0.2;
        }
    }
}
