package dev.plimsoll.runtime.worker;

/// How a child's run of a job ended.
record Run(Outcome outcome, Memory peak, String message) {}
