package dev.plimsoll.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Whether the service will be able to listen, found out before it does anything else.
final class Door {
    private Door() {}

    /// @throws SettingException that names the setting at fault
    static void check(String host, int port) {
        var address = address(host);
        if (!opens(address, 0)) {
            throw new SettingException("HOST", "is `" + host + "`, which is no address of this machine",
                    "use 127.0.0.1 for clients of this machine, 0.0.0.0 for all");
        }
        if (!opens(address, port)) {
            throw new SettingException("PORT", "is `" + port + "`, where nothing can listen on " + host,
                    "choose one from 1024 on that no other program has");
        }
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new SettingException("HOST", "is `" + host + "`, which has no address",
                    "use 127.0.0.1 for clients of this machine, 0.0.0.0 for all");
        }
    }

    private static boolean opens(InetAddress address, int port) {
        try (var socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
