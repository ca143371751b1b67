package org.midonet.agent.balance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.Ipv4Address;

/** Asks members whether they are well, from a network namespace. Safe to share. */
final class Prober implements AutoCloseable {
  private static final int MOST_OCTETS = 256;

  private final NetworkNamespace namespace;
  private final SSLContext tls = trustingAnybody();

  /** Sockets are opened by a thread that is in the namespace, and used by others. */
  private final ExecutorService inside;

  private final ExecutorService probes =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("health-probe").factory());

  Prober(NetworkNamespace namespace) {
    this.namespace = namespace;
    this.inside =
        namespace.call(() -> {
          ExecutorService one =
              Executors.newSingleThreadExecutor(
                  Thread.ofPlatform().name("health-sockets").daemon().factory());
          one.submit(() -> {}).get(); // its thread is inside from the first
          return one;
        });
  }

  /**
   * Probes a member, which takes no longer than the timeout of its watch.
   *
   * @return null if it is well, else what is wrong
   */
  @Nullable String probe(Watch watch, Ipv4Address alias) throws InterruptedException {
    Future<@Nullable String> answer = probes.submit(() -> ask(watch, alias));
    try {
      return answer.get(watch.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "no answer in " + watch.timeout().toSeconds() + " s";
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause == null ? e.toString() : String.valueOf(cause.getMessage());
    } finally {
      answer.cancel(true); // which closes the socket it waits on
    }
  }

  private @Nullable String ask(Watch watch, Ipv4Address alias) throws Exception {
    InetAddress address = InetAddress.ofLiteral(alias.toString());
    return switch (watch.kind()) {
      case Watch.Kind.Ping() -> ping(address, watch.timeout());
      case Watch.Kind.Tcp() -> {
        connect(address, watch.port()).close();
        yield null;
      }
      case Watch.Kind.Http http -> {
        try (SocketChannel channel = connect(address, watch.port())) {
          yield request(channel.socket(), http, watch);
        }
      }
    };
  }

  /** As root the JDK sends an ICMP echo; it waits in native code, so not on a virtual thread. */
  private @Nullable String ping(InetAddress address, Duration timeout) {
    boolean answered = namespace.call(() -> address.isReachable((int) timeout.toMillis()));
    return answered ? null : "no echo reply";
  }

  private SocketChannel connect(InetAddress address, int port)
      throws IOException, InterruptedException, ExecutionException {
    SocketChannel channel =
        inside.submit(() -> SocketChannel.open(StandardProtocolFamily.INET)).get();
    try {
      channel.connect(new InetSocketAddress(address, port));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private @Nullable String request(Socket plain, Watch.Kind.Http http, Watch watch)
      throws IOException {
    if (!isToken(http.method()) || !isToken(http.path())) {
      return "'%s %s' cannot be asked".formatted(http.method(), http.path());
    }
    try (Socket socket = http.tls() ? secured(plain, watch) : plain) {
      String request =
          "%s %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: midonet-health-monitor\r\nAccept: */*\r\nConnection: close\r\n\r\n"
              .formatted(http.method(), http.path(), watch.target().address(), watch.port());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String line = firstLine(socket.getInputStream());
      String[] words = line.split(" ", 3);
      boolean isStatus =
          words.length > 1 && words[0].startsWith("HTTP/") && words[1].matches("\\d{3}");
      if (!isStatus) {
        return "'%s' is no answer of HTTP".formatted(line);
      }
      return http.codes().contains(Integer.parseInt(words[1])) ? null : "status " + words[1];
    }
  }

  /** Nothing that would end a word of the request. */
  private static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private SSLSocket secured(Socket plain, Watch watch) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(plain, watch.target().address().toString(), watch.port(), true);
    socket.startHandshake();
    return socket;
  }

  private static String firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      if (line.size() == MOST_OCTETS) {
        break;
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private static SSLContext trustingAnybody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has TLS
    }
  }

  @Override
  public void close() {
    probes.shutdownNow();
    inside.shutdownNow();
  }
}
