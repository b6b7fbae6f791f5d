package dev.plimsoll.units;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How one program writes memory sizes. The same text means different sizes to different programs: `512m` is
/// 536,870,912 bytes to Compose, 512,000,000 to Redis, and no size at all to Postgres.
public enum MemoryDialect {
    /// Docker's `RAMInBytes`: binary units, any case, optional `b` and `ib`, decimals allowed.
    COMPOSE(true, ",b k,kb,kib m,mb,mib g,gb,gib t,tb,tib p,pb,pib", ""),
    /// Postgres' `parse_int`; units are case-sensitive. A bare number is in the setting's own unit, which the caller
    /// knows.
    POSTGRES(false, "B kB MB GB TB", ""),
    /// Redis' `memtoull`: `k` is 1000 and `kb` is 1024, any case.
    REDIS(true, ",b kb mb gb", "- k m g"),
    /// The JVM's `-Xmx` and friends: a bare number is bytes.
    JVM(true, ", k m g t", ""),
    /// Prometheus' `units.Base2Bytes`, for `--storage.tsdb.retention.size`.
    PROMETHEUS(false, "B KB,KiB MB,MiB GB,GiB TB,TiB PB,PiB EB,EiB", ""),
    /// Go's GOMEMLIMIT.
    GO(false, ",B KiB MiB GiB TiB", ""),
    /// Kubernetes quantities.
    KUBERNETES(false, ", Ki Mi Gi Ti", "- k M G T");

    private static final Pattern SIZE = Pattern.compile("\\s*(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*([A-Za-z]*)\\s*");
    private static final int MOST_DIGITS = 30;
    private static final BigDecimal MOST = new BigDecimal(BigInteger.valueOf(Long.MAX_VALUE));

    private final boolean ignoresCase;
    private final Map<String, Long> units = new HashMap<>();

    /// @param binary names of the units, grouped by power of 1024 from 0 upwards; `,` alone is the empty name
    /// @param decimal the same by power of 1000; `-` stands for none
    MemoryDialect(boolean ignoresCase, String binary, String decimal) {
        this.ignoresCase = ignoresCase;
        add(binary, 1024);
        add(decimal, 1000);
    }

    /// Empty when `text` is no size in this dialect, or none that fits 63 bits.
    public Optional<MemorySize> parse(String text) {
        var match = SIZE.matcher(text);
        if (text.length() > 2 * MOST_DIGITS || !match.matches()) {
            return Optional.empty();
        }
        var factor = units.get(ignoresCase ? match.group(2).toLowerCase(Locale.ROOT) : match.group(2));
        if (factor == null) {
            return Optional.empty();
        }
        var bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(factor));
        return bytes.compareTo(MOST) > 0 ? Optional.empty() : Optional.of(new MemorySize(bytes.longValue()));
    }

    private void add(String groups, long base) {
        var factor = 1L;
        for (var group : groups.split(" ")) {
            if (!group.equals("-") && !groups.isEmpty()) {
                for (var name : group.split(",", -1)) {
                    units.put(name, factor);
                }
            }
            factor *= base;
        }
    }
}
