package dev.plimsoll.runtime.semantic;

import java.util.Arrays;

/// Room for some entries of one scope, in arrays that never grow. A slot is free when its expiry is zero.
final class Piece {
    /// Longs of live bits, of which one holds 64 slots.
    private static final int SLOTS_A_WORD = Long.SIZE;
    private static final int COLUMNS = Radius.FIRST / Integer.SIZE;
    private static final short NOWHERE = -1;
    /// Longs in a line of a processor's cache.
    private static final int LINE = 8;

    private final int slots;
    private final int words;
    /// Longs of a head.
    private final int head;
    /// The first plane of all codes, one array for each 32 signs: the loop over a column becomes vector instructions.
    private final int[][] columns = new int[COLUMNS][];
    /// What a near code is judged by first, side by side so that it comes with one or two reads of memory: its signs
    /// once more, its expiry, and its scale and sum. Apart from them the planes of size, which are rarely read.
    private final long[] heads;
    private final long[] sizes;
    private final float[] weakest;
    private final long[] ids;
    private final long[] live;
    /// Slots by identifier: open addressing, at most half full.
    private final short[] places;
    private int size;

    Piece(int slots, int width) {
        this.slots = slots;
        this.words = width / Long.SIZE;
        for (var column = 0; column < COLUMNS; column++) {
            columns[column] = new int[slots];
        }
        head = words + 2;
        heads = new long[slots * head];
        sizes = new long[slots * Code.SIZES * words];
        weakest = new float[slots];
        ids = new long[slots];
        live = new long[slots / SLOTS_A_WORD];
        places = new short[2 * slots];
        Arrays.fill(places, NOWHERE);
    }

    /// Bytes that a piece of so many slots takes, headers of its arrays included.
    static long bytes(int slots, int width) {
        var each = COLUMNS * Integer.BYTES + Code.PLANES * width / Byte.SIZE + Integer.BYTES + 2 * Float.BYTES
                + 2 * Long.BYTES + 2 * Short.BYTES;
        var headers = (COLUMNS + 7) * 16L + 100;
        return (long) slots * each + slots / Byte.SIZE + headers;
    }

    int slots() {
        return slots;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == slots;
    }

    /// Puts an entry into a free slot.
    void add(long id, long expiry, float weakestSource, Code code) {
        var slot = freeSlot();
        for (var column = 0; column < COLUMNS; column++) {
            columns[column][slot] = half(code.planes(), column);
        }
        System.arraycopy(code.planes(), 0, heads, slot * head, words);
        heads[slot * head + words] = expiry;
        heads[slot * head + words + 1] = (long) Float.floatToRawIntBits(code.scale()) << Integer.SIZE | code.sum();
        System.arraycopy(code.planes(), words, sizes, slot * Code.SIZES * words, Code.SIZES * words);
        weakest[slot] = weakestSource;
        ids[slot] = id;
        live[slot / SLOTS_A_WORD] |= 1L << slot;
        places[placeFor(id)] = (short) slot;
        size++;
    }

    /// The slot of an entry, -1 when there is none.
    int find(long id) {
        return places[placeFor(id)];
    }

    void free(int slot) {
        forget(placeFor(ids[slot]));
        heads[slot * head + words] = 0;
        live[slot / SLOTS_A_WORD] &= ~(1L << slot);
        size--;
    }

    long id(int slot) {
        return ids[slot];
    }

    /// When the entry expires, in milliseconds since 1970; zero when the slot is free.
    long expiry(int slot) {
        return heads[slot * head + words];
    }

    /// The similarity of the weakest source that the entry's answer was made from.
    float weakest(int slot) {
        return weakest[slot];
    }

    float cosine(Probe probe, int slot) {
        var last = heads[slot * head + words + 1];
        return probe.cosine(heads, slot * head, sizes, slot * Code.SIZES * words, (int) last, Float.intBitsToFloat(
                (int) (last >>> Integer.SIZE)));
    }

    /// One number of each line of memory that holds the planes of size.
    long touch(int slot) {
        var read = 0L;
        for (var at = slot * Code.SIZES * words; at < (slot + 1) * Code.SIZES * words; at += LINE) {
            read ^= sizes[at];
        }
        return read;
    }

    int distance(Probe probe, int slot) {
        return probe.distance(heads, slot * head);
    }

    /// How many signs of the first plane differ, for every slot.
    void distances(Probe probe, int[] into) {
        count(columns[0], columns[1], columns[2], columns[3], probe.signs(), into);
    }

    private static void count(int[] first, int[] second, int[] third, int[] fourth, long[] signs, int[] into) {
        var a = half(signs, 0);
        var b = half(signs, 1);
        var c = half(signs, 2);
        var d = half(signs, 3);
        for (var slot = 0; slot < first.length; slot++) {
            into[slot] = Integer.bitCount(first[slot] ^ a) + Integer.bitCount(second[slot] ^ b)
                    + Integer.bitCount(third[slot] ^ c) + Integer.bitCount(fourth[slot] ^ d);
        }
    }

    private static int half(long[] signs, int column) {
        return (int) (signs[column / 2] >>> Integer.SIZE * (column % 2));
    }

    private int freeSlot() {
        for (var word = 0; word < live.length; word++) {
            if (live[word] != -1L) {
                return word * SLOTS_A_WORD + Long.numberOfTrailingZeros(~live[word]);
            }
        }
        throw new IllegalStateException("the piece is full");
    }

    private int placeFor(long id) {
        var place = home(id);
        while (places[place] != NOWHERE && ids[places[place]] != id) {
            place = place + 1 & places.length - 1;
        }
        return place;
    }

    private int home(long id) {
        return (int) (id * 0x9E3779B97F4A7C15L >>> 40) & places.length - 1;
    }

    /// Closes the gap, so that no search ends too early.
    private void forget(int gap) {
        var open = gap;
        for (var place = open + 1 & places.length - 1; places[place] != NOWHERE; place = place + 1
                & places.length - 1) {
            var wanted = home(ids[places[place]]);
            var reach = place - wanted & places.length - 1;
            if (reach >= (place - open & places.length - 1)) {
                places[open] = places[place];
                open = place;
            }
        }
        places[open] = NOWHERE;
    }
}
