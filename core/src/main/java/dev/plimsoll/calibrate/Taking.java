package dev.plimsoll.calibrate;

import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Measurement;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// A constant that was looked for: measured, or not and why.
public sealed interface Taking {
    Constant constant();

    /// A value that says something.
    record Measured(Measurement measurement) implements Taking {
        @Override
        public Constant constant() {
            return measurement.constant();
        }
    }

    /// No value.
    ///
    /// @param why one line
    record Refused(Constant constant, String why) implements Taking {}

    /// Measured when the value can be one of that constant. Bytes and counts are whole, ratios have three decimals.
    static Taking of(Constant constant, double value, State state, String how) {
        var rounded = Double.isFinite(value)
                ? BigDecimal.valueOf(value).setScale(constant.unit() == Constant.Unit.RATIO ? 3 : 0,
                        RoundingMode.HALF_UP).doubleValue()
                : -1;
        return constant.admits(rounded)
                ? new Measured(new Measurement(constant, rounded, state.when(), how))
                : new Refused(constant, how + " gives " + BigDecimal.valueOf(rounded).toPlainString()
                        + ", which cannot be right");
    }
}
