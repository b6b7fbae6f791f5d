package dev.plimsoll.load;

/// Shown while a load runs, once a second.
@FunctionalInterface
public interface Live {
    /// @param name the profile, or the step of a search
    /// @param second the last one; its slowest requests may still be under way
    /// @param failed requests that failed in it, whenever they were due
    /// @param share of the load's time that has passed, 0 to 1
    void second(String name, Second second, long failed, double share);
}
