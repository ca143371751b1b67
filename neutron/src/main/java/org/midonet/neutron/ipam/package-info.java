/**
 * Addresses for ports. {@link org.midonet.neutron.ipam.Ipam} is all that others call:
 *
 * <pre>
 *   PortNeeds needs = new PortNeeds(networkId, portId, mac, deviceOwner);
 *   List&lt;FixedIp&gt; ips = Ipam.allocate(session, needs, requested);          // POST; null: as the subnets offer
 *   List&lt;FixedIp&gt; now = Ipam.update(session, needs, macChanged, current, requested);  // PUT
 *   Ipam.release(session, portId);                                          // DELETE
 * </pre>
 *
 * <p>{@code requested} is the port's {@code fixed_ips} as the request gave it, {@code
 * FixedIp.toRaw} makes it again for the port's row. What an address is taken for is decided by pure
 * functions ({@link org.midonet.neutron.ipam.AddressPlan}, {@link
 * org.midonet.neutron.ipam.FixedIpChanges}); that no address is taken twice, by the primary key of
 * the table {@code ip_allocations}.
 */
@NullMarked
package org.midonet.neutron.ipam;

import org.jspecify.annotations.NullMarked;
