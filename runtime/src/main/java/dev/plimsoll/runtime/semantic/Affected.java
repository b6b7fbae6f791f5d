package dev.plimsoll.runtime.semantic;

/// An entry whose answer a new document may change.
///
/// @param id of the entry
/// @param surely whether the document is more similar than the weakest source beyond the doubt of an estimate; else
/// the entry's own vector has to tell
record Affected(long id, boolean surely) {}
