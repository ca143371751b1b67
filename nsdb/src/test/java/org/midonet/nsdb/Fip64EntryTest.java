package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

final class Fip64EntryTest {
  @Test
  void isWrittenAndReadAsMidonetDoes() {
    Fip64Entry entry =
        new Fip64Entry(
            Ipv4Address.parse("10.0.0.1"),
            Ipv6Address.parse("fd00::1"),
            IpPrefix.parse("100.64.0.0/10"),
            new UUID(0, 1),
            new UUID(0, 2));
    assertThat(entry)
        .hasToString(
            "10.0.0.1;fd00::1;1681915904;10;00000000-0000-0000-0000-000000000001;00000000-0000-0000-0000-000000000002");
    assertThat(Fip64Entry.parse(entry.toString())).isEqualTo(entry);
    assertThatThrownBy(() -> Fip64Entry.parse("10.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
