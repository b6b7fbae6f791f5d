package dev.plimsoll.runtime.semantic;

/// When an answer was begun: what came before may be among its sources, and what came later is not.
///
/// @param known up to where changes were known to have been told
/// @param untold how many documents of this process could not be told by then
public record Begun(Position known, long untold) {}
