package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.EtherType;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;

/**
 * What a packet must be to match: every field that is present must hold, each can be inverted.
 * Immutable, safe to share.
 *
 * <p>An absent field matches, even inverted; {@code condInvert} inverts the whole except the
 * fragment test. Addresses of ARP packets are the sender's and target's protocol addresses, their
 * operation is the protocol (spec/midonet.md 5.6).
 *
 * @param inPorts any of them; empty for all ports
 * @param outPorts any of them; empty for all ports
 * @param portGroup of the exterior port by which the packet entered the overlay
 * @param inPortGroup of the present device's ports
 * @param dlSrcMask bits of the address that count; null for all
 * @param dlDstMask bits of the address that count; null for all
 * @param matchNwDstRewritten the destination was translated since the packet entered the device
 * @param fragmentPolicy null as stored by translation: see {@link FragmentPolicy}
 * @param icmpDataSrcIp in the header that an ICMP error quotes
 */
@RecordBuilder
public record Condition(
    boolean condInvert,
    boolean matchForwardFlow,
    boolean matchReturnFlow,
    List<UUID> inPorts,
    boolean invInPorts,
    List<UUID> outPorts,
    boolean invOutPorts,
    @Nullable UUID portGroup,
    boolean invPortGroup,
    @Nullable UUID inPortGroup,
    boolean invInPortGroup,
    @Nullable UUID outPortGroup,
    boolean invOutPortGroup,
    @Nullable UUID ipAddrGroupSrc,
    boolean invIpAddrGroupSrc,
    @Nullable UUID ipAddrGroupDst,
    boolean invIpAddrGroupDst,
    @Nullable UUID traversedDevice,
    boolean invTraversedDevice,
    boolean noVlan,
    @Nullable Integer vlan,
    @Nullable EtherType dlType,
    boolean invDlType,
    @Nullable Mac dlSrc,
    @Nullable Mac dlSrcMask,
    boolean invDlSrc,
    @Nullable Mac dlDst,
    @Nullable Mac dlDstMask,
    boolean invDlDst,
    @Nullable Integer nwTos,
    boolean invNwTos,
    @Nullable Integer nwProto,
    boolean invNwProto,
    @Nullable IpPrefix nwSrc,
    boolean invNwSrc,
    @Nullable IpPrefix nwDst,
    boolean invNwDst,
    boolean matchNwDstRewritten,
    @Nullable FragmentPolicy fragmentPolicy,
    @Nullable TpRange tpSrc,
    boolean invTpSrc,
    @Nullable TpRange tpDst,
    boolean invTpDst,
    @Nullable IpPrefix icmpDataSrcIp,
    boolean invIcmpDataSrcIp,
    @Nullable IpPrefix icmpDataDstIp,
    boolean invIcmpDataDstIp)
    implements ConditionBuilder.With {
  /** The condition without any field, which every packet meets. */
  public static final Condition ALL = ConditionBuilder.builder().build();

  public Condition {
    inPorts = Values.list(inPorts);
    outPorts = Values.list(outPorts);
  }

  /** A condition to fill in, with no field yet. */
  public static ConditionBuilder builder() {
    return ConditionBuilder.builder();
  }
}
