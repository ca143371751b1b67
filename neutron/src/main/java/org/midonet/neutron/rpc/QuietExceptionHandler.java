package org.midonet.neutron.rpc;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of exceptions in the client library's own threads; safe to share between threads.
 *
 * <p>A broken connection is reported by {@link RabbitLink}, once; the library would add stacks to
 * it. A consumer that throws has a bug: that is logged, and the channel lives on.
 */
final class QuietExceptionHandler extends DefaultExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(QuietExceptionHandler.class);

  @Override
  public void handleUnexpectedConnectionDriverException(Connection connection, Throwable thrown) {
    log.debug("RabbitMQ connection failed", thrown);
  }

  @Override
  public void handleConsumerException(
      Channel channel, Throwable thrown, Consumer consumer, String tag, String method) {
    if (thrown instanceof ShutdownSignalException) {
      log.debug("The connection broke while handling a message", thrown);
    } else {
      log.error("Handling a message failed in {}", method, thrown);
    }
  }

  @Override
  public void handleReturnListenerException(Channel channel, Throwable thrown) {
    log.error("Handling a returned message failed", thrown);
  }
}
