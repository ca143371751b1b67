package org.midonet.neutron.quota;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.config.QuotaConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Usage;

/** The paths below /v2.0/quotas (API reference, "Quotas extension"); safe to share. */
final class QuotaEndpoints {
  private final Core core;
  private final QuotaConfig config;
  private final List<String> resources;
  private final ResourceDefinition definition;

  QuotaEndpoints(Core core, QuotaConfig config) {
    this.core = core;
    this.config = config;
    this.resources =
        ProjectQuotas.RESOURCES.stream()
            .filter(name -> core.catalog().find(name).isPresent())
            .toList();
    List<Attribute<?>> limits = new ArrayList<>();
    for (String resource : resources) {
      limits.add(
          Attribute.integer(resource)
              .onUpdate()
              .validate(QuotaEndpoints::limit)
              .convert(Converters::toInt)
              .build());
    }
    this.definition =
        new ResourceDefinition(ResourceType.of("quota", "quotas", "Quota", limits), limits);
  }

  /** What is no number at all is the converter's to refuse, in its words. */
  private static @Nullable String limit(@Nullable Object value) {
    Converters.toInt(value);
    return Validators.range(-1L, (long) Integer.MAX_VALUE).validate(value);
  }

  void register(Routes routes) {
    routes
        .add("GET", "/v2.0/quotas", this::list)
        .add("POST", "/v2.0/quotas", call -> unsupported())
        .add("GET", "/v2.0/quotas/tenant", call -> own(call, "tenant"))
        .add("GET", "/v2.0/quotas/project", call -> own(call, "project"))
        .add("GET", "/v2.0/quotas/{project}", this::show)
        .add("PUT", "/v2.0/quotas/{project}", this::update)
        .add("DELETE", "/v2.0/quotas/{project}", this::reset)
        .add("GET", "/v2.0/quotas/{project}/default", this::defaults);
    if (core.catalog().has("quota_details")) {
      routes.add("GET", "/v2.0/quotas/{project}/details", this::details);
    }
  }

  private static Response unsupported() {
    throw new NeutronException(
        501, "HTTPNotImplemented", "POST requests are not supported on this resource.");
  }

  private Response list(Call call) {
    return read(
        call,
        session -> {
          core.authorizer().enforce(session, "get_quota");
          Map<String, Map<String, Object>> byProject = new LinkedHashMap<>();
          for (QuotaTable.Row row : QuotaTable.limited(session)) {
            byProject
                .computeIfAbsent(
                    row.project(),
                    project -> {
                      Map<String, Object> quota = new LinkedHashMap<>(limits(List.of()));
                      quota.put("project_id", project);
                      quota.put("tenant_id", project);
                      return quota;
                    })
                .computeIfPresent(row.resource(), (resource, limit) -> row.limit());
          }
          return Response.json(200, Map.of("quotas", List.copyOf(byProject.values())));
        });
  }

  private static Response own(Call call, String name) {
    String project = call.context().projectId();
    if (project == null) {
      throw new NeutronException(
          400, "QuotaMissingTenant", "Tenant-id was missing from quota request.");
    }
    return Response.json(200, Map.of(name, Map.of(name + "_id", project)));
  }

  private Response show(Call call) {
    return read(
        call,
        session -> {
          enforceUnlessOwn(session, call);
          return quota(session, call.variable("project"));
        });
  }

  private Response defaults(Call call) {
    return read(
        call,
        session -> {
          enforceUnlessOwn(session, call);
          return Response.json(200, Map.of("quota", limits(List.of())));
        });
  }

  private void enforceUnlessOwn(Session session, Call call) {
    if (!call.variable("project").equals(call.context().projectId())) {
      core.authorizer().enforce(session, "get_quota");
    }
  }

  private Response details(Call call) {
    String project = call.variable("project");
    if (!project.equals(call.context().projectId()) && !call.context().isAdmin()) {
      throw new NeutronException(
          403,
          "AdminRequired",
          "User does not have admin privileges: Only admin is authorized to access quotas for"
              + " another project.");
    }
    return read(
        call,
        session -> {
          List<QuotaTable.Row> rows = QuotaTable.of(session, project);
          Map<String, Long> used = new LinkedHashMap<>();
          rows.forEach(row -> used.put(row.resource(), row.inUse()));
          Map<String, Object> details = new LinkedHashMap<>();
          limits(rows)
              .forEach((resource, limit) -> {
                Map<String, Object> detail = new LinkedHashMap<>();
                detail.put("limit", limit);
                detail.put("used", used.getOrDefault(resource, 0L));
                detail.put("reserved", 0L);
                details.put(resource, detail);
              });
          return Response.json(200, Map.of("quota", details));
        });
  }

  private Response update(Call call) {
    Map<String, @Nullable Object> given =
        new LinkedHashMap<>(Bodies.wrapped("quota", Bodies.object(call.request().body())));
    String project = call.variable("project");
    return core.sessions()
        .write(
            call.context(),
            session -> {
              core.authorizer().enforce(session, "update_quota");
              Map<String, @Nullable Object> limits = new LinkedHashMap<>(given);
              limits.remove("force");
              boolean check = truth(limits.remove("check_limit"));
              Resource wanted = Bodies.update(definition, limits);
              if (check) {
                check(session, project, wanted);
              }
              wanted.forEach((attribute, limit) -> {
                if (limit instanceof Long number) {
                  QuotaTable.limit(session, new Usage(project, attribute.name()), number);
                }
              });
              return quota(session, project);
            });
  }

  /** Neutron asks whether the value is true as Python does. */
  private static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      case String text -> !text.isEmpty();
      case Number number -> number.doubleValue() != 0;
      default -> true;
    };
  }

  private static void check(Session session, String project, Resource wanted) {
    for (QuotaTable.Row row : QuotaTable.of(session, project)) {
      if (wanted.raw(row.resource()) instanceof Long limit && row.inUse() > limit) {
        throw NeutronException.badRequest(
            "Quota limit "
                + limit
                + " for "
                + row.resource()
                + " must be greater than or equal to already used "
                + row.inUse());
      }
    }
  }

  private Response reset(Call call) {
    String project = call.variable("project");
    return core.sessions()
        .write(
            call.context(),
            session -> {
              core.authorizer().enforce(session, "delete_quota");
              if (!QuotaTable.reset(session, project)) {
                throw new NeutronException(
                    404,
                    "TenantQuotaNotFound",
                    "Quota for tenant " + project + " could not be found.");
              }
              return Response.empty(204);
            });
  }

  private Response quota(Session session, String project) {
    return Response.json(200, Map.of("quota", limits(QuotaTable.of(session, project))));
  }

  /** The limits: the defaults where no row has one. */
  private Map<String, Long> limits(List<QuotaTable.Row> rows) {
    Map<String, Long> limits = new LinkedHashMap<>();
    resources.forEach(resource -> limits.put(resource, config.limit(resource)));
    for (QuotaTable.Row row : rows) {
      Long limit = row.limit();
      if (limit != null) {
        limits.computeIfPresent(row.resource(), (resource, present) -> limit);
      }
    }
    return limits;
  }

  private Response read(Call call, Function<Session, Response> body) {
    return core.sessions().read(call.context(), body);
  }
}
