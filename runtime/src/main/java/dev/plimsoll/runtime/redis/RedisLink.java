package dev.plimsoll.runtime.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The commands of one process to Redis. They never wait longer than the options' patience, and not at all while Redis
/// is known to be away. A lost connection is made anew in the background; commands under way at the loss fail and are
/// not repeated.
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    /// For what is done in the background: connecting, subscribing.
    private static final Duration BACKGROUND_PATIENCE = Duration.ofSeconds(1);
    private static final Duration RECONNECT_INTERVAL = Duration.ofMillis(250);
    /// Between attempts while Redis does not answer.
    private static final Duration CIRCUIT_PAUSE = Duration.ofMillis(500);
    /// A connection that is open and brought no answer for so long counts as dead.
    private static final Duration SILENCE = Duration.ofSeconds(2);
    /// The kernel's two hours are longer than routers and firewalls remember an idle connection.
    private static final Duration KEEPALIVE_IDLE = Duration.ofSeconds(10);
    private static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(2);
    private static final int KEEPALIVE_COUNT = 3;

    private final RedisURI uri;
    private final RedisOptions options;
    private final ClientResources resources;
    private final RedisClient client;
    private final ScheduledExecutorService background;
    private final Circuit circuit = new Circuit(CIRCUIT_PAUSE);
    private final Pulse pulse = new Pulse(SILENCE);
    private volatile @Nullable Server server;
    private volatile boolean closed;
    private boolean complained;

    /// A connection and the run of the server at its other end.
    record Server(StatefulRedisConnection<String, byte[]> connection, String run) {}

    private RedisLink(RedisURI uri, RedisOptions options) {
        this.uri = uri;
        this.options = options;
        // Two of each is the least that Lettuce takes, and enough for three connections.
        resources = DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
        client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder().autoReconnect(false).protocolVersion(ProtocolVersion.RESP3)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(socket(uri)).build());
        background = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("plimsoll-redis")
                .factory());
    }

    /// TCP_USER_TIMEOUT is missing, because Lettuce refuses to connect with it where Netty's native transport
    /// is absent.
    private static SocketOptions socket(RedisURI uri) {
        var options = SocketOptions.builder().connectTimeout(BACKGROUND_PATIENCE);
        return uri.getSocket() == null
                ? options.keepAlive(SocketOptions.KeepAliveOptions.builder().enable().idle(KEEPALIVE_IDLE).interval(
                        KEEPALIVE_INTERVAL).count(KEEPALIVE_COUNT).build()).build()
                : options.build();
    }

    /// Connects, or goes on trying in the background if Redis is away.
    ///
    /// @param uri such as `redis://127.0.0.1:6379` or `redis-socket:///run/redis.sock`
    /// @throws IllegalArgumentException if it reads as no [RedisAddress]
    public static RedisLink open(String uri, RedisOptions options) {
        var address = RedisAddress.parse(uri).uri();
        address.setTimeout(BACKGROUND_PATIENCE);
        var link = new RedisLink(address, options);
        link.connect();
        var unused = link.background.scheduleWithFixedDelay(link::tend, RECONNECT_INTERVAL.toMillis(),
                RECONNECT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return link;
    }

    public RedisOptions options() {
        return options;
    }

    /// A key of this link's namespace.
    public String key(String kind, String name) {
        return options.namespace() + ":" + kind + ":" + name;
    }

    /// The result of a command, within the patience.
    public <T> T ask(Command<T> command) throws UnreachableException {
        return askServer((commands, run) -> command.send(commands));
    }

    /// The same for commands whose answer is understood only together with the server's run.
    public <T> T askServer(BiFunction<RedisAsyncCommands<String, byte[]>, String, Future<T>> command)
            throws UnreachableException {
        if (!circuit.admits(System.nanoTime())) {
            throw new UnreachableException("Redis did not answer a moment ago");
        }
        return insist(command, options.patience());
    }

    /// The result of a command that is tried whatever happened a moment ago.
    <T> T insist(BiFunction<RedisAsyncCommands<String, byte[]>, String, Future<T>> command, Duration patience)
            throws UnreachableException {
        var present = server;
        if (present == null || !present.connection().isOpen()) {
            throw new UnreachableException("there is no connection to Redis");
        }
        try {
            return await(command.apply(present.connection().async(), present.run()), patience);
        } catch (RedisException closing) {
            throw new UnreachableException("the connection to Redis is closing", closing);
        }
    }

    <T> T await(Future<T> command, Duration patience) throws UnreachableException {
        try {
            var answer = command.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            circuit.succeeded();
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted", interrupted);
        } catch (TimeoutException | ExecutionException | RuntimeException failure) {
            if (!(failure.getCause() instanceof RedisCommandExecutionException)) {
                circuit.failed(System.nanoTime());
            }
            throw new UnreachableException("Redis did not answer: " + failure, failure);
        }
    }

    /// Sends a command whose result nobody needs; it is lost if Redis is away.
    public void tell(Command<?> command) {
        var present = server;
        if (present != null && present.connection().isOpen() && circuit.isClosed()) {
            try {
                var unused = command.send(present.connection().async());
            } catch (RedisException closing) {
                LOG.debug("lost with the connection", closing);
            }
        }
    }

    /// A further connection, for commands that hold up all after them, such as a blocking XREAD. The caller closes it,
    /// and makes another when it is lost. Its synchronous commands wait for 1 s.
    public StatefulRedisConnection<String, byte[]> connectFurther() throws UnreachableException {
        try {
            return connected();
        } catch (RuntimeException | ExecutionException away) {
            throw new UnreachableException("Redis cannot be connected to", away);
        }
    }

    /// Closes what connects only after whoever waited was interrupted.
    private StatefulRedisConnection<String, byte[]> connected() throws UnreachableException, ExecutionException {
        var connecting = client.connectAsync(CODEC, uri);
        try {
            return connecting.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            var unused = connecting.thenCompose(StatefulRedisConnection::closeAsync);
            throw new UnreachableException("interrupted", interrupted);
        }
    }

    RedisClient client() {
        return client;
    }

    RedisURI uri() {
        return uri;
    }

    ScheduledExecutorService background() {
        return background;
    }

    /// Runs in the background.
    private void tend() {
        var present = server;
        if (present != null && !circuit.isClosed() && pulse.isSilent(present.connection(), System.nanoTime())) {
            LOG.warn("Redis has not answered for {} ms, and gets a new connection", SILENCE.toMillis());
            server = null;
            var unused = present.connection().closeAsync();
        }
        connect();
    }

    private void connect() {
        var present = server;
        if (closed || (present != null && present.connection().isOpen())) {
            return;
        }
        try {
            server = greeted(client.connect(CODEC, uri));
            circuit.succeeded();
            complained = false;
        } catch (RuntimeException away) {
            if (!complained) {
                LOG.warn("Redis is away, trying again in the background: {}", away.toString());
                complained = true;
            }
        }
    }

    /// Closes the connection again if the server does not say who it is.
    private Server greeted(StatefulRedisConnection<String, byte[]> connection) {
        try {
            var greeted = new Server(connection, run(connection));
            connection.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                    if (!closed) {
                        background.execute(RedisLink.this::connect);
                    }
                }
            });
            return greeted;
        } catch (RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    /// The run of the server at the other end, which changes when it is restarted: it may have forgotten the last
    /// invalidations then.
    public static String run(StatefulRedisConnection<String, byte[]> connection) {
        return run(connection.sync().info("server"));
    }

    /// Out of `INFO server`. Interned, as it is compared for every value that is returned.
    static String run(String info) {
        return info.lines().filter(line -> line.startsWith("run_id:")).findFirst()
                .map(line -> line.substring("run_id:".length()).strip().intern())
                .orElseThrow(() -> new IllegalStateException("the server does not tell its run_id"));
    }

    /// Whether commands go to this run of a server, or went there last.
    boolean isAt(String run) {
        var present = server;
        return present != null && present.run().equals(run);
    }

    /// Whether commands go to another one.
    boolean isElsewhere(String run) {
        var present = server;
        return present != null && !present.run().equals(run);
    }

    /// Gives up a connection to another server than this, as after a failover that one connection has not noticed.
    void leaveOther(String run) {
        var present = server;
        if (present != null && isElsewhere(run) && present.connection().isOpen()) {
            LOG.warn("commands go to another Redis than the one that tells of invalidations; connecting anew");
            server = null;
            var unused = present.connection().closeAsync().thenRun(() -> background.execute(this::connect));
        }
    }

    @Override
    public void close() {
        closed = true;
        background.shutdownNow();
        Optional.ofNullable(server).filter(present -> present.connection().isOpen())
                .ifPresent(present -> present.connection().close());
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
