package dev.plimsoll.bench.load;

import java.util.List;

/// placeholder
record Page(Options options, List<String> words, List<Contestant> contestants, Results results, Machine machine) {
    String text() {
        return "";
    }
}
