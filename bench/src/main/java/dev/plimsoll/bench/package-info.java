/// Side-by-side benchmarks: how fast Plimsoll is beside another linter, what its plans permit beside other tuners'
/// settings, and how they do under load.
@NullMarked
package dev.plimsoll.bench;

import org.jspecify.annotations.NullMarked;
