package dev.plimsoll.runtime.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a child process is started.
public sealed interface ChildCommand {
    /// The words of the command, program first.
    List<String> words(Limits limits);

    /// Variables of this process that a child must not see.
    default List<String> notInherited() {
        return List.of();
    }

    /// A JVM of the same JDK, with flags that keep it small.
    ///
    /// @param work a class that implements [Work] and has a constructor without arguments
    /// @param options more flags, which win over these
    record Java(String work, String classPath, List<String> options) implements ChildCommand {
        /// Threads, code, classes and the collector's tables, beside the heap: about 20 MB in a bare child. With less
        /// room the heap, of which a fifth is for young objects, would be full before the soft limit retires the
        /// child that earlier jobs have filled.
        private static final Memory BESIDE_HEAP = Memory.ofMegabytes(40);

        public Java {
            options = List.copyOf(options);
        }

        /// Options that suit a heap, or a collector, of the parent's size.
        @Override
        public List<String> notInherited() {
            return List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
        }

        @Override
        public List<String> words(Limits limits) {
            var ceiling = limits.ceiling();
            var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-Xms8m",
                    "-Xmx" + Memory.max(ceiling.percent(50), ceiling.minus(BESIDE_HEAP)).megabytes() + "m",
                    "-XX:MaxDirectMemorySize=" + ceiling.percent(75).megabytes() + "m", "-Xss512k",
                    "-XX:NewRatio=4", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=24m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-XX:-UsePerfData",
                    "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30"));
            words.addAll(options);
            words.addAll(List.of("-cp", classPath, Child.class.getName(), work));
            return words;
        }
    }

    /// Any program that speaks the protocol on its standard input and output.
    record Program(List<String> command) implements ChildCommand {
        public Program {
            command = List.copyOf(command);
        }

        @Override
        public List<String> words(Limits limits) {
            return command;
        }
    }

    /// With the class path of this JVM.
    static ChildCommand java(Class<? extends Work> work) {
        return new Java(work.getName(), System.getProperty("java.class.path"), List.of());
    }
}
