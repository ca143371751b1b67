package org.midonet.plugin;

import java.util.List;
import java.util.Map;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.FakeMidonet.Release;
import org.midonet.plugin.client.api.MidonetApiClient;

/**
 * A server, the MidoNet that it tells, and networks in a few words. Safe to share between threads.
 */
final class Cloud implements AutoCloseable {

  final FakeMidonet midonet;
  final TestServer neutron;

  Cloud() {
    this(Release.V5_6, Map.of());
  }

  /** With a MidoNet of that release, and more options. */
  Cloud(Release release, Map<String, String> options) {
    midonet = new FakeMidonet(release);
    neutron = new TestServer(new MidonetApiClient(midonet.settings()), options);
  }

  /** With another server, which does not tell {@link #midonet}. */
  Cloud(TestServer neutron) {
    this.midonet = new FakeMidonet();
    this.neutron = neutron;
  }

  /** Creates something that must succeed. */
  String create(String collection, String body) {
    Answer answer = neutron.post("/" + collection, body);
    if (answer.status() != 201) {
      throw new AssertionError(answer);
    }
    return answer.id();
  }

  String network() {
    return create("networks", "{'network': {}}");
  }

  String subnet(String network, String cidr) {
    return create(
        "subnets",
        "{'subnet': {'network_id': '%s', 'ip_version': 4, 'cidr': '%s'}}".formatted(network, cidr));
  }

  String port(String network) {
    return create("ports", "{'port': {'network_id': '%s'}}".formatted(network));
  }

  String router() {
    return create("routers", "{'router': {}}");
  }

  String router(String gatewayNetwork) {
    return create(
        "routers",
        "{'router': {'external_gateway_info': {'network_id': '%s'}}}".formatted(gatewayNetwork));
  }

  /** An external network with the subnet 172.24.N.0/24. */
  String external(int n) {
    String network = create("networks", "{'network': {'router:external': true}}");
    subnet(network, "172.24." + n + ".0/24");
    return network;
  }

  Answer setGateway(String router, String network) {
    return neutron.put(
        "/routers/" + router,
        "{'router': {'external_gateway_info': {'network_id': '%s'}}}".formatted(network));
  }

  Answer clearGateway(String router) {
    return neutron.put("/routers/" + router, "{'router': {'external_gateway_info': {}}}");
  }

  Answer addInterface(String router, String key, String id) {
    return neutron.put(
        "/routers/" + router + "/add_router_interface", "{'%s': '%s'}".formatted(key, id));
  }

  Answer removeInterface(String router, String key, String id) {
    return neutron.put(
        "/routers/" + router + "/remove_router_interface", "{'%s': '%s'}".formatted(key, id));
  }

  /** A project's network behind a router with a gateway, and a port in it. */
  record Behind(String external, String router, String network, String subnet, String port) {}

  Behind behind() {
    String external = external(4);
    String router = router(external);
    String network = network();
    String subnet = subnet(network, "10.0.0.0/24");
    addInterface(router, "subnet_id", subnet);
    return new Behind(external, router, network, subnet, port(network));
  }

  Answer floatingIp(String external, String port) {
    return neutron.post(
        "/floatingips",
        "{'floatingip': {'floating_network_id': '%s', 'port_id': '%s'}}".formatted(external, port));
  }

  /** How many there are. */
  int count(String collection) {
    return neutron.get("/" + collection).resource().size();
  }

  /** What MidoNet was told, without ids. */
  List<String> told() {
    return midonet.lines().stream()
        .map(line -> line.replaceAll("/[0-9a-f-]{36}", "").replace("neutron/", ""))
        .toList();
  }

  void forget() {
    midonet.clear();
  }

  @Override
  public void close() {
    neutron.close();
    midonet.close();
  }
}
