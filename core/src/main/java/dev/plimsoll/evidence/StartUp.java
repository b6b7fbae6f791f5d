package dev.plimsoll.evidence;

import java.time.Instant;

/// One time that a stack was brought up.
///
/// @param runtime where it ran
/// @param when the moment all of it answered
/// @param seconds from the first command until then, images not included
/// @param services that were started
public record StartUp(String version, String project, String runtime, Instant when, double seconds, int services) {}
