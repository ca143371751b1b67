package org.midonet.agent.metadata;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.nsdb.Nsdb;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * The metadata proxy in a network namespace of its own, where 169.254.169.254 is nobody else's, and
 * a cable from there to the datapath. Safe to share.
 */
public final class MetadataService implements AutoCloseable {
  /** As MidoNet's proxy does. */
  public static final int LISTEN_PORT = 9697;

  /** Of the proxy's own interface. */
  public static final Mac MAC = Mac.parse("fe:16:3e:a9:fe:a9");

  private static final Ipv4Address ADDRESS = Ipv4Address.parse("169.254.169.254");
  private static final int PREFIX = 16;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final String device;
  private final int mtu;
  private final NetworkNamespace namespace;
  private volatile @Nullable MetadataProxy proxy;

  private MetadataService(String device, int mtu, NetworkNamespace namespace) {
    this.device = device;
    this.mtu = mtu;
    this.namespace = namespace;
  }

  /**
   * Makes the namespace and the cable; nothing listens yet.
   *
   * @param device the end for the datapath, at most 14 characters; one that was left there goes
   */
  public static MetadataService prepare(String device) {
    String inside = device + "p";
    NetworkNamespace namespace = NetworkNamespace.create();
    try (Links links = new Links()) {
      links.find(device).ifPresent(old -> links.delete(old.index()));
      links.createVeth(device, inside);
      links.move(links.get(inside).index(), namespace);
      Link outside = links.get(device);
      links.setUp(outside.index());
      namespace.run(() -> setUp(inside));
      return new MetadataService(device, outside.mtu(), namespace);
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  private static void setUp(String device) {
    try (Links links = new Links()) {
      links.setUp(links.get("lo").index());
      int index = links.get(device).index();
      links.setMac(index, MAC);
      links.setUp(index);
      links.addAddress(index, ADDRESS, PREFIX);
    }
  }

  /** The end for the datapath. */
  public String device() {
    return device;
  }

  /** Octets of IP that the cable takes. */
  public int mtu() {
    return mtu;
  }

  /**
   * Listens.
   *
   * @param nova Nova's metadata service, null for none
   * @param ports the port that the datapath gave an address to, null if it gave it to none
   */
  public void start(
      Nsdb nsdb,
      @Nullable URI nova,
      String sharedSecret,
      Function<Ipv4Address, @Nullable UUID> ports) {
    MetadataSettings settings =
        new MetadataSettings(
            new InetSocketAddress(address(), LISTEN_PORT), nova, sharedSecret, TIMEOUT);
    proxy =
        namespace.call(() ->
            MetadataProxy.start(
                settings,
                asker -> {
                  UUID port = ports.apply(Ipv4Address.parse(asker.getHostAddress()));
                  return port == null ? null : Machine.at(nsdb.topology(), port);
                }));
  }

  private static InetAddress address() {
    try {
      return InetAddress.getByName(ADDRESS.toString());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // an address is no name
    }
  }

  @Override
  public void close() {
    MetadataProxy running = proxy;
    if (running != null) {
      running.close();
    }
    try (Links links = new Links()) {
      links.find(device).ifPresent(link -> links.delete(link.index()));
    }
    namespace.close();
  }
}
