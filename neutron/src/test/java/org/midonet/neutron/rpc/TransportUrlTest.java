package org.midonet.neutron.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.midonet.neutron.rpc.TransportUrl.Host;

final class TransportUrlTest {

  @Test
  void oneHostWithTheRootVirtualHost() {
    TransportUrl url = TransportUrl.parse("rabbit://openstack:secret@10.0.0.1:5673/");
    assertThat(url.hosts()).containsExactly(new Host("10.0.0.1", 5673, "openstack", "secret"));
    assertThat(url.virtualHost()).isEqualTo("/");
  }

  @Test
  void severalHostsEachWithItsOwnAccount() {
    TransportUrl url = TransportUrl.parse("rabbit://a:1@h1,b:2@h2:99/nova");
    assertThat(url.hosts())
        .containsExactly(new Host("h1", 5672, "a", "1"), new Host("h2", 99, "b", "2"));
    assertThat(url.virtualHost()).isEqualTo("nova");
  }

  @Test
  void percentEncodingIsUndoneAndPlusIsPlus() {
    TransportUrl url = TransportUrl.parse("rabbit://us%40er:p%2Fa%3As+s@h/v%2Fh");
    assertThat(url.hosts()).containsExactly(new Host("h", 5672, "us@er", "p/a:s+s"));
    assertThat(url.virtualHost()).isEqualTo("v/h");
  }

  @Test
  void ipv6HostsStandInBrackets() {
    assertThat(TransportUrl.parse("rabbit://u:p@[fd00::1]:5671/").hosts())
        .containsExactly(new Host("fd00::1", 5671, "u", "p"));
    assertThat(TransportUrl.parse("rabbit://u:p@[fd00::1]/").hosts())
        .containsExactly(new Host("fd00::1", 5672, "u", "p"));
  }

  @Test
  void noHostMeansTheLocalGuest() {
    assertThat(TransportUrl.parse("rabbit://").hosts())
        .containsExactly(new Host("localhost", 5672, "guest", "guest"));
  }

  @Test
  void queryIsRead() {
    assertThat(TransportUrl.parse("rabbit://h/?ssl=1&heartbeat_timeout_threshold=5").query())
        .containsEntry("ssl", "1")
        .containsEntry("heartbeat_timeout_threshold", "5");
  }

  @Test
  void textNamesTheBrokersButNoPassword() {
    assertThat(TransportUrl.parse("rabbit://u:topsecret@h1:1,u:topsecret@h2/v"))
        .hasToString("rabbit://h1:1,h2:5672/v");
  }

  @Test
  void whatIsNoTransportUrlIsRefused() {
    assertThatThrownBy(() -> TransportUrl.parse("localhost:5672"))
        .hasMessageContaining("no scheme");
    assertThatThrownBy(() -> TransportUrl.parse("kafka://h/")).hasMessageContaining("'kafka'");
    assertThatThrownBy(() -> TransportUrl.parse("rabbit://h:0x1/")).hasMessageContaining("port");
    assertThatThrownBy(() -> TransportUrl.parse("rabbit://[::1/")).hasMessageContaining("']'");
    assertThatThrownBy(() -> TransportUrl.parse("rabbit://%zz@h/")).hasMessageContaining("percent");
  }
}
