package dev.plimsoll.observe;

import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All facts of one look at a running stack, and what could not be observed.
public record Observations(List<Observation> facts, List<Unobserved> gaps) {
    public static final Observations NONE = new Observations(List.of(), List.of());

    public Observations {
        facts = List.copyOf(facts);
        gaps = List.copyOf(gaps);
    }

    /// The same with more facts.
    public Observations and(List<Observation> more) {
        var all = new ArrayList<>(facts);
        all.addAll(more);
        return new Observations(all, gaps);
    }

    /// Something that was looked for in vain.
    ///
    /// @param service the service it is about; empty for the server
    /// @param what what could not be read, as in [Observation#what], or a prefix of it
    /// @param why one line
    public record Unobserved(Optional<String> service, String what, String why) {}

    /// Everything about one service, in the order it was read.
    public Stream<Observation> of(String service) {
        return facts.stream().filter(fact -> fact.service().filter(service::equals).isPresent());
    }

    /// One fact about a service; of several containers the first.
    public Optional<Observation> fact(String service, String what) {
        return of(service).filter(fact -> fact.what().equals(what)).findFirst();
    }

    public Optional<String> text(String service, String what) {
        return fact(service, what).map(Observation::value);
    }

    public Optional<Double> number(String service, String what) {
        return fact(service, what).flatMap(Observation::number);
    }

    public Optional<MemorySize> size(String service, String what) {
        return number(service, what).filter(bytes -> bytes >= 0).map(bytes -> MemorySize.ofBytes(bytes.longValue()));
    }

    /// Facts about a service whose name starts with `prefix`.
    public Stream<Observation> all(String service, String prefix) {
        return of(service).filter(fact -> fact.what().startsWith(prefix));
    }

    /// Why something about a service is missing.
    public Optional<String> gap(String service, String what) {
        return gaps.stream().filter(gap -> gap.service().filter(service::equals).isPresent()
                && what.startsWith(gap.what())).map(Unobserved::why).findFirst();
    }
}
