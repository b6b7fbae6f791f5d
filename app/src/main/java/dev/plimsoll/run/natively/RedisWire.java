package dev.plimsoll.run.natively;

import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Credentials.Login;
import dev.plimsoll.run.State.PublishedPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A Redis on an address of the loopback interface, spoken to in its own protocol, version 2.
record RedisWire(String host, int port) {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int MOST_BYTES = 8_000_000;
    private static final int MOST_ELEMENTS = 1_000_000;

    static RedisWire of(PublishedPort at) {
        return new RedisWire(at.host(), at.published());
    }

    /// One line for each element, nested lists flat. Tries the logins in order until one may do it; when none may, the
    /// first one's refusal says why.
    Answer ask(List<Login> logins, List<String> words) {
        var refusals = new ArrayList<Answer>();
        for (var login : logins) {
            var answer = ask(login, words);
            if (answer instanceof Answer.Text) {
                return answer;
            }
            refusals.add(answer);
        }
        return refusals.isEmpty() ? new Answer.None("no login is known") : refusals.getFirst();
    }

    private Answer ask(Login login, List<String> words) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            var in = new BufferedInputStream(socket.getInputStream());
            if (!login.password().isEmpty()) {
                socket.getOutputStream().write(request(login.user().isEmpty()
                        ? List.of("AUTH", login.password())
                        : List.of("AUTH", login.user(), login.password())));
                lines(in);
            }
            socket.getOutputStream().write(request(words));
            return new Answer.Text(String.join("\n", lines(in)));
        } catch (Refused refused) {
            return new Answer.None(refused.text);
        } catch (SocketTimeoutException late) {
            return Answer.None.ofSilence("no answer on port " + port + " in good time");
        } catch (IOException unreachable) {
            return new Answer.None("no answer on port " + port);
        }
    }

    private static byte[] request(List<String> words) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (var word : words) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(bytes);
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static List<String> lines(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        // Elements still to be read; lists add theirs, so that nesting needs no recursion.
        for (var open = 1L; open > 0; open--) {
            var head = line(in);
            var rest = head.substring(1);
            switch (head.charAt(0)) {
                case '+', ':' -> lines.add(rest);
                case '-' -> throw new Refused(rest);
                case '$' -> lines.add(bulk(in, number(rest, MOST_BYTES)));
                case '*' -> open += Math.max(0, number(rest, MOST_ELEMENTS));
                default -> throw new IOException("no Redis");
            }
            if (lines.size() > MOST_ELEMENTS) {
                throw new IOException("too much");
            }
        }
        return lines;
    }

    private static String bulk(InputStream in, int length) throws IOException {
        if (length < 0) {
            return "";
        }
        var text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        line(in);
        return text;
    }

    private static int number(String text, int most) throws IOException {
        if (!text.matches("-?\\d{1,9}") || Integer.parseInt(text) > most) {
            throw new IOException("no sensible length");
        }
        return Integer.parseInt(text);
    }

    /// Up to CR LF.
    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() > MOST_BYTES) {
                throw new IOException("the connection ended");
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        var text = line.toString(StandardCharsets.UTF_8);
        return text.isEmpty() ? " " : text;
    }

    /// An error reply.
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final String text;

        Refused(String text) {
            super(text);
            this.text = text;
        }
    }
}
