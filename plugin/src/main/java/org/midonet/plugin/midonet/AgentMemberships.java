package org.midonet.plugin.midonet;

import java.util.List;
import org.midonet.neutron.resource.AddressValidators;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/**
 * The agent membership resource (alias agent-membership, spec section 4.4): a host that takes part
 * in MidoNet's tunnels. Stateless, safe to share between threads.
 */
final class AgentMemberships {

  /** MidoNet's id of the host, chosen by the caller. */
  static final Attribute<String> ID =
      Attribute.string("id").requiredOnCreate().validate(Validators::uuid).queryable().build();

  /** The host's address in the tunnel network. */
  static final Attribute<String> IP_ADDRESS =
      Attribute.string("ip_address")
          .requiredOnCreate()
          .validate(AddressValidators::ipAddress)
          .queryable()
          .build();

  /** Taken from requests for compatibility; a host belongs to no project. */
  private static final Attribute<String> TENANT_ID =
      Attribute.input("tenant_id", ValueType.STRING)
          .onCreate(Resource.UNSET)
          .validate(Validators.string(255))
          .build();

  static final ResourceType TYPE =
      new ResourceType(
          "agent_membership",
          "agent_memberships",
          "agent_memberships",
          "midonet_agent_memberships",
          "Agent membership",
          "AgentMembershipNotFound",
          List.of(ID, IP_ADDRESS, TENANT_ID));

  private AgentMemberships() {}
}
