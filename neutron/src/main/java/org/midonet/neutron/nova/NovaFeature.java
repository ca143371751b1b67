package org.midonet.neutron.nova;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.service.ChangeListener;

/** Telling Nova, as a part of the API that has rules and no resources; safe to share. */
public final class NovaFeature implements Feature {
  private final NovaOptions options;
  private final NovaNotifier notifier;

  /** Makes the feature; the notifier stays the caller's to close. */
  public NovaFeature(NovaOptions options, NovaNotifier notifier) {
    this.options = options;
    this.notifier = notifier;
  }

  @Override
  public List<ChangeListener> listeners() {
    return List.of(new NovaListener(options, notifier));
  }
}
