package dev.plimsoll.report;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.LiveService;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A running stack for people, within 80 columns.
public final class StackText {
    private static final int BAR = 24;
    private static final int MOST_NAME = 18;
    /// Pressure and throttling below this share are noise.
    private static final double WORTH_SAYING = 0.01;
    private static final String LEGEND = "bar: # private and kernel  + shared  - file cache in use  | peak\n";

    private StackText() {}

    /// After `plimsoll up`.
    ///
    /// @param directory as the user would name it
    public static String started(String project, List<Container> containers, List<String> notRun, List<String> notes,
            String directory) {
        var table = new Table().row("service", "state", "limit", "from this machine");
        containers.forEach(container -> table.row(name(container), state(container),
                container.limit().map(MemorySize::toString).orElse("none"), ports(container)));
        var text = new StringBuilder(project + " is up.\n\n").append(table.text());
        notRun.forEach(reason -> text.append("not run: ").append(reason).append('\n'));
        if (!notes.isEmpty()) {
            text.append('\n');
            notes.forEach(note -> text.append(paragraph("- ", note)));
        }
        var named = directory.equals("plimsoll") ? "" : " " + directory;
        return text.append("\nEnd it with `plimsoll down").append(named).append("`.\n").toString();
    }

    /// `plimsoll status`.
    public static String status(String project, String runtime, List<LiveService> services, List<String> missing) {
        var text = new StringBuilder(paragraph("", project + ": " + runtime).toString()).append('\n');
        var table = new Table().row("service", "memory", "used", "limit", "CPU", "state");
        services.forEach(service -> table.row(name(service.container()),
                service.cgroup().map(StackText::bar).orElse(""),
                service.cgroup().map(reading -> reading.workingSet().toString()).orElse(""),
                service.cgroup().flatMap(CgroupReading::limit).or(() -> service.container().limit())
                        .map(MemorySize::toString).orElse("none"),
                service.cores().map(cores -> String.format(Locale.ROOT, "%.2f", cores)).orElse(""),
                state(service.container())));
        text.append(table.text());
        services.forEach(service -> remark(service).ifPresent(remark -> text.append(
                paragraph("! ", name(service.container()) + ": " + remark))));
        missing.forEach(service -> text.append(paragraph("! ", service + ": has no container")));
        return text.append(LEGEND).toString();
    }

    private static Paragraph paragraph(String mark, String text) {
        return new Paragraph(mark, " ".repeat(mark.length())).add(text);
    }

    private static String name(Container container) {
        var name = container.service() + (container.number() > 1 ? " " + container.number() : "");
        return name.length() <= MOST_NAME ? name : name.substring(0, MOST_NAME - 1) + "~";
    }

    private static String state(Container container) {
        return container.isRunning()
                ? container.health().orElse("running")
                : container.state() + container.exitCode().map(code -> " " + code).orElse("");
    }

    private static String ports(Container container) {
        return container.ports().stream().map(port -> (port.hostIp().contains(":")
                ? "[" + port.hostIp() + "]"
                : port.hostIp()) + ":" + port.published() + " -> " + port.target())
                .collect(Collectors.joining(", "));
    }

    /// What the limit holds: without a limit, what the peak holds.
    static String bar(CgroupReading reading) {
        var whole = reading.limit().or(reading::peak).filter(size -> !size.isZero()).orElse(reading.current());
        if (whole.isZero()) {
            return "[" + " ".repeat(BAR) + "]";
        }
        var shared = reading.shared().min(reading.workingSet());
        var own = reading.anonymous().plus(reading.kernel().orElse(MemorySize.ZERO))
                .min(reading.workingSet().minus(shared));
        var bar = new StringBuilder();
        fill(bar, '#', cells(own, whole));
        fill(bar, '+', cells(own.plus(shared), whole));
        fill(bar, '-', cells(reading.workingSet(), whole));
        fill(bar, ' ', BAR);
        reading.peak().ifPresent(peak -> bar.setCharAt(Math.clamp(cells(peak, whole) - 1, 0, BAR - 1), '|'));
        return "[" + bar + "]";
    }

    private static int cells(MemorySize part, MemorySize whole) {
        return Math.clamp(Math.round(part.ratioTo(whole) * BAR), 0, BAR);
    }

    private static void fill(StringBuilder bar, char sign, int to) {
        while (bar.length() < to) {
            bar.append(sign);
        }
    }

    /// What deserves a look; empty when nothing does.
    private static Optional<String> remark(LiveService service) {
        var remarks = new ArrayList<String>();
        if (service.container().restarts() > 0) {
            remarks.add(counted(service.container().restarts(), "restart"));
        }
        if (service.container().oomKilled() && service.cgroup().isEmpty()) {
            remarks.add("killed for want of memory");
        }
        service.cgroup().ifPresent(reading -> {
            if (reading.oomKills() > 0) {
                remarks.add(counted(reading.oomKills(), "process") + " killed for want of memory");
            }
            reading.limitHits().filter(hits -> hits > 0)
                    .ifPresent(hits -> remarks.add("its limit was reached " + counted(hits, "time")));
            share(reading.memoryPressure(), "waited for memory").ifPresent(remarks::add);
            share(reading.ioPressure(), "waited for the disk").ifPresent(remarks::add);
        });
        share(service.throttled(), "held up by its CPU limit").ifPresent(remarks::add);
        return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", remarks) + ".");
    }

    private static Optional<String> share(Optional<Double> share, String what) {
        return share.filter(part -> part >= WORTH_SAYING)
                .map(part -> what + " " + Math.round(part * 100) + " % of the time");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : what.endsWith("s") ? "es" : "s");
    }
}
