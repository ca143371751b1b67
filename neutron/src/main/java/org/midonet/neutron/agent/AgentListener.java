package org.midonet.neutron.agent;

import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;

/** Tells agents that the administrator switched them on or off; safe to share between threads. */
final class AgentListener implements ChangeListener {
  private final AgentTell tell;

  AgentListener(AgentTell tell) {
    this.tell = tell;
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    Resource before = change.before();
    Resource after = change.after();
    if (before == null
        || after == null
        || !change.type().name().equals(Agents.TYPE.name())
        || !after.differs(before, Agents.ADMIN_STATE_UP)) {
      return;
    }
    for (AgentKind kind : AgentKind.values()) {
      if (Agents.is(after, kind)) {
        tell.adminState(
            context.request(), kind, after.get(Agents.HOST), after.get(Agents.ADMIN_STATE_UP));
      }
    }
  }
}
