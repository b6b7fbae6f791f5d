package dev.plimsoll.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ports of the loopback interface that nobody listens on.
public final class FreePorts {
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
        return earlier.filter(FreePorts::isFree).orElseGet(() -> pick(1).getFirst());
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
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
