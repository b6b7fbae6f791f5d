package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Tag;

/// Keys and channels of a namespace.
record Names(String namespace) {
    String generation(String tag) {
        return namespace + ":g:" + tag;
    }

    Tag tag(String generationKey) {
        return Tag.of(generationKey.substring(generation("").length()));
    }

    /// Sorted set of the processes that keep values themselves.
    String members() {
        return namespace + ":members";
    }

    /// Channel of invalidations.
    String everyone() {
        return namespace + ":invalidated";
    }

    /// Channel of answers to one member.
    String answers(String member) {
        return namespace + ":answers:" + member;
    }
}
