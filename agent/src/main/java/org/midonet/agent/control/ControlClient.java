package org.midonet.agent.control;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Asks the agent of this host. Stateless. */
public final class ControlClient {
  private static final int MAX_BODY = 256 << 20;

  private ControlClient() {}

  /**
   * Asks, and waits for the answer.
   *
   * @throws IOException if no agent listens on the socket, or the user may not speak to it
   */
  public static ControlAnswer ask(Path socket, ControlRequest request) throws IOException {
    StringBuilder text = new StringBuilder();
    ControlAnswer answer = follow(socket, request, line -> text.append(line).append('\n'));
    return text.isEmpty() ? answer : new ControlAnswer(answer.status(), text.toString());
  }

  /**
   * Asks, and hands on each line of a long answer when it comes. What is not a long answer is
   * returned.
   *
   * @throws IOException as {@link #ask}, or if the agent ends in the middle of its answer
   */
  public static ControlAnswer follow(Path socket, ControlRequest request, Consumer<String> lines)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String start = request.method() + " " + request.path() + " HTTP/1.1\r\nHost: localhost";
      ByteBuffer out =
          ByteBuffer.wrap(HttpMessage.encode(start, "application/json", request.body()));
      while (out.hasRemaining()) {
        channel.write(out);
      }
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
      HttpMessage.Head head = HttpMessage.readHead(in);
      if (!head.chunked()) {
        return new ControlAnswer(
            status(head.start()), HttpMessage.body(in, Math.min(head.length(), MAX_BODY)));
      }
      BufferedReader text =
          new BufferedReader(new InputStreamReader(new Chunks.In(in), StandardCharsets.UTF_8));
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines.accept(line);
      }
      return new ControlAnswer(status(head.start()), "");
    }
  }

  private static int status(String start) throws IOException {
    String[] words = start.split(" ", 3);
    try {
      return Integer.parseInt(words.length < 2 ? "" : words[1]);
    } catch (NumberFormatException e) {
      throw new IOException("the agent did not answer in HTTP", e);
    }
  }
}
