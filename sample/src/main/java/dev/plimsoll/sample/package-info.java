/// Reading Room: upload documents, ask questions about them.
@NullMarked
package dev.plimsoll.sample;

import org.jspecify.annotations.NullMarked;
