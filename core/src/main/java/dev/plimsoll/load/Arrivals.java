package dev.plimsoll.load;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;

/// When requests come.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "model")
@JsonSubTypes({@JsonSubTypes.Type(value = Arrivals.Open.class, name = "open"),
        @JsonSubTypes.Type(value = Arrivals.Closed.class, name = "closed")})
public sealed interface Arrivals {
    /// From start to end, warm-up included.
    Duration span();

    /// At a rate that does not wait for the server, as users of a public service do.
    record Open(List<Stage> stages) implements Arrivals {
        public Open {
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalArgumentException("a load needs a stage");
            }
        }

        @Override
        public Duration span() {
            return stages.stream().map(Stage::span).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /// Each client sends its next request when the last was answered: the server sets the pace, and a stall hides the
    /// requests that would have come meanwhile.
    ///
    /// @param warmUp thrown away at the start
    record Closed(int clients, Duration warmUp, Duration measured) implements Arrivals {
        public Closed {
            if (clients < 1 || warmUp.isNegative() || measured.isNegative() || measured.isZero()) {
                throw new IllegalArgumentException("no load: " + clients + " clients for " + measured);
            }
        }

        @Override
        public Duration span() {
            return warmUp.plus(measured);
        }
    }
}
