package org.midonet.neutron.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.config.NeutronConfig;

final class RabbitOptionsTest {

  @Test
  void withoutTransportUrlNothingIsToBeStarted() {
    assertThat(RabbitOptions.of(NeutronConfig.defaults().messaging(), "h")).isNull();
  }

  @Test
  void defaultsAreThoseOfOsloMessaging() {
    RabbitOptions options = read(Map.of());
    RabbitOptions expected = RabbitOptions.defaults(TransportUrl.parse("rabbit://u:p@b/"), "h");
    // The delay before a reconnect counts into the pauses between attempts.
    assertThat(options.withRetry(expected.retry())).isEqualTo(expected);
    assertThat(options.retry().interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.retry().max()).isEqualTo(Duration.ofSeconds(31));
  }

  @Test
  void quorumQueuesAreDurable() {
    RabbitOptions options = read(Map.of("oslo_messaging_rabbit.rabbit_quorum_queue", "true"));
    assertThat(options.queues().declaredDurable()).isTrue();
    assertThat(options.queues().lastingArguments()).containsEntry("x-queue-type", "quorum");
    assertThat(options.queues().transientArguments()).containsOnlyKeys("x-expires");
  }

  private static RabbitOptions read(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("DEFAULT.transport_url", "rabbit://u:p@b/");
    return requireNonNull(RabbitOptions.of(NeutronConfig.of(all).messaging(), "h"));
  }
}
