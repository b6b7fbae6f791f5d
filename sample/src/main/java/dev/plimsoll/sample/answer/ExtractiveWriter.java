package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Passage;
import dev.plimsoll.sample.search.Wanted;
import dev.plimsoll.sample.text.Chunks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Answers with sentences of the documents themselves: nothing is made up, and nothing is put together.
public final class ExtractiveWriter implements Writer {
    private static final int SENTENCES = 3;
    private static final String NAME = "extractive";
    private static final String NOTHING = "The documents hold nothing on this.";

    private record Sentence(Passage passage, String text, double score) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer write(String question, List<Passage> passages) {
        var words = Wanted.of(question);
        var sentences = new ArrayList<Sentence>();
        passages.forEach(passage -> Chunks.sentences(passage.text()).forEach(text -> sentences.add(new Sentence(
                passage, text, words.shareIn(text) * (0.5 + passage.score() / 2)))));
        var best = sentences.stream().filter(sentence -> sentence.score() > 0).sorted(Comparator
                .comparingDouble(Sentence::score).reversed()).limit(SENTENCES).toList();
        if (best.isEmpty()) {
            return new Answer(NOTHING, 0, NAME, List.of());
        }
        var confidence = passages.stream().mapToDouble(Passage::score).max().orElse(0);
        return new Answer(best.stream().map(Sentence::text).distinct().collect(Collectors.joining(" ")), confidence,
                NAME, best.stream().map(sentence -> new Answer.Citation(sentence.passage().documentId(),
                        sentence.passage().title(), sentence.passage().ordinal(), sentence.text(), sentence.passage()
                                .score()))
                        .toList());
    }
}
