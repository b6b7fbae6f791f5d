package dev.plimsoll.spring;

import static dev.plimsoll.spring.PropertyException.require;

import dev.plimsoll.runtime.semantic.Threshold;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The cache of answers to questions that mean the same.
///
/// @param dimensions Of the embeddings, 128 to 4096. Without it there is no semantic cache.
/// @param indexSize Of the vectors in this process, 1 MB or more.
/// @param storeSize Of the answers in this process where no Redis is set, 1 MB or more.
/// @param cosine From which a question is near, above 0 to 1. Without it each scope finds its own from verdicts.
@ConfigurationProperties(prefix = "plimsoll.semantic", ignoreUnknownFields = false)
public record SemanticProperties(@DefaultValue("0") int dimensions, @DefaultValue("64MB") DataSize indexSize,
        @DefaultValue("64MB") DataSize storeSize, @Nullable Double cosine) {
    private static final DataSize LEAST = DataSize.ofMegabytes(1);

    public SemanticProperties {
        require(dimensions == 0 || (dimensions >= 128 && dimensions <= 4096), "plimsoll.semantic.dimensions",
                dimensions, "write the length of the embeddings, 128 to 4096");
        require(indexSize.compareTo(LEAST) >= 0, "plimsoll.semantic.index-size", indexSize, "write 1MB or more");
        require(storeSize.compareTo(LEAST) >= 0, "plimsoll.semantic.store-size", storeSize, "write 1MB or more");
        require(cosine == null || (cosine > 0 && cosine <= 1), "plimsoll.semantic.cosine", String.valueOf(cosine),
                "write a number above 0 and at most 1, such as 0.93, or leave it out");
    }

    Threshold threshold() {
        return cosine == null ? Threshold.Calibrated.usual() : new Threshold.Fixed(cosine);
    }
}
