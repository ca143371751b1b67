package org.midonet.neutron.autoallocate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * GET and DELETE of /v2.0/auto-allocated-topology/{project}, and {@code is_default} of external
 * networks (alias auto-allocated-topology); stateless.
 */
public final class AutoAllocateFeature implements Feature {
  private static final String ALIAS = "auto-allocated-topology";
  private static final String DRY_RUN = "dry-run";
  private static final ResourceType TYPE =
      ResourceType.of(
          "auto_allocated_topology",
          "auto_allocated_topologies",
          "Auto-allocated topology",
          List.of(Standard.ID, Standard.TENANT_ID, Standard.PROJECT_ID));
  private static final ResourceDefinition DEFINITION =
      new ResourceDefinition(TYPE, TYPE.attributes());

  private final AutoAllocation allocation;

  /** Connects topologies by these routers. */
  public AutoAllocateFeature(Uplink uplink) {
    this.allocation = new AutoAllocation(uplink);
  }

  @Override
  public List<Extension> extensions() {
    return List.of(Extension.of(ALIAS).adding(Networks.TYPE, Networks.IS_DEFAULT));
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new DefaultExternalNetwork());
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has(ALIAS)) {
      String path = "/v2.0/auto-allocated-topology/{project}";
      routes.add("GET", path, call -> show(core, call));
      routes.add("DELETE", path, call -> delete(core, call));
    }
  }

  private Response show(Core core, Call call) {
    List<String> fields =
        call.request().query().stream()
            .filter(p -> p.getKey().equals("fields"))
            .map(Map.Entry::getValue)
            .toList();
    return core.sessions()
        .write(
            call.context(),
            session -> {
              String project = project(core, session, call, "get");
              if (fields.contains(DRY_RUN)) {
                allocation.checkRequirements(session);
                return answer(DRY_RUN + "=pass", project);
              }
              if (!fields.isEmpty()) {
                throw NeutronException.badResourceRequest("auto_allocate", "Unrecognized field");
              }
              return answer(allocation.get(session, project), project);
            });
  }

  private Response delete(Core core, Call call) {
    return core.sessions()
        .write(
            call.context(),
            session -> {
              allocation.delete(session, project(core, session, call, "delete"));
              return Response.empty(204);
            });
  }

  /** The project of the path, or the caller's own where a client without one wrote None. */
  private static String project(Core core, Session session, Call call, String verb) {
    String own = session.context().projectId();
    String named = call.variable("project");
    String project = named.equals("None") && own != null ? own : named;
    if (!session.context().isAdmin() && !project.equals(own)) {
      throw new NeutronException(403, "NotAuthorized", "Not authorized.");
    }
    Resource target =
        Resource.builder(DEFINITION)
            .set(Standard.TENANT_ID, project)
            .set(Standard.PROJECT_ID, project)
            .build();
    core.authorizer().enforce(session, verb + "_" + TYPE.name(), target);
    return project;
  }

  private static Response answer(String id, String project) {
    Map<String, Object> topology = new LinkedHashMap<>();
    topology.put("id", id);
    topology.put("tenant_id", project);
    topology.put("project_id", project);
    return Response.json(200, Map.of(TYPE.name(), topology));
  }
}
