package dev.plimsoll.observe;

/// Whether a server of Prometheus' family took the configuration that it was last told to read. One that did not goes
/// on with an older one, and does not start again.
final class Reloads {
    private Reloads() {}

    /// @param metrics the server's own page
    /// @param server `prometheus` or `alertmanager`
    static void of(Sight sight, Question metrics, String server, Facts facts) {
        var name = server + "_config_last_reload_successful ";
        sight.text(metrics, server + ".reload", facts)
                .flatMap(page -> page.lines().filter(line -> line.startsWith(name))
                        .map(line -> line.substring(name.length()).strip()).findFirst())
                .ifPresent(value -> facts.flag(server
                        + ".reload", value.equals("1"), "/metrics"));
    }
}
