package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.hostAddress;
import static org.midonet.neutron.config.OptionTypes.path;
import static org.midonet.neutron.config.OptionTypes.port;
import static org.midonet.neutron.config.OptionTypes.secret;
import static org.midonet.neutron.config.OptionTypes.string;
import static org.midonet.neutron.config.OptionTypes.word;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The MidoNet to drive ({@code [MIDONET]}); immutable.
 *
 * @param client how MidoNet is told; {@link #BUILT_IN} where no other MidoNet is configured
 * @param topologyApi whether the operator says where MidoNet's topology API is
 * @param zookeeperHosts the ensemble that keeps the built-in MidoNet's topology; empty for
 *     ZooKeeper in our own process
 */
public record MidonetConfig(
    String midonetUri,
    Optional<Path> cafile,
    String username,
    Secret password,
    String projectId,
    String client,
    String tunnelProtocol,
    String clusterIp,
    String clusterPort,
    boolean topologyApi,
    Optional<String> zookeeperHosts,
    String zookeeperRootKey,
    Optional<String> clusterApiHost,
    int clusterApiPort,
    boolean clusterApiUseSsl) {
  /** The value of {@code client} for the MidoNet in this program. */
  public static final String BUILT_IN = "builtin";

  /** The value of {@code client} where nobody is told. */
  public static final String NONE = "none";

  /** The value of {@code client} for a MidoNet at {@code midonet_uri}. */
  public static final String REST = "midonet.neutron.client.api.MidonetApiClient";

  /** Where the built-in MidoNet's own API listens if nothing else is said. */
  public static final int CLUSTER_API = 8181;

  static final Option<String> MIDONET_URI =
      Option.of(
          "MIDONET",
          "midonet_uri",
          string(),
          "http://localhost:8080/midonet-api",
          "The MidoNet API. MidoNet v5.0 and later listen on port 8181.");

  static final Option<Path> CAFILE =
      Option.of(
          "MIDONET",
          "cafile",
          path(),
          null,
          "The certificates of authorities to trust when midonet_uri is an https URL. Without it: "
              + "those that the Java machine trusts.");

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
          REST,
          "How MidoNet is told: midonet.neutron.client.api.MidonetApiClient over its REST API, "
              + "midonet.neutron.client.cluster.MidonetClusterClient through its task table, "
              + "builtin for the MidoNet in this program, none to tell nobody. Where neither this "
              + "nor where a MidoNet is nor its user is set, it is builtin.");

  static final Option<String> TUNNEL_PROTOCOL =
      Option.of(
          "MIDONET",
          "tunnel_protocol",
          string(),
          "vxlan",
          "The tunnel protocol that MidoNet shall use, vxlan or gre; sent with the CONFIG task.");

  static final Option<String> CLUSTER_IP =
      Option.of(
          "MIDONET",
          "cluster_ip",
          string(),
          "localhost",
          "The host of the topology API that MidoNet 5.0 had, for the task table client. Where this or "
              + "cluster_port is set, lists of agents show its hosts too, and are refused while it "
              + "does not answer.");

  static final Option<String> CLUSTER_PORT =
      Option.of(
          "MIDONET",
          "cluster_port",
          string(),
          "8088",
          "The port of the topology API, for the task table client.");

  static final Option<String> ZOOKEEPER_HOSTS =
      Option.of(
          "MIDONET",
          "zookeeper_hosts",
          string(),
          null,
          "The ZooKeeper servers that keep the built-in MidoNet's topology, host:port with commas "
              + "between. Without it ZooKeeper runs in this program, with its data in state_path.");

  static final Option<String> ZOOKEEPER_ROOT_KEY =
      Option.of(
          "MIDONET",
          "zookeeper_root_key",
          string(),
          "/midonet",
          "The znode below which the built-in MidoNet keeps everything.");

  static final Option<String> CLUSTER_API_HOST =
      Option.of(
          "MIDONET",
          "cluster_api_host",
          hostAddress(),
          null,
          "The address on which the built-in MidoNet's own API listens. Without it: bind_host.");

  static final Option<Integer> CLUSTER_API_PORT =
      Option.of(
          "MIDONET",
          "cluster_api_port",
          port(),
          CLUSTER_API,
          "The TCP port of the built-in MidoNet's own API.");

  static final Option<Boolean> CLUSTER_API_USE_SSL =
      Option.of(
          "MIDONET",
          "cluster_api_use_ssl",
          bool(),
          false,
          "Whether that API is served by HTTPS, with the certificate and key of [ssl].");

  /** By any of these an operator says that there is another MidoNet. */
  private static final List<Option<?>> OF_ANOTHER =
      List.of(MIDONET_URI, USERNAME, PASSWORD, PROJECT_ID, CLUSTER_IP, CLUSTER_PORT);

  static final List<Option<?>> OPTIONS =
      List.of(
          MIDONET_URI,
          CAFILE,
          USERNAME,
          PASSWORD,
          PROJECT_ID,
          CLIENT,
          TUNNEL_PROTOCOL,
          CLUSTER_IP,
          CLUSTER_PORT,
          ZOOKEEPER_HOSTS,
          ZOOKEEPER_ROOT_KEY,
          CLUSTER_API_HOST,
          CLUSTER_API_PORT,
          CLUSTER_API_USE_SSL);

  static MidonetConfig read(ConfigReader reader) {
    return new MidonetConfig(
        reader.get(MIDONET_URI),
        reader.find(CAFILE),
        reader.get(USERNAME),
        reader.get(PASSWORD),
        reader.get(PROJECT_ID),
        client(reader),
        reader.get(TUNNEL_PROTOCOL),
        reader.get(CLUSTER_IP),
        reader.get(CLUSTER_PORT),
        reader.isSet(CLUSTER_IP) || reader.isSet(CLUSTER_PORT),
        reader.find(ZOOKEEPER_HOSTS),
        rootKey(reader),
        reader.find(CLUSTER_API_HOST),
        reader.get(CLUSTER_API_PORT),
        reader.get(CLUSTER_API_USE_SSL));
  }

  private static String client(ConfigReader reader) {
    String client = reader.get(CLIENT);
    if (reader.isSet(CLIENT) || OF_ANOTHER.stream().anyMatch(reader::isSet)) {
      return client;
    }
    return BUILT_IN;
  }

  private static String rootKey(ConfigReader reader) {
    String key = reader.get(ZOOKEEPER_ROOT_KEY);
    if (!key.matches("(/[^/]+)+")) {
      reader.reject(ZOOKEEPER_ROOT_KEY, "must be a path like /midonet");
    }
    return key;
  }

  /** Whether the MidoNet in this program is the one to drive. */
  public boolean isBuiltIn() {
    return client.equals(BUILT_IN);
  }

  /** Whether the MidoNet to drive is told over its REST API, wherever it is. */
  public boolean isRest() {
    return client.equals(REST);
  }
}
