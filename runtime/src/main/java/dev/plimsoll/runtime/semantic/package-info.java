/// A cache of answers found by meaning: the nearest stored question above a threshold, never another tenant's,
/// never one that a changed document has made stale.
@NullMarked
package dev.plimsoll.runtime.semantic;

import org.jspecify.annotations.NullMarked;
