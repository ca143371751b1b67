package org.midonet.neutron.network;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;

/**
 * The largest packets that networks carry, in bytes; immutable and safe to share. Zero means that
 * nothing is known.
 *
 * @param physical {@code global_physnet_mtu}
 * @param path {@code path_mtu} of {@code [ml2]}: between the ends of tunnels
 * @param exceptions {@code physical_network_mtus} of {@code [ml2]}
 */
public record Mtus(int physical, int path, Map<String, Integer> exceptions) {
  /** What VXLAN takes: 20 for IPv4, 8 for UDP, 8 for VXLAN, 14 for the inner Ethernet header. */
  public static final int VXLAN = 50;

  /** What GRE takes: 20 for IPv4, 8 for GRE with a key, 14 for the inner Ethernet header. */
  public static final int GRE = 42;

  /** What Geneve without options takes. */
  static final int GENEVE = 50;

  /** The options of {@code neutron.conf}. */
  public static Mtus of(NeutronConfig config) {
    return new Mtus(
        config.core().globalPhysnetMtu(),
        config.ml2().pathMtu(),
        config.ml2().physicalNetworkMtus());
  }

  /** What the physical network carries; null stands for any of them. */
  public long on(@Nullable String physicalNetwork) {
    Integer own = physicalNetwork == null ? null : exceptions.get(physicalNetwork);
    return own == null ? physical : least(physical, own);
  }

  /** What a tunnel carries that takes so many bytes of each packet for itself. */
  public long inTunnel(int overhead) {
    int outer = least(physical, path);
    return outer == 0 ? 0 : Math.max(0, outer - overhead);
  }

  private static int least(int one, int other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }

  /**
   * The values of a request with the MTU that the network gets: what the user asks for, or as much
   * as there can be.
   *
   * @param values of a create, or of an update that names the MTU
   * @param most as much as there can be, 0 if that is not known
   */
  public static Resource settle(Resource values, long most) {
    if (!values.definition().has(Networks.MTU)) {
      return values;
    }
    long asked = values.get(Networks.MTU, 0L);
    if (most > 0 && asked > most) {
      throw NeutronException.invalidInput("Requested MTU is too big, maximum is " + most);
    }
    return values.with(Networks.MTU, asked == 0 ? most : asked);
  }
}
