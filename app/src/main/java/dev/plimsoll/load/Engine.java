package dev.plimsoll.load;

/// Sends a load and records what comes back. One load at a time; connections stay open from one to the next.
interface Engine extends AutoCloseable {
    /// One word for reports.
    String name();

    /// Starts a load and returns at once.
    void begin(Arrivals arrivals, Recorder recorder);

    /// Whether all that was due has been taken up.
    boolean isDue();

    /// Ends the load at once: what is under way stays without an end.
    void abandon();

    /// Connections in use or kept open.
    int connections();

    /// Requests due that have no connection yet.
    long waiting();

    /// The most connections that were open at once.
    int mostConnections();

    /// Share of the time since the last call in which the thread that reads answers did not rest; 0 where several
    /// threads read.
    double busy();

    @Override
    void close();
}
