package dev.plimsoll.load;

import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Http;
import java.util.Optional;

/// The page of metrics that many services offer at `/metrics`. Asked for until it is known not to be there.
final class MetricsPage {
    private static final String PATH = "/metrics";
    private static final int MOST_FAILURES = 2;

    private final Endpoint endpoint;
    private int failures;
    private boolean seen;

    MetricsPage(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// The page's text; empty when there is none.
    Optional<String> read() {
        if (endpoint.tls() || !seen && failures >= MOST_FAILURES) {
            return Optional.empty();
        }
        try (var http = new Http()) {
            if (http.get(endpoint.bareHost(), endpoint.port(), PATH) instanceof Answer.Text(String text)) {
                seen = true;
                return Optional.of(text);
            }
            failures++;
            return Optional.empty();
        }
    }
}
