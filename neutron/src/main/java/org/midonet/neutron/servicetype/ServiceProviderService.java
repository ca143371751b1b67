package org.midonet.neutron.servicetype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.impl.DSL;
import org.midonet.neutron.config.ServiceProviders;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;

/** Lists the service providers of the configuration; stateless. */
final class ServiceProviderService implements ResourceService {
  private static final Attribute<String> SERVICE_TYPE = shown("service_type", ValueType.STRING);
  private static final Attribute<String> NAME = shown("name", ValueType.STRING);
  private static final Attribute<Boolean> DEFAULT = shown("default", ValueType.BOOLEAN);

  static final ResourceType TYPE =
      ResourceType.of(
          "service_provider",
          "service_providers",
          "Service provider",
          List.of(SERVICE_TYPE, NAME, DEFAULT));

  private final List<ServiceProviders.Provider> providers;

  ServiceProviderService(ServiceProviders configured) {
    providers = configured.providers();
  }

  /** No rows are filtered: {@link ListQuery#matches} does it. */
  private static <T> Attribute<T> shown(String name, ValueType<T> type) {
    return Attribute.derived(name, type).filterable((context, values) -> DSL.noCondition()).build();
  }

  @Override
  public ResourceType type() {
    return TYPE;
  }

  /** A provider has no identifier to be shown by. */
  @Override
  public Optional<Resource> find(Session session, String id) {
    return Optional.empty();
  }

  @Override
  public void list(Session session, ListQuery query, Consumer<List<Resource>> parts) {
    List<Resource> rows = new ArrayList<>();
    for (ServiceProviders.Provider provider : providers) {
      Resource row =
          session
              .changes(TYPE)
              .set(SERVICE_TYPE, provider.serviceType())
              .set(NAME, provider.name())
              .set(DEFAULT, provider.isDefault())
              .build();
      if (query.matches(row)) {
        rows.add(row);
      }
    }
    parts.accept(rows);
  }
}
