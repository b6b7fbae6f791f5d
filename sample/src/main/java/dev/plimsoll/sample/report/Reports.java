package dev.plimsoll.sample.report;

import dev.plimsoll.sample.store.Questions;
import java.time.Duration;
import java.util.List;

/// Reports, kept until their source is synced.
public interface Reports {
    /// After which a report is made anew also without a sync.
    Duration LIFE = Duration.ofMinutes(5);
    /// Of questions that a report looks back on.
    int DAYS = 30;
    int LINES = 50;
    /// An answer below this does not answer. Assumption: half the words of the question are missing there.
    double WELL = 0.4;
    /// That kept reports take in this process; one of 50 lines is about 10 kB.
    long MOST_BYTES = 2L * 1024 * 1024;

    /// Questions that the documents of a source answer badly.
    ///
    /// @param source empty for all
    List<Questions.Gap> gaps(String source);

    /// Documents of a source by how many answers rest on them.
    ///
    /// @param source empty for all
    List<Questions.Impact> impact(String source);
}
