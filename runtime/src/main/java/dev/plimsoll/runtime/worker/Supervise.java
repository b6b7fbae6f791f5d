package dev.plimsoll.runtime.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// [Supervisor] for the shell.
public final class Supervise {
    static final String USAGE = """
            usage: Supervise --memory SIZE [--soft SIZE] [--process SIZE] [--drain SECONDS] [--patience SECONDS] -- COMMAND

              --memory SIZE       ceiling of the command with all it starts: killed and started again, e.g. 512MB
              --soft SIZE         above this for a while it gets SIGTERM and is started again; 85 % unless said
              --process SIZE      ceiling of each single process, which alone is killed
              --drain SECONDS     how long it may take to end after SIGTERM; 60 unless said
              --patience SECONDS  how long it may stay above the soft limit; 5 unless said""";

    private static final int USAGE_ERROR = 2;
    private static final int ENVIRONMENT_ERROR = 3;

    private Supervise() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args));
    }

    private static int run(String[] args) throws InterruptedException {
        SupervisorSettings settings;
        try {
            settings = parse(List.of(args));
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            System.err.println("plimsoll: " + wrong.getMessage() + "\n" + USAGE);
            return USAGE_ERROR;
        }
        if (!Files.isReadable(Path.of("/proc/self/status"))) {
            System.err.println("plimsoll: memory is read from /proc, which is not here; this needs Linux");
            return ENVIRONMENT_ERROR;
        }
        try {
            return supervise(new Supervisor(settings, line -> System.err.println("plimsoll: " + line)));
        } catch (IOException failed) {
            System.err.println("plimsoll: the command cannot be started: " + failed.getMessage());
            return ENVIRONMENT_ERROR;
        }
    }

    private static int supervise(Supervisor supervisor) throws IOException, InterruptedException {
        var done = new CountDownLatch(1);
        // Until it is known how the command ended.
        var code = new AtomicInteger(ENVIRONMENT_ERROR);
        var hook = new Thread(() -> {
            supervisor.stop();
            try {
                done.await();
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(code.get());
        }, "plimsoll-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            code.set(supervisor.run());
        } finally {
            done.countDown();
        }
        return code.get();
    }

    static SupervisorSettings parse(List<String> args) {
        var end = args.indexOf("--");
        if (end < 0) {
            throw new IllegalArgumentException("the command to supervise follows after `--`");
        }
        var options = args.subList(0, end);
        var command = args.subList(end + 1, args.size());
        if (options.size() % 2 > 0 || !options.contains("--memory")) {
            throw new IllegalArgumentException("each option has a value, and `--memory` is needed");
        }
        var settings = SupervisorSettings.of(Memory.parse(options.get(options.indexOf("--memory") + 1)), command);
        for (var at = 0; at < options.size(); at += 2) {
            settings = with(settings, options.get(at), options.get(at + 1));
        }
        return settings;
    }

    private static SupervisorSettings with(SupervisorSettings settings, String option, String value) {
        return switch (option) {
            case "--memory" -> settings;
            case "--soft" -> settings.withSoft(Memory.parse(value));
            case "--process" -> settings.withProcess(Memory.parse(value));
            case "--drain" -> settings.withDrain(seconds(option, value));
            case "--patience" -> settings.withPatience(seconds(option, value));
            default -> throw new IllegalArgumentException("`" + option + "` is no option; there are " + String.join(
                    ", ", Arrays.asList("--memory", "--soft", "--process", "--drain", "--patience")));
        };
    }

    private static Duration seconds(String option, String value) {
        if (!value.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("`" + option + "` takes whole seconds, not `" + value + "`");
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }
}
