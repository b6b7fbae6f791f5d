package dev.plimsoll.runtime.worker;

import java.time.Duration;

/// What a child process may take.
///
/// @param ceiling of private memory of the child with all it starts; at it the child is killed, while a job runs too
/// @param soft a child that holds more after a job is replaced
/// @param jobs a child is replaced after about as many; a tenth more or less, so that not all go at once
/// @param wall a job that takes longer is killed with all it started
/// @param grace for a child to end by itself when it is replaced
public record Limits(Memory ceiling, Memory soft, int jobs, Duration wall, Duration grace) {
    /// A bare JVM child takes about 20 MB, one with JDBC and JSON 60 (measured with 4 children at once, JDK 25).
    private static final Memory LEAST = Memory.ofMegabytes(48);

    public Limits {
        if (LEAST.isMoreThan(ceiling)) {
            throw new IllegalArgumentException("a child needs a ceiling of at least " + LEAST + ", not " + ceiling);
        }
        if (!ceiling.isMoreThan(soft)) {
            throw new IllegalArgumentException("the soft limit " + soft + " must be below the ceiling " + ceiling);
        }
        if (jobs < 1) {
            throw new IllegalArgumentException("a child does at least 1 job, not " + jobs);
        }
        if (wall.isNegative() || wall.isZero()) {
            throw new IllegalArgumentException("the wall timeout must be more than nothing, not " + wall);
        }
    }

    /// Replaced at two thirds of the ceiling and after 1000 jobs, 10 minutes a job. At two thirds the heap of a bare
    /// child that leaks is not full yet; the others are assumptions.
    public static Limits of(Memory ceiling) {
        return new Limits(ceiling, ceiling.percent(66), 1000, Duration.ofMinutes(10), Duration.ofSeconds(2));
    }

    public Limits withSoft(Memory value) {
        return new Limits(ceiling, value, jobs, wall, grace);
    }

    public Limits withJobs(int value) {
        return new Limits(ceiling, soft, value, wall, grace);
    }

    public Limits withWall(Duration value) {
        return new Limits(ceiling, soft, jobs, value, grace);
    }
}
