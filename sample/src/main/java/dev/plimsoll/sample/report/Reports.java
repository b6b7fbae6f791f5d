package dev.plimsoll.sample.report;

import dev.plimsoll.sample.store.Questions;
import java.util.List;

/// Reports, kept until their source is synced.
public interface Reports {
    /// Questions that the documents of a source answer badly.
    ///
    /// @param source empty for all
    List<Questions.Gap> gaps(String source);

    /// Documents of a source by how many answers rest on them.
    ///
    /// @param source empty for all
    List<Questions.Impact> impact(String source);

    /// Makes all reports stale that hold figures of the source.
    void changed(String source);
}
