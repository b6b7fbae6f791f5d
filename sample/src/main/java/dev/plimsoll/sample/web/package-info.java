/// The HTTP interface.
@NullMarked
package dev.plimsoll.sample.web;

import org.jspecify.annotations.NullMarked;
