package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.stream.Stream;

public final class MissingLogRotation implements Rule {
    private static final int FEW = 2;

    @Override
    public About about() {
        return new About("REL011", "missing-log-rotation", Severity.MEDIUM, Confidence.CERTAIN,
                "Container logs grow without bound.",
                "The json-file driver keeps everything a container prints until the container is removed. A full disk "
                        + "stops every database of the server. Low when one or two services are concerned.",
                "Set `logging: options: max-size: 10m, max-file: \"3\"` on every service, or once for the server in "
                        + "/etc/docker/daemon.json.",
                "https://docs.docker.com/engine/logging/drivers/json-file/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var lasting = inventory.running().filter(service -> !OneShots.is(service, inventory)).toList();
        var without = lasting.stream().filter(MissingLogRotation::grows).toList();
        if (without.isEmpty()) {
            return Stream.empty();
        }
        var all = without.size() == lasting.size() && without.size() > 1;
        return Stream.of(Grouped.finding(this, without.size() <= FEW ? Severity.LOW : Severity.MEDIUM, without,
                all ? Location.ofFile(inventory.stack().mainFile()) : without.getFirst().service().where(),
                "Logs without a bound: " + (all ? "all " + without.size() + " services" : Grouped.names(without)),
                "Set logging options max-size: 10m and max-file: \"3\" on each, or in /etc/docker/daemon.json"));
    }

    private static boolean grows(Recognised service) {
        var driver = service.service().text("logging", "driver").map(text -> text.value()).orElse("json-file");
        return driver.equals("json-file") && service.service().text("logging", "options", "max-size").isEmpty();
    }
}
