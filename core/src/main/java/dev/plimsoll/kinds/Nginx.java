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
    /// One connection that buffers a proxied reply: eight buffers of 8 kB and 1 kB of its own.
    static final MemorySize CONNECTION = MemorySize.ofKilobytes(65);
    /// worker_connections unless set.
    static final int DEFAULT_CONNECTIONS = 512;

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

    private static Amount amount(int connections, String which) {
        return Amount.of(new Term("workers", BASE, "", MODEL), new Term("buffers", CONNECTION.times(connections),
                connections + " " + which + " × (1 kB + 8 proxy buffers × 8 kB)", MODEL));
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var most = workers(service, host) * connections(service);
        return Demand.bounded(Amount.of(new Term("workers", BASE, "", MODEL)),
                amount(Math.min(most, 100), "busy connections"), amount(most, "connections"));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return new NginxSizing();
    }

    /// As many connections as the limit can buffer.
    record NginxSizing() implements Sizing {
        private static final MemorySize LEAST = MemorySize.ofMegabytes(32);
        private static final int WORKERS = 2;

        @Override
        public MemorySize minimum(int level) {
            return LEAST;
        }

        @Override
        public MemorySize useful(int level) {
            return MemorySize.ofMegabytes(160);
        }

        @Override
        public Allotment at(MemorySize limit, int level) {
            var connections = (int) (limit.minus(BASE).bytes() / CONNECTION.bytes() / WORKERS);
            return new Allotment(List.of(
                    new Choice("worker_processes", String.valueOf(WORKERS), "`auto` counts the server's cores, not the "
                            + "container's", "https://nginx.org/en/docs/ngx_core_module.html#worker_processes",
                            "more than a few thousand requests a second"),
                    new Choice("worker_connections", String.valueOf(connections),
                            "(limit " + limit + " - 12 MB) / 65 kB / "
                                    + WORKERS + " workers",
                            MODEL, "the limit")),
                    Optional.of(amount(connections * WORKERS, "connections")),
                    amount(Math.min(connections * WORKERS, 100), "").total().min(limit));
        }

        @Override
        public double weight() {
            return 0.2;
        }
    }
}
