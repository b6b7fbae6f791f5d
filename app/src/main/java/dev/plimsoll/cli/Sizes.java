package dev.plimsoll.cli;

import dev.plimsoll.stack.HostFacts;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Readers of the quantities that options take.
final class Sizes {
    private Sizes() {}

    /// A size of 1 MB at least, as Compose writes it.
    static final class AboveZero implements ITypeConverter<MemorySize> {
        @Override
        public MemorySize convert(String text) {
            return HostFacts.memory(text)
                    .orElseThrow(() -> bad(text, "a size with its unit, 1m or more, such as 512m or 4GB"));
        }
    }

    /// A size as Compose writes it; zero is one.
    static final class AnySize implements ITypeConverter<MemorySize> {
        @Override
        public MemorySize convert(String text) {
            return MemoryDialect.COMPOSE.parse(text).orElseThrow(() -> bad(text, "a size such as 512m or 4GB, or 0"));
        }
    }

    /// A number of CPU cores above zero.
    static final class Cores implements ITypeConverter<Millicores> {
        @Override
        public Millicores convert(String text) {
            return HostFacts.cpus(text).orElseThrow(() -> bad(text, "a number of cores such as 2 or 0.5"));
        }
    }

    private static TypeConversionException bad(String text, String form) {
        return new TypeConversionException("`" + text + "` is not " + form);
    }
}
