package org.midonet.cluster.core;

import org.jspecify.annotations.Nullable;
import org.midonet.topology.Host;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;

/** Hosts as the API shows them: what is configured, and what their agents report; stateless. */
final class Hosts {
  static final Resource<Host, HostBuilder> RESOURCE =
      Resource.of(
          ObjectType.HOST,
          "/hosts",
          "Host",
          3,
          new Shape<Host, HostBuilder>()
              .shown("id", (host, view) -> host.id().toString())
              .field("name", Kind.TEXT, Host::name, Hosts::nameOnce)
              .shown("addresses", (host, view) -> HostState.addresses(host.id(), view))
              .shown("hostInterfaces", (host, view) -> HostState.interfaces(host.id(), view))
              .shown("alive", (host, view) -> view.isAlive(host.id()))
              .field(
                  "floodingProxyWeight",
                  Kind.INT,
                  1,
                  Host::floodingProxyWeight,
                  HostBuilder::floodingProxyWeight,
                  Check.min(0),
                  Check.max(65535))
              .field(
                  "containerWeight",
                  Kind.INT,
                  1,
                  Host::containerWeight,
                  HostBuilder::containerWeight,
                  Check.min(0))
              .field(
                  "containerLimit",
                  Kind.INT,
                  -1,
                  Host::containerLimit,
                  HostBuilder::containerLimit,
                  Check.min(-1))
              .flag(
                  "enforceContainerLimit",
                  Host::enforceContainerLimit,
                  HostBuilder::enforceContainerLimit)
              .link("interfaces", host -> "/hosts/" + host.id() + "/interfaces")
              .link("ports", host -> "/hosts/" + host.id() + "/ports"),
          new Resource.Builders<>(
              HostBuilder::builder, HostBuilder::builder, HostBuilder::id, HostBuilder::build));

  private Hosts() {}

  /** A host keeps the name it came with, whatever an update says. */
  private static void nameOnce(HostBuilder builder, @Nullable String name) {
    if (builder.name() == null) {
      builder.name(name);
    }
  }
}
