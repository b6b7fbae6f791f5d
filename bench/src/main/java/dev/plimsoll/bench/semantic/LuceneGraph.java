package dev.plimsoll.bench.semantic;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/// Lucene's graph of neighbours as it comes: 16 links, 100 candidates when it is built, segments as merged by default.
final class LuceneGraph implements Contender {
    /// Neighbours asked for; with one alone the graph misses about every second.
    private static final int ASKED = 10;
    private static final int BUFFER_MB = 512;

    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private int size;
    private DirectoryReader reader;
    private IndexSearcher searcher;

    LuceneGraph() throws IOException {
        writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(BUFFER_MB));
        reader = DirectoryReader.open(writer);
        searcher = new IndexSearcher(reader);
    }

    @Override
    public String title() {
        return "Lucene HNSW";
    }

    @Override
    public void add(int id, float[] vector) throws IOException {
        var document = new Document();
        document.add(new KnnFloatVectorField("v", vector, VectorSimilarityFunction.DOT_PRODUCT));
        document.add(new NumericDocValuesField("id", id));
        writer.addDocument(document);
        size++;
    }

    @Override
    public void finish() throws IOException {
        writer.commit();
        reader.close();
        reader = DirectoryReader.open(writer);
        searcher = new IndexSearcher(reader);
    }

    @Override
    public int find(float[] asked, double threshold) throws IOException {
        var found = searcher.search(new KnnFloatVectorQuery("v", asked, ASKED), 1).scoreDocs;
        // Lucene's score of a dot product is (1 + cosine) / 2.
        if (found.length == 0 || 2 * found[0].score - 1 < threshold) {
            return -1;
        }
        var ids = MultiDocValues.getNumericValues(reader, "id");
        ids.advanceExact(found[0].doc);
        return (int) ids.longValue();
    }

    @Override
    public double bytesEach() throws IOException {
        var bytes = 0.0;
        for (var file : directory.listAll()) {
            bytes += directory.fileLength(file);
        }
        return bytes / size;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
        directory.close();
    }
}
