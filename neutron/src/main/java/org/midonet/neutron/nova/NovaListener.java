package org.midonet.neutron.nova;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;

/** Makes events of changes of ports and floating IPs; safe to share between threads. */
final class NovaListener implements ChangeListener {
  private final NovaOptions options;
  private final NovaNotifier notifier;

  NovaListener(NovaOptions options, NovaNotifier notifier) {
    this.options = options;
    this.notifier = notifier;
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    switch (change.type().name()) {
      case "port" -> port(change);
      case "floatingip" -> floatingIp(context, change);
      default -> {
        // Nova does not ask for more.
      }
    }
  }

  private void port(Change change) {
    Resource before = change.before();
    Resource after = change.after();
    if (after == null) {
      if (options.onDataChanges()) {
        notifier.send(NovaEvent.deleted(port(change.resource())));
      }
      return;
    }
    if (options.onStatusChanges()) {
      notifier.send(NovaEvent.statusChanged(before == null ? null : port(before), port(after)));
    }
    if (options.onDataChanges() && before != null && !sameButForStatus(before, after)) {
      notifier.send(NovaEvent.changed(port(after)));
    }
  }

  /** A change of status alone is told by its own event. */
  private static boolean sameButForStatus(Resource before, Resource after) {
    return before.definition().attributes().stream()
        .filter(attribute ->
            attribute != Standard.STATUS
                && attribute != Standard.REVISION_NUMBER
                && attribute != Standard.UPDATED_AT)
        .noneMatch(attribute -> before.differs(after, attribute));
  }

  /** The port that has the address now, and the one that had it before, if another. */
  private void floatingIp(ChangeContext context, Change change) {
    if (!options.onDataChanges()) {
      return;
    }
    String had = portId(change.before());
    String has = portId(change.after());
    if (had != null && !had.equals(has)) {
      changed(context, had);
    }
    if (has != null && !Objects.equals(has, had)) {
      changed(context, has);
    }
  }

  private void changed(ChangeContext context, String portId) {
    Optional<Resource> port =
        context
            .sessions()
            .read(
                context.request().elevated(), session -> session.tables().find(Ports.TYPE, portId));
    port.ifPresent(found -> notifier.send(NovaEvent.changed(port(found))));
  }

  private static @Nullable String portId(@Nullable Resource floatingIp) {
    return floatingIp != null && floatingIp.raw("port_id") instanceof String id ? id : null;
  }

  private static NovaEvent.Port port(Resource port) {
    return new NovaEvent.Port(
        port.id(),
        port.get(Ports.DEVICE_ID, ""),
        port.get(Ports.DEVICE_OWNER, ""),
        port.get(Standard.STATUS, ""));
  }
}
