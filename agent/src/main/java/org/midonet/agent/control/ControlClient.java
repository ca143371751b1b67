package org.midonet.agent.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

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
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String start = request.method() + " " + request.path() + " HTTP/1.1\r\nHost: localhost";
      ByteBuffer out =
          ByteBuffer.wrap(HttpMessage.encode(start, "application/json", request.body()));
      while (out.hasRemaining()) {
        channel.write(out);
      }
      HttpMessage answer =
          HttpMessage.read(new BufferedInputStream(Channels.newInputStream(channel)), MAX_BODY);
      String[] words = answer.start().split(" ", 3);
      if (words.length < 2) {
        throw new IOException("the agent did not answer in HTTP");
      }
      return new ControlAnswer(Integer.parseInt(words[1]), answer.body());
    } catch (NumberFormatException e) {
      throw new IOException("the agent did not answer in HTTP", e);
    }
  }
}
