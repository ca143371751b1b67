package org.midonet.neutron.api;

import java.util.List;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.UsageLedger;

/** Limits how much a project may have. Implementations are safe to share. */
public interface Quotas extends UsageLedger {
  /**
   * Refuses with 409 OverQuota if the projects may not have all of these besides what they have.
   */
  void reserve(Session session, ResourceType type, List<Resource> inputs);
}
