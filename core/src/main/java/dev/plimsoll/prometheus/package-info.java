/// What the Prometheus and Alertmanager of a stack really load: configs, rules, expressions, and where they stand.
@NullMarked
package dev.plimsoll.prometheus;

import org.jspecify.annotations.NullMarked;
