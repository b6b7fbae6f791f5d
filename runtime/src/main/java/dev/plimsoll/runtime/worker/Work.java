package dev.plimsoll.runtime.worker;

/// What a child process does with jobs. A child has one, made with its constructor without arguments, and gives it one
/// job at a time.
public interface Work {
    /// Does a job. To return is to have done it; to throw is to have failed.
    ///
    /// It may be run again after the child or its parent died in the middle, so that what it does elsewhere should bear
    /// being done twice: write with the job's id as key.
    void run(Job job) throws Exception;
}
