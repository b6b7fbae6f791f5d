package dev.plimsoll.runtime.worker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The main class of a child JVM: reads jobs from standard input, one JSON object a line, and answers each on standard
/// output. What jobs print goes to standard error.
public final class Child {
    /// Says that memory was refused; also what -XX:+ExitOnOutOfMemoryError ends with.
    static final int OUT_OF_MEMORY = 3;
    private static final int CANNOT_START = 4;
    private static final int CANNOT_GO_ON = 5;
    private static final int DEEPEST_CAUSE = 20;
    private static final int LONGEST_MESSAGE = 4000;

    private final Work work;
    private final OutputStream out;

    private Child(Work work, OutputStream out) {
        this.work = work;
        this.out = out;
    }

    /// @param args the name of a class that implements [Work]
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        var jobs = new LinkedBlockingQueue<Job>();
        var reader = new Thread(() -> read(jobs), "plimsoll-jobs");
        reader.setDaemon(true);
        reader.start();
        var child = new Child(load(args[0]), out);
        child.say("{\"ready\":true}");
        try {
            while (true) {
                // A job that leaves its thread interrupted leaves it to nobody else.
                Thread.interrupted();
                child.run(jobs.take());
            }
        } finally {
            // Threads that jobs started must not keep alive what takes no jobs any more.
            Runtime.getRuntime().halt(CANNOT_GO_ON);
        }
    }

    private static Work load(String name) {
        try {
            return Class.forName(name).asSubclass(Work.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError wrong) {
            System.err
                    .println("`" + name + "` is no class that implements Work and has a constructor without arguments: "
                            + wrong);
            Runtime.getRuntime().halt(CANNOT_START);
            throw new IllegalStateException(wrong);
        }
    }

    /// The input ends when the parent closes it or dies; either way this process has nothing left to do, whatever a
    /// job is doing.
    private static void read(BlockingQueue<Job> jobs) {
        try (var in = new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in),
                StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                jobs.add(Job.parse(line));
            }
        } catch (IOException | IllegalArgumentException broken) {
            System.err.println("the parent's messages cannot be read: " + broken);
        }
        Runtime.getRuntime().halt(0);
    }

    private void run(Job job) throws IOException {
        var head = "{\"job\":" + Json.quote(job.id());
        try {
            work.run(job);
            tidy();
            say(head + ",\"done\":true}");
        } catch (Throwable failed) {
            var memory = isForMemory(failed);
            say(head + ",\"failed\":" + Json.quote(cut(String.valueOf(failed))) + ",\"memory\":" + memory + "}");
            if (memory) {
                Runtime.getRuntime().halt(OUT_OF_MEMORY);
            }
        }
    }

    /// The parent reads no more of a line than [Lines#LONGEST].
    private static String cut(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }

    /// The parent cannot tell garbage from what is kept; without this it would replace a child after a mere peak.
    private static void tidy() {
        var heap = Runtime.getRuntime();
        if (heap.totalMemory() > heap.maxMemory() / 2) {
            System.gc();
        }
    }

    private static boolean isForMemory(Throwable failed) {
        var cause = failed;
        for (var depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private void say(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
