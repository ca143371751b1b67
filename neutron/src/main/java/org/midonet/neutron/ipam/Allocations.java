package org.midonet.neutron.ipam;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.store.Dialect;
import org.midonet.neutron.store.DuplicateKey;
import org.midonet.neutron.store.ReferenceViolation;
import org.midonet.neutron.store.RetryTransaction;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/**
 * The table of addresses in use, {@code ip_allocations}; its primary key is subnet and address.
 * Stateless.
 */
public final class Allocations {
  /** The table. */
  public static final Table<?> TABLE = DSL.table(DSL.name("ip_allocations"));

  /** The port that has the address. */
  public static final Field<String> PORT_ID = column("port_id");

  /** The subnet it is from. */
  public static final Field<String> SUBNET_ID = column("subnet_id");

  /** The address in canonical text. */
  public static final Field<String> IP_ADDRESS = column("ip_address");

  private static final Field<String> SORT_KEY = column("sort_key");
  private static final String COLUMNS =
      "ip_allocations (subnet_id, sort_key, ip_address, network_id, port_id) values (?, ?, ?, ?, ?)";
  private static final String INSERT = "insert into " + COLUMNS + " on conflict do nothing";

  /** Its "insert ignore" would take a subnet that is gone for an address that is taken. */
  private static final String INSERT_MARIADB = "insert into " + COLUMNS;

  private Allocations() {}

  /**
   * Takes an address unless somebody has it; waits for a transaction that is about to take or
   * release it.
   */
  static boolean take(Session session, PortNeeds needs, String subnetId, IpAddress address) {
    String insert = session.transaction().dialect() == Dialect.MARIADB ? INSERT_MARIADB : INSERT;
    try {
      return session
              .transaction()
              .update(
                  insert,
                  subnetId,
                  address.sortKey(),
                  address.toString(),
                  needs.networkId(),
                  needs.portId())
          > 0;
    } catch (DuplicateKey e) {
      return false;
    } catch (ReferenceViolation e) {
      // The subnet has just been deleted; begun anew, the request sees that it is gone.
      throw new RetryTransaction(e);
    }
  }

  /** The addresses in use of a range in order, at most so many. */
  static List<String> keysInUse(Session session, String subnetId, IpRange range, int limit) {
    return session
        .transaction()
        .dsl()
        .select(SORT_KEY)
        .from(TABLE)
        .where(SUBNET_ID.eq(subnetId))
        .and(SORT_KEY.between(range.first().sortKey(), range.last().sortKey()))
        .orderBy(SORT_KEY)
        .limit(limit)
        .fetch(SORT_KEY);
  }

  static void release(Session session, String portId) {
    session.transaction().update("delete from ip_allocations where port_id = ?", portId);
  }

  static void release(Session session, FixedIp ip) {
    session
        .transaction()
        .update(
            "delete from ip_allocations where subnet_id = ? and sort_key = ?",
            ip.subnetId(),
            ip.address().sortKey());
  }

  /** Releases all addresses of a subnet. */
  public static void releaseSubnet(Session session, String subnetId) {
    session.transaction().dsl().deleteFrom(TABLE).where(SUBNET_ID.eq(subnetId)).execute();
  }

  /** The condition that a port has an address of the subnet. */
  public static Condition portsWith(String subnetId) {
    return Tables.text(Standard.ID)
        .in(DSL.select(PORT_ID).from(TABLE).where(SUBNET_ID.eq(subnetId)));
  }

  /** Whether a port has an address of the subnet, of those whose owner satisfies the condition. */
  public static boolean usedByPorts(Session session, String subnetId, Condition owner) {
    return session.tables().exists(Ports.TYPE, portsWith(subnetId).and(owner));
  }

  /** How many addresses of each of the subnets are in use; subnets with none are left out. */
  public static Map<String, Integer> countBySubnet(Session session, Collection<String> subnetIds) {
    Condition some = subnetIds.size() > 500 ? DSL.noCondition() : SUBNET_ID.in(subnetIds);
    return session
        .transaction()
        .dsl()
        .select(SUBNET_ID, DSL.count())
        .from(TABLE)
        .where(some)
        .groupBy(SUBNET_ID)
        .fetchMap(Record2::value1, Record2::value2);
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
