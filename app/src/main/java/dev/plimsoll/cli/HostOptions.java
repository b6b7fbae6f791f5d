package dev.plimsoll.cli;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.HostFacts;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which server a stack is for; shared by every command that judges or plans. Options win over the Compose file's
/// `x-plimsoll: {host: ...}`, which wins over this machine; what nobody says is as on a typical small server.
final class HostOptions {
    @Option(names = "--memory", paramLabel = "SIZE", converter = Sizes.AboveZero.class, description = "Memory of "
            + "the server, such as 4GB.")
    private Optional<MemorySize> memory = Optional.empty();

    @Option(names = "--cpus", paramLabel = "CORES", converter = Sizes.Cores.class, description = "CPU cores of the "
            + "server.")
    private Optional<Millicores> cpus = Optional.empty();

    @Option(names = "--swap", paramLabel = "SIZE", converter = Sizes.AnySize.class, description = "Swap of the "
            + "server; 0 for none.")
    private Optional<MemorySize> swap = Optional.empty();

    @Option(names = "--disk", paramLabel = "SIZE", converter = Sizes.AboveZero.class, description = "Size of the "
            + "server's disk, such as 40GB.")
    private Optional<MemorySize> disk = Optional.empty();

    @Option(names = "--detect", description = "The server is this machine: look up what no option and no hint says.")
    private boolean detect;

    boolean isGiven() {
        return memory.isPresent() || cpus.isPresent() || swap.isPresent() || disk.isPresent() || detect;
    }

    Host host(Stack stack, Path directory) {
        var said = new HostFacts(memory, cpus, swap, disk, Optional.empty()).or(HostFacts.of(stack.hints()));
        return (detect ? said.or(ThisMachine.with(directory).facts()) : said).host();
    }
}
