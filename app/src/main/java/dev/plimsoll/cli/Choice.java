package dev.plimsoll.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads one of a few words, in any case.
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> values;

    Choice(List<E> values) {
        this.values = values;
    }

    @Override
    public E convert(String text) {
        return values.stream().filter(value -> value.toString().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new TypeConversionException("`" + text + "` is none of "
                        + values.stream().map(Enum::toString).collect(Collectors.joining(", "))));
    }
}
