package dev.plimsoll.runtime.semantic;

/// A place in the changes that processes tell each other. They are in order within a run of the server that keeps them;
/// another run may have begun from an older state, so its positions say nothing about these.
///
/// @param run of the server, empty where none was heard of
/// @param time and `order` of the change, both only growing
public record Position(String run, long time, long order) implements Comparable<Position> {
    /// Of a process that knows of no changes yet.
    static final Position UNKNOWN = new Position("", 0, 0);

    /// @param id of a message in a stream, two numbers with a dash between
    static Position of(String run, String id) {
        var dash = id.indexOf('-');
        return new Position(run, Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1)));
    }

    /// Before all changes of a run.
    static Position start(String run) {
        return new Position(run, 0, 0);
    }

    String id() {
        return time + "-" + order;
    }

    boolean isOfRunOf(Position other) {
        return run.equals(other.run);
    }

    boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    /// Within a run; it is not compared.
    @Override
    public int compareTo(Position other) {
        return time == other.time ? Long.compare(order, other.order) : Long.compare(time, other.time);
    }
}
