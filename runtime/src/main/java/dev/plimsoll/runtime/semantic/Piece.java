package dev.plimsoll.runtime.semantic;

import java.util.Arrays;

/// Room for some entries of one scope, in arrays that never grow. A slot is free when its expiry is zero.
final class Piece {
    /// Slots of a group: those that share a long of live bits, and a few pages of memory.
    static final int GROUP = Long.SIZE;
    private static final short NOWHERE = -1;

    private final int slots;
    private final int words;
    /// Longs of a head and of what is kept apart.
    private final int head;
    private final int rest;
    /// The first signs of all codes, one array for each 32: the loop over a column becomes vector instructions.
    private final int[][] columns;
    /// What a near code is judged by first, side by side so that it comes with one or two reads of memory: its signs
    /// once more, its expiry, its coarse scales and sums, and the next plane. Apart from them the two lowest planes,
    /// scale and sum, which are rarely read.
    private final long[] heads;
    private final long[] rests;
    private final float[] weakest;
    private final long[] ids;
    private final long[] live;
    /// Slots by identifier: open addressing, at most half full.
    private final short[] places;
    private int size;

    Piece(int slots, int width) {
        this.slots = slots;
        this.words = width / Long.SIZE;
        columns = new int[columns(width)][slots];
        head = Code.COARSE * words + 2;
        rest = (Code.PLANES - Code.COARSE) * words + 1;
        heads = new long[slots * head];
        rests = new long[slots * rest];
        weakest = new float[slots];
        ids = new long[slots];
        live = new long[slots / GROUP];
        places = new short[2 * slots];
        Arrays.fill(places, NOWHERE);
    }

    /// Bytes that a piece of so many slots takes, headers of its arrays included.
    static long bytes(int slots, int width) {
        var each = columns(width) * Integer.BYTES + Code.PLANES * width / Byte.SIZE + 2 * (Integer.BYTES + Float.BYTES)
                + Float.BYTES + 2 * Long.BYTES + 2 * Short.BYTES;
        var headers = (columns(width) + 7) * 16L + 100;
        return (long) slots * each + slots / Byte.SIZE + headers;
    }

    private static int columns(int width) {
        return Radius.steps(width) * Radius.STEP / Integer.SIZE;
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

    int groups() {
        return live.length;
    }

    boolean isEmpty(int group) {
        return live[group] == 0;
    }

    boolean isFull(int group) {
        return live[group] == -1L;
    }

    /// How many signs of a code differ from those of a group's first entry.
    int distance(Code code, int group) {
        var first = (group * GROUP + Long.numberOfTrailingZeros(live[group])) * head;
        var differing = 0;
        for (var word = 0; word < words; word++) {
            differing += Long.bitCount(heads[first + word] ^ code.planes()[word]);
        }
        return differing;
    }

    /// Puts an entry into a free slot of a group.
    void add(int group, long id, long expiry, float weakestSource, Code code) {
        var slot = group * GROUP + Long.numberOfTrailingZeros(~live[group]);
        for (var column = 0; column < columns.length; column++) {
            columns[column][slot] = half(code.planes(), column);
        }
        System.arraycopy(code.planes(), 0, heads, slot * head, words);
        heads[slot * head + words] = expiry;
        heads[slot * head + words + 1] = packCoarse(code);
        System.arraycopy(code.planes(), words, heads, slot * head + words + 2, words);
        System.arraycopy(code.planes(), Code.COARSE * words, rests, slot * rest, rest - 1);
        rests[slot * rest + rest - 1] = pack(code.scale(), code.sum());
        weakest[slot] = weakestSource;
        ids[slot] = id;
        live[slot / GROUP] |= 1L << slot;
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
        live[slot / GROUP] &= ~(1L << slot);
        size--;
    }

    /// The code of an entry as it was put in, but for scales that were shortened then.
    Code code(int slot) {
        var planes = new long[Code.PLANES * words];
        System.arraycopy(heads, slot * head, planes, 0, words);
        System.arraycopy(heads, slot * head + words + 2, planes, words, words);
        System.arraycopy(rests, slot * rest, planes, Code.COARSE * words, rest - 1);
        var coarse = heads[slot * head + words + 1];
        var fine = rests[slot * rest + rest - 1];
        return new Code(planes, (int) fine, scale(fine), (int) coarse >>> 16, Float.float16ToFloat(
                (short) (coarse >>> 48)), (int) coarse & 0xffff, Float.float16ToFloat((short) (coarse >>> 32)));
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

    /// How many signs of the whole code differ.
    int distance(Probe probe, int slot) {
        return probe.distance(heads, slot * head);
    }

    /// The product with the signs, from which the cosines are told.
    int signProduct(Probe probe, int slot) {
        return probe.product(heads, slot * head);
    }

    /// The cosine as the signs tell it.
    ///
    /// @param signs the product with them
    float cosineBySigns(Probe probe, int slot, int signs) {
        var last = heads[slot * head + words + 1];
        return probe.bySigns(signs, (int) last >>> 16, Float.float16ToFloat((short) (last >>> 48)));
    }

    /// The cosine as two planes tell it.
    ///
    /// @param signs the product with the signs
    float coarseCosine(Probe probe, int slot, int signs) {
        var last = heads[slot * head + words + 1];
        return probe.coarse(signs, probe.product(heads, slot * head + words + 2), (int) last & 0xffff, Float
                .float16ToFloat((short) (last >>> 32)));
    }

    /// The cosine as all planes tell it.
    float cosine(Probe probe, int slot) {
        var last = rests[slot * rest + rest - 1];
        return probe.cosine(signProduct(probe, slot), heads, slot * head + words + 2, rests, slot * rest, (int) last,
                scale(last));
    }

    /// How many of the signs that are read for every slot differ.
    ///
    /// @param step how many of them are read, as in [Radius]
    void distances(Probe probe, int step, int[] into) {
        if (step == 0) {
            count(columns[0], columns[1], probe.signs(), into);
        } else {
            count(columns[0], columns[1], columns[2], columns[3], probe.signs(), into);
        }
        if (step == 2) {
            add(columns[4], columns[5], half(probe.signs(), 4), half(probe.signs(), 5), into);
        }
    }

    private static long pack(float scale, int sum) {
        return (long) Float.floatToRawIntBits(scale) << Integer.SIZE | sum;
    }

    private static float scale(long packed) {
        return Float.intBitsToFloat((int) (packed >>> Integer.SIZE));
    }

    /// Scales in half the bits, which cost them a four-thousandth at most.
    private static long packCoarse(Code code) {
        return (long) Float.floatToFloat16(code.signScale()) << 48
                | (Float.floatToFloat16(code.coarseScale()) & 0xffffL) << 32 | (long) code.signs() << 16
                | code.coarseSum();
    }

    private static void count(int[] first, int[] second, long[] signs, int[] into) {
        var a = half(signs, 0);
        var b = half(signs, 1);
        for (var slot = 0; slot < first.length; slot++) {
            into[slot] = Integer.bitCount(first[slot] ^ a) + Integer.bitCount(second[slot] ^ b);
        }
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

    private static void add(int[] first, int[] second, int a, int b, int[] to) {
        for (var slot = 0; slot < first.length; slot++) {
            to[slot] += Integer.bitCount(first[slot] ^ a) + Integer.bitCount(second[slot] ^ b);
        }
    }

    private static int half(long[] signs, int column) {
        return (int) (signs[column / 2] >>> Integer.SIZE * (column % 2));
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
