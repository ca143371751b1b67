package org.midonet.cluster.core;

import org.midonet.topology.ContainerPolicy;
import org.midonet.topology.ObjectType;
import org.midonet.topology.ServiceContainer;
import org.midonet.topology.ServiceContainerBuilder;
import org.midonet.topology.ServiceContainerGroup;
import org.midonet.topology.ServiceContainerGroupBuilder;

/** Service containers and their groups as the API shows them; stateless. */
final class Containers {
  private static final Kind<ContainerPolicy> POLICY =
      Kind.constant(ContainerPolicy.class, Enum::name);

  static final Resource<ServiceContainer, ServiceContainerBuilder> CONTAINERS =
      Resource.of(
          ObjectType.SERVICE_CONTAINER,
          "/service_containers",
          "ServiceContainer",
          1,
          new Shape<ServiceContainer, ServiceContainerBuilder>()
              .shown("id", (container, view) -> container.id().toString())
              .field(
                  "serviceGroupId",
                  Kind.ID,
                  ServiceContainer::serviceGroupId,
                  ServiceContainerBuilder::serviceGroupId)
              .field(
                  "configurationId",
                  Kind.ID,
                  ServiceContainer::configurationId,
                  ServiceContainerBuilder::configurationId)
              .field("portId", Kind.ID, ServiceContainer::portId, ServiceContainerBuilder::portId)
              .required(
                  "serviceType",
                  Kind.TEXT,
                  ServiceContainer::serviceType,
                  ServiceContainerBuilder::serviceType)
              // No agent of ours runs containers, so that none is ever anything but stopped.
              .shown("statusCode", (container, view) -> "STOPPED")
              .shown("statusMessage", (container, view) -> null)
              .shown("hostId", (container, view) -> null)
              .shown("namespaceName", (container, view) -> null)
              .shown("interfaceName", (container, view) -> null)
              .link("serviceGroup", "/service_container_groups", ServiceContainer::serviceGroupId)
              .link("port", "/ports", ServiceContainer::portId),
          new Resource.Builders<>(
              ServiceContainerBuilder::builder,
              ServiceContainerBuilder::builder,
              ServiceContainerBuilder::id,
              ServiceContainerBuilder::build));

  static final Resource<ServiceContainerGroup, ServiceContainerGroupBuilder> GROUPS =
      Resource.of(
          ObjectType.SERVICE_CONTAINER_GROUP,
          "/service_container_groups",
          "ServiceContainerGroup",
          1,
          new Shape<ServiceContainerGroup, ServiceContainerGroupBuilder>()
              .shown("id", (group, view) -> group.id().toString())
              .field(
                  "policy",
                  POLICY,
                  ContainerPolicy.WEIGHTED,
                  ServiceContainerGroup::policy,
                  ServiceContainerGroupBuilder::policy)
              .field(
                  "hostGroupId",
                  Kind.ID,
                  ServiceContainerGroup::hostGroupId,
                  ServiceContainerGroupBuilder::hostGroupId)
              .field(
                  "portGroupId",
                  Kind.ID,
                  ServiceContainerGroup::portGroupId,
                  ServiceContainerGroupBuilder::portGroupId)
              .link(
                  "serviceContainers",
                  group -> "/service_container_groups/" + group.id() + "/service_containers"),
          new Resource.Builders<>(
              ServiceContainerGroupBuilder::builder,
              ServiceContainerGroupBuilder::builder,
              ServiceContainerGroupBuilder::id,
              ServiceContainerGroupBuilder::build));

  private Containers() {}
}
