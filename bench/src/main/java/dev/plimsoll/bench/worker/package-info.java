/// Bounded workers under jobs that leak and under parents that are killed, beside Celery.
@NullMarked
package dev.plimsoll.bench.worker;

import org.jspecify.annotations.NullMarked;
