package org.midonet.neutron.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Serves every connection as HTTP/1.1, {@link OldRequests} included; immutable and safe to share
 * between threads.
 *
 * <p>It must be the only selector: a connection then counts as idle from its first moment, before
 * its first byte.
 */
record Http1Selector(ServerConnectionSelector http1, String host, int maxLine, int maxHeaders)
    implements ServerConnectionSelector {

  /**
   * Makes a selector.
   *
   * @param host what a request without {@code Host} is taken to ask for
   */
  static Http1Selector of(Http1Config config, String host) {
    return new Http1Selector(
        Http1ConnectionSelector.builder().config(config).build(),
        host,
        config.maxPrologueLength(),
        config.maxHeadersSize());
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    OldRequests bytes = new OldRequests(context.dataReader(), host, maxLine, maxHeaders);
    return http1.connection(new Reading(context, DataReader.create(bytes)));
  }

  /** A connection that is read otherwise. */
  private record Reading(ConnectionContext inner, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return inner.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return inner.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return inner.dataWriter();
    }

    @Override
    public Router router() {
      return inner.router();
    }

    @Override
    public HelidonSocket serverSocket() {
      return inner.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return inner.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return inner.localPeer();
    }

    @Override
    public boolean isSecure() {
      return inner.isSecure();
    }

    @Override
    public String socketId() {
      return inner.socketId();
    }

    @Override
    public String childSocketId() {
      return inner.childSocketId();
    }
  }
}
