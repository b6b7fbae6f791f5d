/// Reads from a Dockerfile what a container of its image starts with. Nothing is built, and no base image is
/// looked into.
@NullMarked
package dev.plimsoll.dockerfile;

import org.jspecify.annotations.NullMarked;
