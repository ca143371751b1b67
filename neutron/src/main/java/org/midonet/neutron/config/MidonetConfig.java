package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.secret;
import static org.midonet.neutron.config.OptionTypes.string;
import static org.midonet.neutron.config.OptionTypes.word;

import java.util.List;

/** The MidoNet to drive ({@code [MIDONET]}); immutable. */
public record MidonetConfig(
    String midonetUri,
    String username,
    Secret password,
    String projectId,
    String client,
    String tunnelProtocol,
    String clusterIp,
    String clusterPort,
    boolean configured) {
  static final Option<String> MIDONET_URI =
      Option.of(
          "MIDONET",
          "midonet_uri",
          string(),
          "http://localhost:8080/midonet-api",
          "The MidoNet API. MidoNet v5.0 and later listen on port 8181.");

  static final Option<String> USERNAME =
      Option.of("MIDONET", "username", string(), "admin", "The administrator to log in as.");

  static final Option<Secret> PASSWORD =
      Option.of(
          "MIDONET", "password", secret(), new Secret("passw0rd"), "The password of that user.");

  static final Option<String> PROJECT_ID =
      Option.of(
          "MIDONET",
          "project_id",
          string(),
          "77777777-7777-7777-7777-777777777777",
          "The project of that user.");

  static final Option<String> CLIENT =
      Option.of(
          "MIDONET",
          "client",
          word(),
          "midonet.neutron.client.api.MidonetApiClient",
          "How MidoNet is told: midonet.neutron.client.api.MidonetApiClient over its REST API, "
              + "midonet.neutron.client.cluster.MidonetClusterClient through its task table.");

  static final Option<String> TUNNEL_PROTOCOL =
      Option.of(
          "MIDONET",
          "tunnel_protocol",
          string(),
          "vxlan",
          "The tunnel protocol of MidoNet, vxlan or gre, which says how long packets may be.");

  static final Option<String> CLUSTER_IP =
      Option.of(
          "MIDONET",
          "cluster_ip",
          string(),
          "localhost",
          "The host of the topology API, for the task table client.");

  static final Option<String> CLUSTER_PORT =
      Option.of(
          "MIDONET",
          "cluster_port",
          string(),
          "8088",
          "The port of the topology API, for the task table client.");

  static final List<Option<?>> OPTIONS =
      List.of(
          MIDONET_URI,
          USERNAME,
          PASSWORD,
          PROJECT_ID,
          CLIENT,
          TUNNEL_PROTOCOL,
          CLUSTER_IP,
          CLUSTER_PORT);

  static MidonetConfig read(ConfigReader reader) {
    return new MidonetConfig(
        reader.get(MIDONET_URI),
        reader.get(USERNAME),
        reader.get(PASSWORD),
        reader.get(PROJECT_ID),
        reader.get(CLIENT),
        reader.get(TUNNEL_PROTOCOL),
        reader.get(CLUSTER_IP),
        reader.get(CLUSTER_PORT),
        OPTIONS.stream().anyMatch(reader::isSet));
  }
}
