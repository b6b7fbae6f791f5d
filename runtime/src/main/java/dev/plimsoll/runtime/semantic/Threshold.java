package dev.plimsoll.runtime.semantic;

/// Which entries are near enough to be given.
public sealed interface Threshold {
    /// Only those with the same question, but for spaces and marks.
    record SameText() implements Threshold {}

    /// Those with at least this cosine. Nothing is known about false hits.
    record Fixed(double cosine) implements Threshold {
        public Fixed {
            if (!(cosine > 0 && cosine <= 1)) {
                throw new IllegalArgumentException("a cosine to be near is above 0 and at most 1, not " + cosine);
            }
        }
    }

    /// The lowest cosine at which verdicts show, for each scope by itself, that at most a share of the hits is false;
    /// until then only the same text.
    ///
    /// @param falseHits the share, such as 0.01
    /// @param error probability that a scope gets a threshold whose share is larger, such as 0.05
    /// @param checked share of lookups with a near entry that is drawn to be checked once there is a threshold, such as
    /// 0.02; before, all are
    record Calibrated(double falseHits, double error, double checked) implements Threshold {
        public Calibrated {
            if (!(falseHits > 0 && falseHits < 1 && error > 0 && error < 1 && checked >= 0 && checked <= 1)) {
                throw new IllegalArgumentException("shares lie between 0 and 1, not " + falseHits + ", " + error + ", "
                        + checked);
            }
        }

        /// At most 1 hit in 100 false, wrong about that in 1 scope of 20, and 1 near lookup in 50 checked.
        public static Calibrated usual() {
            return new Calibrated(0.01, 0.05, 0.02);
        }
    }
}
