package org.midonet.topology;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;

/**
 * Ids of low-level objects that follow from the id of what they are made for, as MidoNet 5.4 and
 * later derive them (spec/midonet.md App. C): the base id XOR a constant whose version and variant
 * bits are cleared, so that the result is a UUID of the base's version. Stateless.
 */
public enum Ids {
  /** Of the router. */
  QUAGGA_CONTAINER(0x645a41fb3e1641a3L, 0x90d28456127bee31L),
  /** Of the router. */
  QUAGGA_CONTAINER_GROUP(0x7d263d2d55da46d2L, 0xb53951e91eba3a1fL),
  /** Of the device. */
  QUAGGA_PORT(0xff498a4c22390ae3L, 0x3e3ec848baff217dL),
  /** Of the subnet or route it stands for. */
  BGP_NETWORK(0x39c62a620c7049a9L, 0xbc9c1acb80e516fcL),
  /** Of the BGP peer. */
  REDIRECT_RULE(0x12d34babf7d84902L, 0xaa840971afc3307fL),
  /** Of the BGP peer. */
  INVERSE_REDIRECT_RULE(0x12d34babf7d85900L, 0xaa840971afc3307fL),
  /** Of the device. */
  IN_CHAIN(0xc84db1f73554442bL, 0x8e7b38f2c703ee6aL),
  /** Of the device. */
  OUT_CHAIN(0x020940fb2cac401eL, 0x9ffaf9c05d04b524L),
  /** Of the device. */
  FWD_CHAIN(0xd90b1ceebd1bf51eL, 0xb5e5dab5476adb8aL),
  /** Of the device. */
  FLOAT_SNAT_EXACT_CHAIN(0xbf4ba34a4efdbf71L, 0x590e41534b131c9bL),
  /** Of the device. */
  FLOAT_SNAT_CHAIN(0xba661b9dbba322afL, 0x5eff18f9c1de2512L),
  /** Of the device. */
  SKIP_SNAT_CHAIN(0x77e52b9ea61aae18L, 0xcf5e9a5f30deb1fbL),
  /** Of the device. */
  FLOAT_NAT64_CHAIN(0x46da815f6c664a20L, 0x0042ff946a15addaL),
  /** Of the device. */
  ANTI_SPOOF_CHAIN(0x0a7b611cfe7334feL, 0xbbac78cfe412ad35L),
  /** Of the router. */
  IN_CHAIN_FW_JUMP_RULE(0xc309e08c3eaf11e5L, 0xaf410242ac110002L),
  /** Of the router. */
  OUT_CHAIN_FW_JUMP_RULE(0x1b4b62ca3eb011e5L, 0x91260242ac110002L),
  /** Of the router. */
  FWD_CHAIN_FW_JUMP_RULE(0x36feb6f6fd9211e5L, 0x98a00242ac110001L),
  /** Of the container. */
  VPN_CONTAINER_ROUTE(0x645a41fb3e1641a3L, 0x90d28456127bee31L),
  /** Of the network. */
  L2GW_NETWORK_PORT(0x0af59914959d45f8L, 0xb1b028de11f2ee4eL),
  /** Of the network. */
  L2GW_GATEWAY_PORT(0x5ad1c08827cb459eL, 0x80042ee7006a8210L),
  /** Of the router. */
  LOAD_BALANCER(0xaab2c5dea7bc8deaL, 0x2ac7bb0371eee6d7L),
  /** Of the load balancer. */
  LB_V2_ROUTER(0xed1225ed739945eaL, 0x8fd972a26f18632fL),
  /** Of the router. */
  LB_SERVICE_CONTAINER(0xad1e25ee739d05eaL, 0x0ed972b36e19612fL),
  /** Of the router. */
  LB_SERVICE_CONTAINER_GROUP(0x7d263d2d55da46d2L, 0xaad282b46129613fL),
  /** Of the router. */
  LB_SERVICE_CONTAINER_PORT(0x1da81cddca3b9ff8L, 0xd966a652de3c9ccaL),
  /** Of the router. */
  LB_SNAT_RULE(0xe401ace2473413aaL, 0x7be4604b146962b6L),
  /** Of the router. */
  LB_REV_SNAT_RULE(0xd9c8f6962541298dL, 0x7294e027de2b90baL),
  /** Of the port. */
  ROUTER_INTERFACE_PORT_PEER(0x9c30300ec91f4f19L, 0x88449d37e61b60f0L),
  /** Of the device. */
  PORT_GROUP(0x3fb30e769f5041f1L, 0xa50c3c4fb09a6a18L),
  /** Of the device. */
  ROUTER_INTERFACE_PORT_GROUP(0x77e7c2e6ed0dbab5L, 0x245499dbae09aa26L),
  /** Of the port. */
  ANTI_SPOOF_CHAIN_JUMP_RULE(0x4bcef582eeae45acL, 0xb0304fc7e7b3ba0dL),
  /** Of the port and its address. */
  LOCAL_ROUTE(0x13bd079b6c0e43fbL, 0x80fe647e6e718b72L),
  /** Of the gateway port on the router and its address. */
  GATEWAY_ROUTE(0x6ba5df84b8a44ab4L, 0x90adb3f665e7850dL),
  /** Of the port. */
  NETWORK_ROUTE(0xcabc4841093b4e81L, 0xb794dac757bcd523L),
  /** Of the router interface port and its address. */
  ROUTER_INTERFACE_ROUTE(0xb288abe0c5744762L, 0xb3a04b12442bb179L),
  /** Of the router interface port and its address. */
  METADATA_SERVICE_ROUTE(0xa0132e5a1583461cL, 0xa752d8609a517a6cL),
  /** Of the floating IP. */
  FIP_SNAT_RULE(0xf515a8fd119a4b82L, 0x81e9b793d68a3b9eL),
  /** Of the floating IP. */
  FIP_SNAT_EXACT_RULE(0xfaba87a8b7a850acL, 0x52c748d4a902f277L),
  /** Of the floating IP. */
  FIP_DNAT_RULE(0xe40c77c188694ac0L, 0x9a8e6c1863e2232eL),
  /** Of the floating IP. */
  FIP_REVERSE_DNAT_RULE(0x9a8e6c1863e2232eL, 0xe40c77c188694ac0L),
  /** Of the floating IP. */
  FIP_SKIP_SNAT_OUT_RULE(0x30eddc1fede9b578L, 0x1df21b732ecf45afL),
  /** Of the floating IP. */
  FIP_SKIP_SNAT_IN_RULE(0x7b37aca83867e33aL, 0xc52b8965e7d9cf14L),
  /** Of the Neutron gateway port. */
  TENANT_GW_PORT(0xd3a45084502f4366L, 0x9fd7d26cc7566972L),
  /** Of the router. */
  OUT_SNAT_RULE(0x68fd6d8bbd3343d8L, 0x9909aa4ad4b691d8L),
  /** Of the router. */
  OUT_DROP_UNMATCHED_FRAGMENTS_RULE(0xbac97789e63e4663L, 0xa00989d341c8636fL),
  /** Of the router. */
  IN_REVERSE_SNAT_RULE(0x928eb605e3e04119L, 0x8c40e4ca90769cf4L),
  /** Of the router. */
  IN_DROP_WRONG_PORT_TRAFFIC_RULE(0xb807509d2fa04b9eL, 0x96b1f45a04e6d128L),
  /** Of the router. */
  DST_REWRITTEN_SNAT_RULE(0xf5d39101f0431a3eL, 0xdd7a9236bf83a3e7L),
  /** Of the router. */
  SKIP_SNAT_OUT_GW_PORT_RULE(0x6f90386f458e12ffL, 0x6ec14164bde7cee6L),
  /** Of the router. */
  SKIP_SNAT_IN_GW_PORT_RULE(0x6a68eacaec7e7075L, 0xa21d868b7315973bL),
  /** Of the router. */
  SKIP_SNAT_ACCEPT_RULE(0x9483a5a98a0098fbL, 0xb6fa7a44027c7faaL),
  /** Of the rule. */
  NON_HEADER_RULE(0x933733b5db0f5cceL, 0xeaa631e8b0b34cefL);

  private static final long VERSION_BITS = 0xf000L;
  private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
  private static final long SAME_SUBNET_SNAT_MSB = 0x3bcf2eb64be211e5L;
  private static final long SAME_SUBNET_SNAT_LSB = 0x84ae0242ac110003L;

  private final long msb;
  private final long lsb;

  Ids(long msb, long lsb) {
    this.msb = msb;
    this.lsb = lsb;
  }

  /** The derived id. */
  public UUID of(UUID base) {
    return mix(base, msb, lsb);
  }

  /**
   * The derived id of a base and an address of it, whose text as written goes into the id: the
   * routes of a router port take the port and its own address.
   */
  public UUID of(UUID base, IpAddress address) {
    return mix(of(base), address.toString());
  }

  /** The rule that makes a port's own subnet reach addresses that lead back to it. */
  public static UUID sameSubnetSnatRule(UUID chainId, UUID portId) {
    return mix(
        mix(chainId, portId.getMostSignificantBits(), portId.getLeastSignificantBits()),
        SAME_SUBNET_SNAT_MSB,
        SAME_SUBNET_SNAT_LSB);
  }

  /** An extra route of a Neutron router. */
  public static UUID extraRoute(UUID routerId, IpPrefix destination, IpAddress nextHop) {
    if (destination.address().version() == 4 && nextHop.version() == 4) {
      long network = destination.address().toBigInteger().longValue();
      return new UUID(
          routerId.getMostSignificantBits() ^ (network << 32 | destination.prefixLength()),
          routerId.getLeastSignificantBits() ^ nextHop.toBigInteger().longValue());
    }
    return named(routerId, destination, nextHop);
  }

  /** A DHCP host of a subnet; this program's own. */
  public static UUID dhcpHost(UUID dhcpId, Mac mac, IpAddress address) {
    return named(dhcpId, mac, address);
  }

  /**
   * A member of an address group; this program's own.
   *
   * @param ownerId the port on whose behalf the address is there, or the group for an address that
   *     was added by itself
   */
  public static UUID ipAddrGroupMember(UUID groupId, UUID ownerId, IpAddress address) {
    return named(groupId, ownerId, address);
  }

  private static UUID named(Object... parts) {
    String name = Stream.of(parts).map(Object::toString).collect(Collectors.joining(" "));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
  }

  private static UUID mix(UUID base, long msb, long lsb) {
    return new UUID(
        base.getMostSignificantBits() ^ (msb & ~VERSION_BITS),
        base.getLeastSignificantBits() ^ (lsb & ~VARIANT_BITS));
  }

  /** Mixes in a polynomial hash of text: its first eight octets above, the others below. */
  private static UUID mix(UUID base, String text) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    int middle = Math.min(octets.length, Long.BYTES);
    return mix(base, hash(octets, 0, middle), hash(octets, middle, octets.length));
  }

  private static long hash(byte[] octets, int from, int to) {
    long hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + octets[i];
    }
    return hash;
  }
}
