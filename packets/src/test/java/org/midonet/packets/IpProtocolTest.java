package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpProtocolTest {
  @ParameterizedTest
  @CsvSource({
    "tcp, 6, tcp",
    "TCP, 6, tcp",
    "icmpv6, 58, ipv6-icmp",
    "58, 58, ipv6-icmp",
    "hopopt, 0, ip",
    "254, 254, 254"
  })
  void namesAndNumbersReadAsTheSameProtocol(String text, int number, String canonical) {
    assertThat(IpProtocol.tryParse(text)).contains(new IpProtocol(number));
    assertThat(new IpProtocol(number)).hasToString(canonical);
  }

  @Test
  void unknownNamesAndNumbersAreRefused() {
    assertThat(IpProtocol.tryParse("tcpx")).isEmpty();
    assertThat(IpProtocol.tryParse("256")).isEmpty();
    assertThat(IpProtocol.tryParse("-1")).isEmpty();
    assertThat(IpProtocol.ofName("TCP")).isEmpty();
    assertThat(new IpProtocol(200).name()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new IpProtocol(256));
  }

  @Test
  void protocolsWithPortsAreTheTransports() {
    assertThat(IpProtocol.names().values().stream().filter(IpProtocol::hasPorts).distinct())
        .containsExactlyInAnyOrder(
            IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.DCCP, IpProtocol.UDPLITE);
    assertThat(IpProtocol.names()).hasSize(25);
  }

  @Test
  void etherTypesLieAboveLengths() {
    assertThat(EtherType.ofIpVersion(6)).isEqualTo(EtherType.IPV6).hasToString("0x86dd");
    assertThat(EtherType.ofIpVersion(4)).hasToString("0x0800");
    assertThatIllegalArgumentException().isThrownBy(() -> new EtherType(0x05ff));
    assertThatIllegalArgumentException().isThrownBy(() -> EtherType.ofIpVersion(5));
  }
}
