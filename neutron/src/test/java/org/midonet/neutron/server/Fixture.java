package org.midonet.neutron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;

/** Networks in few lines, made through the API; stateless. */
public final class Fixture {
  /** An identifier that nothing has. */
  public static final String NOBODY = "11111111-2222-3333-4444-555555555555";

  private Fixture() {}

  /** Attributes and their values in turn; values may be null. */
  public static Map<String, @Nullable Object> attributes(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return values;
  }

  /** The identifier. */
  public static String id(Map<String, ?> resource) {
    return String.valueOf(resource.get("id"));
  }

  /** A network of the client's project. */
  public static String network(Client client, @Nullable Object... values) {
    return id(client.create("networks", "network", attributes(values)));
  }

  /** A network that routers may use as gateway, with a subnet. */
  public static String external(Client admin, String cidr) {
    String network = network(admin, "router:external", true);
    subnet(admin, network, cidr, "enable_dhcp", false);
    return network;
  }

  /** A subnet on that network. */
  public static String subnet(
      Client client, String network, String cidr, @Nullable Object... values) {
    Map<String, @Nullable Object> all = attributes(values);
    all.put("network_id", network);
    all.put("cidr", cidr);
    all.put("ip_version", cidr.contains(":") ? 6 : 4);
    return id(client.create("subnets", "subnet", all));
  }

  /** A port on that network. */
  public static Map<String, Object> port(
      Client client, String network, @Nullable Object... values) {
    Map<String, @Nullable Object> all = attributes(values);
    all.put("network_id", network);
    return client.create("ports", "port", all);
  }

  /** The answer to an update. */
  public static Answer update(Client client, String path, String name, @Nullable Object... values) {
    return client.put(path, Map.of(name, attributes(values)));
  }

  /** The addresses of a port as text. */
  public static List<String> addresses(Map<String, ?> port) {
    List<String> addresses = new ArrayList<>();
    for (Object ip : Objects.requireNonNull((List<?>) port.get("fixed_ips"))) {
      addresses.add(String.valueOf(((Map<?, ?>) ip).get("ip_address")));
    }
    return addresses;
  }

  /** Asserts that a request was refused in these words. */
  public static void assertRefused(Answer answer, int status, String type, String message) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.errorType()).isEqualTo(type);
    assertThat(answer.errorMessage()).isEqualTo(message);
  }
}
