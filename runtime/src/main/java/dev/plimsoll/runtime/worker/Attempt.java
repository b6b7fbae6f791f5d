package dev.plimsoll.runtime.worker;

import java.time.Duration;

/// An attempt at a job that ended.
///
/// @param peak the most private memory of the child and all it started that was seen while the job ran
/// @param waited for admission and a free child
/// @param message why it ended, empty when done
public record Attempt(Job job, Outcome outcome, Memory peak, Duration waited, Duration took, String message) {
    private static final int LONGEST = 2000;

    public Attempt {
        message = message.replace('\0', ' ');
        message = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    }
}
