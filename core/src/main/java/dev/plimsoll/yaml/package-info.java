/// YAML 1.2 as located, immutable nodes: anchors, merge keys and Compose tags resolved, expansion bounded.
@NullMarked
package dev.plimsoll.yaml;

import org.jspecify.annotations.NullMarked;
