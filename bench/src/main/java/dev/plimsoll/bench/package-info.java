/// Side-by-side benchmarks: how fast Plimsoll is beside another linter, and what its plans permit beside other tuners'
/// settings.
@NullMarked
package dev.plimsoll.bench;

import org.jspecify.annotations.NullMarked;
