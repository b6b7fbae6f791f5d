package dev.plimsoll.verify;

import java.util.List;

/// One of the questions that a verification answers. Each is one class, listed in [Scenarios].
public interface Scenario {
    /// One word for `--only`.
    String id();

    String title();

    List<Check> checks(Look look);
}
