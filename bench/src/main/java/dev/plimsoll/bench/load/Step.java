package dev.plimsoll.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One load on a server.
///
/// @param id part of file names
/// @param name as the tables show it
/// @param clients how many send it at once
record Step(String id, String name, Kind kind, int clients) {
    /// What the clients do.
    enum Kind {
        TPC_B, SELECT, MIXED, BUILD
    }

    static final List<Step> ALL = List.of(new Step("tpcb", "TPC-B-like, 20 clients", Kind.TPC_B, 20),
            new Step("select", "select-only, 20 clients", Kind.SELECT, 20),
            new Step("mixed-20", "mixed, 20 clients", Kind.MIXED, 20),
            new Step("mixed-60", "mixed, 60 clients", Kind.MIXED, 60),
            new Step("mixed-120", "mixed, 120 clients", Kind.MIXED, 120),
            new Step("build", "index build, 20 TPC-B-like clients", Kind.BUILD, 20));

    /// What pgbench is told to send.
    List<String> load(Path scripts, Sizes sizes) {
        return switch (kind) {
            case TPC_B, BUILD -> List.of("-b", "tpcb-like");
            case SELECT -> List.of("-b", "select-only");
            case MIXED -> {
                var words = new ArrayList<>(List.of("-D", "factor=" + sizes.factor()));
                Script.ALL.forEach(script -> words.addAll(List.of("-f", scripts.resolve(script.file()) + "@"
                        + script.weight())));
                yield words;
            }
        };
    }
}
