package org.midonet.plugin.client.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.agent.AgentSource;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.MidonetConfig;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.store.Transaction;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.cluster.topology.TopologyApi;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells MidoNet by rows of {@code midonet_tasks}, which an importer of the cluster reads (spec
 * section 3.6). Immutable, safe to share between threads.
 *
 * <p>The rows commit with the change itself, so neither can be without the other. MidoNet's answer
 * is not waited for.
 */
public final class MidonetClusterClient implements MidonetClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CONFIG = "00000000-0000-0000-0000-000000000001";

  private static final Set<String> TUNNELS = Set.of("vxlan", "gre");

  private final Map<String, @Nullable Object> config;
  private final AgentSource agents;

  /**
   * A client that announces these options to the importer.
   *
   * @throws IllegalArgumentException for a tunnel protocol that MidoNet does not have, at which the
   *     importer would stop, or a port that is none; the message is for the operator
   */
  public MidonetClusterClient(MidonetConfig config) {
    if (!TUNNELS.contains(config.tunnelProtocol())) {
      throw new IllegalArgumentException(
          "tunnel_protocol in [MIDONET] is %s, which MidoNet does not have. It has vxlan and gre."
              .formatted(config.tunnelProtocol()));
    }
    this.config = document(config);
    this.agents =
        config.topologyApi()
            ? TopologyApi.at(config.clusterIp(), config.clusterPort())
            : AgentSource.NONE;
  }

  /**
   * All options of the section, as importers expect; but not the password, which none of them reads
   * and everybody with access to the table would see.
   */
  private static Map<String, @Nullable Object> document(MidonetConfig config) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("midonet_uri", config.midonetUri());
    document.put("username", config.username());
    document.put("password", null);
    document.put("project_id", config.projectId());
    document.put("client", config.client());
    document.put("tunnel_protocol", config.tunnelProtocol());
    document.put("cluster_ip", config.clusterIp());
    document.put("cluster_port", config.clusterPort());
    document.put("id", CONFIG);
    return document;
  }

  /** Adds a CONFIG task; importers take one that they know for nothing new. */
  @Override
  public void initialize(Sessions sessions) {
    String id = UUID.randomUUID().toString();
    sessions.write(
        RequestContext.admin(id),
        session -> {
          DataState.locked(session.transaction());
          TaskTable.append(session.transaction(), announcement(), null, id);
          return true;
        });
  }

  /** The task that tells the importer of this server's options. */
  public Task.Draft announcement() {
    return new Task.Draft(Task.CREATE, "CONFIG", JSON.writeValueAsString(config), CONFIG);
  }

  /**
   * Replaces all tasks by those of the calls; the caller holds the state's row.
   *
   * @return how many tasks there are now
   */
  int replace(Transaction transaction, String transactionId, List<MidonetCall> calls) {
    TaskTable.clear(transaction);
    List<Task.Draft> drafts =
        Stream.concat(
                Stream.of(announcement()),
                calls.stream().flatMap(call -> Drafts.of(call, Importable.BY_ANY_RELEASE)))
            .toList();
    drafts.forEach(task -> TaskTable.append(transaction, task, null, transactionId));
    return drafts.size();
  }

  @Override
  public void precommit(Session session, MidonetCall call) {
    RequestContext asker = session.context();
    Drafts.of(call, Importable.BY_ANY_RELEASE)
        .forEach(task -> {
          requireWritable(session);
          TaskTable.append(session.transaction(), task, asker.projectId(), asker.requestId());
        });
  }

  /** Also takes the lock under which ids are given out; once in a session. */
  private static void requireWritable(Session session) {
    session.memo(DataState.class, () -> DataState.lockedForTasks(session.transaction()));
  }

  @Override
  public void postcommit(MidonetCall call) {}

  @Override
  public AgentSource agents() {
    return agents;
  }

  @Override
  public boolean isToldByCommit() {
    return true;
  }

  @Override
  public String describe() {
    return "MidoNet is told through the table midonet_tasks of this server's database";
  }
}
