package dev.plimsoll.load;

import java.util.ArrayList;
import java.util.List;

/// What is kept of some phases together, of all requests and of each. Not safe for several threads.
final class Totals {
    private final Tally all;
    /// Times from when requests were written.
    private final Tally service;
    private final List<Tally> requests = new ArrayList<>();

    /// @param mostMicros longer times are taken for this
    Totals(int requests, long mostMicros) {
        all = new Tally(mostMicros);
        service = new Tally(mostMicros);
        for (var at = 0; at < requests; at++) {
            this.requests.add(new Tally(mostMicros));
        }
    }

    void due(int request) {
        all.plan();
        requests.get(request).plan();
    }

    void ended(Ended one) {
        all.end(one);
        requests.get(one.request()).end(one);
        one.serviceMicros().filter(_ -> one.isTimed()).ifPresent(service::time);
    }

    void add(Totals more) {
        all.add(more.all);
        service.add(more.service);
        for (var at = 0; at < requests.size(); at++) {
            requests.get(at).add(more.requests.get(at));
        }
    }

    Counts counts() {
        return all.counts();
    }

    Latency latency() {
        return all.latency();
    }

    Latency serviceTime() {
        return service.latency();
    }

    List<Latency.Point> curve() {
        return all.curve();
    }

    /// @param names of the requests
    List<ProfileRun.OneRequest> requests(List<String> names) {
        var found = new ArrayList<ProfileRun.OneRequest>();
        for (var at = 0; at < names.size(); at++) {
            found.add(new ProfileRun.OneRequest(names.get(at), requests.get(at).counts(), requests.get(at).latency()));
        }
        return found;
    }
}
