package dev.plimsoll.bench.worker;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Options of the form `--name=value` and `--name`.
record Options(Map<String, String> values) {
    static Options parse(String[] args, List<String> known) {
        var values = List.of(args).stream().map(arg -> arg.split("=", 2)).collect(Collectors.toMap(pair -> pair[0],
                pair -> pair.length > 1 ? pair[1] : "true"));
        values.keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("`" + name + "` is no option; there are " + String.join(", ", known));
        });
        return new Options(values);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, String.valueOf(otherwise)));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }
}
