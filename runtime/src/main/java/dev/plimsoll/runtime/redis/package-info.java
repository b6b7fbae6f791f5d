/// The way to Redis or Valkey: commands that give up soon, and generations of tags that several processes share.
@NullMarked
package dev.plimsoll.runtime.redis;

import org.jspecify.annotations.NullMarked;
