package dev.plimsoll.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Ports of the loopback interface that nobody listens on.
public final class FreePorts {
    public static final String LOOPBACK = "127.0.0.1";
    private static final int TRIES = 5;

    private FreePorts() {}

    /// Different ones, held open together while they are picked.
    public static List<Integer> pick(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var at = 0; at < count; at++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException none) {
            throw new EnvironmentException("No port of the loopback interface is free", "Check `ip addr show lo`");
        } finally {
            sockets.forEach(FreePorts::close);
        }
    }

    /// The port of an earlier start where it is free still, else another.
    public static int again(Optional<Integer> earlier) {
        return earlier.filter(port -> isFree(LOOPBACK, port)).orElseGet(() -> pick(1).getFirst());
    }

    /// An address of the loopback interface that nobody else uses, where this port is free: all of 127.0.0.0/8 is that
    /// interface. Empty when another program has the port on all addresses.
    ///
    /// @param earlier the address of an earlier start, taken again where it is free still
    public static Optional<String> ownAddress(int port, Optional<String> earlier) {
        return Stream.concat(earlier.stream(), Stream.generate(FreePorts::drawn).limit(TRIES))
                .filter(address -> isFree(address, port)).findFirst();
    }

    /// Far from the few that systems give a name.
    private static String drawn() {
        var random = ThreadLocalRandom.current();
        return "127." + random.nextInt(64, 128) + "." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
    }

    public static boolean isFree(String address, int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is only there to be closed.
        }
    }
}
