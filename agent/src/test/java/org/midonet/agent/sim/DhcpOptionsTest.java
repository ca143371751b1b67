package org.midonet.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.packets.frame.Octets;
import org.midonet.topology.DhcpOption;

/** Extra options of ports, by the names of dnsmasq and by numbers, and their octets. */
final class DhcpOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ntp-server             | 192.0.2.1, 192.0.2.2            | 42  | c0000201c0000202
          42                     | 192.0.2.1                       | 42  | c0000201
          tftp-server-address    | 192.0.2.1                       | 150 | c0000201
          150                    | 192.0.2.1,192.0.2.2             | 150 | c0000201c0000202
          tftp-server            | boot                            | 66  | 626f6f74
          66                     | 192.0.2.1                       | 66  | 3139322e302e322e31
          bootfile-name          | pxe.0                           | 67  | 7078652e30
          67                     | "pxe.0"                         | 67  | 7078652e30
          server-ip-address      | 192.0.2.1                       | 255 | c0000201
          255                    | 192.0.2.1                       | 255 | c0000201
          domain-search          | eng.a.org, b.                   | 119 | 03656e6701610 36f72670001620 0
          119                    | a                               | 119 | 016100
          classless-static-route | 10.0.0.0/8,192.0.2.1,0.0.0.0/0,192.0.2.2 | 121 | 080ac000020100c0000202
          249                    | 192.0.2.9,192.0.2.1             | 249 | 20c0000209c0000201
          static-route           | 10.0.0.1 192.0.2.1              | 33  | 0a000001c0000201
          vendor-encap           | 06:01:03:a:00                   | 43  | 0601030a00
          43                     | text                            | 43  | 74657874
          252                    | http://w/                       | 252 | 687474703a2f2f772f
          mtu                    | 1400                            | 26  | 0578
          interface-mtu          | 1400                            | 26  | 0578
          option:mtu             | 1400                            | 26  | 0578
          ip-forward-enable      | 1                               | 19  | 01
          default-ttl            | 64                              | 23  | 40
          time-offset            | -3600                           | 2   | fffff1f0
          lease-time             | 2h                              | 51  | 00001c20
          lease-time             | infinite                        | 51  | ffffffff
          T1                     | 60                              | 58  | 0000003c
          sip-server             | 192.0.2.1                       | 120 | 01c0000201
          sip-server             | sip.a                           | 120 | 0003736970016100
          224                    | 300                             | 224 | 012c
          225                    | 10.0.0.1                        | 225 | 0a000001
          Domain_Name            | a.org                           | 15  | 612e6f7267
          """)
  void anOptionIsEncodedAsItsKindSays(String name, String value, int code, String octets) {
    assertThat(encode(name, value)).isEqualTo(Map.of(code, Octets.hex(octets)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"53", "54", "50", "0", "52", "55", "61", "82", "256", "-1", "no-such"})
  void whatTheProtocolSaysItselfIsNotOverridden(String name) {
    assertThat(encode(name, "1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mtu, 70000",
    "router, gateway",
    "server-ip-address, '10.0.0.1,10.0.0.2'",
    "static-route, 10.0.0.1",
    "classless-static-route, 10.0.0.0/8",
    "classless-static-route, '2001:db8::/64,10.0.0.1'",
    "domain-search, a..b",
    "domain-search, ''",
    "lease-time, soon",
    "ip-forward-enable, perhaps"
  })
  void aValueOfAnotherKindIsLeftOut(String name, String value) {
    assertThat(encode(name, value)).isEmpty();
  }

  @Test
  void aLabelOfMoreThan63OctetsIsNoName() {
    assertThat(encode("domain-search", "a".repeat(63))).isNotEmpty();
    assertThat(encode("domain-search", "a".repeat(64))).isEmpty();
  }

  private static Map<Integer, Octets> encode(String name, String value) {
    Map<Integer, Octets> options = new LinkedHashMap<>();
    DhcpOptions.add(options, new DhcpOption(name, value));
    return options;
  }
}
