package dev.plimsoll.bench.stress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The load generators that may be on the PATH. wrk2 builds a program called `wrk`; it is looked for as `wrk2`.
final class Peers {
    private static final Pattern NONE = Pattern.compile("(?!)()");
    /// More than any of them can send.
    private static final int FULL_SPEED = 1_000_000;

    private Peers() {}

    /// What each of them does about a rate that is to be kept. wrk and ab know none: one or two connections of theirs
    /// come near it, as the server takes 2 ms for an answer.
    static List<Peer> atRate(int rate, int seconds) {
        return installed(wrk("wrk -c 1, closed", "wrk -t 1 -c 1 --latency", seconds),
                wrk("wrk2", "wrk2 -t 1 -c 50 --latency -R " + rate, seconds),
                ab("ab -c 2, closed", 2, seconds),
                hey("hey -c 50 -q " + rate / 50, seconds),
                autocannon("autocannon -R", "-c 50 -R " + rate, seconds));
    }

    /// 50 connections, each of which asks again when it was answered; wrk2 is asked for more than it can send.
    static List<Peer> atFullSpeed(int seconds) {
        return installed(wrk("wrk", "wrk -t 1 -c 50", seconds),
                wrk("wrk2", "wrk2 -t 1 -c 50 -R " + FULL_SPEED, seconds),
                ab("ab", 50, seconds), hey("hey -c 50", seconds), autocannon("autocannon", "-c 50", seconds));
    }

    private static List<Peer> installed(Peer... peers) {
        return Arrays.stream(peers).filter(peer -> Peer.isInstalled(peer.command().getFirst())).toList();
    }

    private static Peer wrk(String name, String command, int seconds) {
        return new Peer(name, words(command + " -d " + seconds + "s URL"), Pattern.compile(
                "Requests/sec:\\s+([0-9.]+)"), Pattern.compile("99(?:\\.000)?%\\s+(\\S+)"),
                Pattern.compile("99\\.900%\\s+(\\S+)"));
    }

    private static Peer ab(String name, int connections, int seconds) {
        return new Peer(name, words("ab -q -k -c " + connections + " -t " + seconds + " -n 10000000 URL"), Pattern
                .compile("Requests per second:\\s+([0-9.]+)"), Pattern.compile("99%\\s+(\\d+)"), NONE);
    }

    private static Peer hey(String command, int seconds) {
        return new Peer(command, words(command + " -z " + seconds + "s URL"), Pattern.compile(
                "Requests/sec:\\s+([0-9.]+)"), Pattern.compile("99%+ in (\\S+ s)ecs"), NONE);
    }

    private static Peer autocannon(String name, String options, int seconds) {
        return new Peer(name, words("autocannon " + options + " -d " + seconds + " -j -n URL"), Pattern.compile(
                "\"requests\":\\{\"average\":([0-9.]+)"), Pattern.compile("\"latency\":\\{[^}]*\"p99\":([0-9.]+)"),
                Pattern.compile("\"latency\":\\{[^}]*\"p99_9\":([0-9.]+)"));
    }

    private static List<String> words(String command) {
        return new ArrayList<>(List.of(command.split(" ")));
    }
}
