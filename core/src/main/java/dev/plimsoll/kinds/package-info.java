/// What Plimsoll knows about families of services: recognition, settings, memory models. One file a kind.
@NullMarked
package dev.plimsoll.kinds;

import org.jspecify.annotations.NullMarked;
