package dev.plimsoll.stack;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An image reference taken apart.
///
/// @param repository registry and path in lower case, without tag: `docker.io/library/postgres` is `postgres`
/// @param tag empty when none is given
public record Image(String reference, String repository, Optional<String> tag, Optional<String> digest) {
    private static final Pattern REFERENCE = Pattern.compile(
            "(?:(?:[a-zA-Z0-9.-]+|\\[[0-9a-fA-F:]+])(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
                    + "(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
                    + "(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?");
    private static final Pattern MAJOR = Pattern
            .compile("(?!alpine)[A-Za-z_-]*?v?(\\d+)(?:(?:[.\\-_]|alpha|beta|rc).*)?");
    /// A host and name of 255 characters, a tag of 128 and the longest digest.
    private static final int MOST_CHARACTERS = 600;

    public static Image of(String reference) {
        var rest = reference.strip();
        Optional<String> digest = Optional.empty();
        var at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        var colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        var repository = rest.toLowerCase(Locale.ROOT);
        for (var prefix : new String[]{"docker.io/", "index.docker.io/", "registry-1.docker.io/"}) {
            repository = repository.startsWith(prefix) ? repository.substring(prefix.length()) : repository;
        }
        repository = repository.startsWith("library/") ? repository.substring("library/".length()) : repository;
        return new Image(reference, repository, tag, digest);
    }

    /// The last part of the repository: `pgvector` for `pgvector/pgvector:pg16`.
    public String name() {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    /// The first number of the tag: 15 for `15-alpine`, 16 for `pg16`. Empty for `latest`, `alpine3.20` and the like.
    public Optional<Integer> major() {
        return tag.flatMap(text -> {
            var match = MAJOR.matcher(text);
            return match.matches() && match.group(1).length() < 6
                    ? Optional.of(Integer.parseInt(match.group(1)))
                    : Optional.empty();
        });
    }

    /// Whether the engine would accept the reference.
    public boolean isWellFormed() {
        return reference.length() <= MOST_CHARACTERS && REFERENCE.matcher(reference.strip()).matches();
    }

    /// Whether the same text may mean another image tomorrow.
    public boolean isFloating() {
        return digest.isEmpty() && tag.filter(text -> text.chars().anyMatch(Character::isDigit)).isEmpty();
    }
}
