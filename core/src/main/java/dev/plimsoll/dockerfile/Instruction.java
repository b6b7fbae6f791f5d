package dev.plimsoll.dockerfile;

/// One instruction of a Dockerfile, continued lines joined.
///
/// @param keyword in upper case
/// @param arguments the rest, without blanks around it
/// @param line where it begins, 1 for the first
/// @param hasHeredoc whether lines after it belong to it, which are left out
record Instruction(String keyword, String arguments, int line, boolean hasHeredoc) {}
