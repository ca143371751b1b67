package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class IpPrefixTest {
  @Test
  void hostBitsAreKept() {
    IpPrefix prefix = IpPrefix.parse("10.0.0.1/24");
    assertThat(prefix).hasToString("10.0.0.1/24");
    assertThat(prefix.cidr()).hasToString("10.0.0.0/24");
    assertThat(prefix.contains(IpAddress.parse("10.0.0.200"))).isTrue();
    assertThat(prefix.contains(IpAddress.parse("10.0.1.1"))).isFalse();
  }

  @Test
  void anAddressAloneIsAPrefixOfItsFullLength() {
    assertThat(IpPrefix.parse("2001:db8::1")).hasToString("2001:db8::1/128");
  }

  @Test
  void lengthsBeyondTheAddressAreRefused() {
    assertThat(IpPrefix.tryParse("10.0.0.1/33")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new IpPrefix(Ipv4Address.ANY, 33));
    assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse("ten/8"));
  }
}
