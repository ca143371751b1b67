package org.midonet.plugin.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to tell MidoNet, with the bare Neutron resource as its body. Immutable, safe to share
 * between threads.
 *
 * <p>Bodies keep the order of their keys and hold what JSON holds: text, numbers, booleans, lists,
 * maps and null. They are made by {@link MidonetPayload}.
 */
public sealed interface MidonetCall {

  /** A call about a resource of some kind. */
  sealed interface About extends MidonetCall {
    /** The kind. */
    MidonetResource resource();
  }

  /** The resource was created. */
  record Create(MidonetResource resource, Map<String, @Nullable Object> body) implements About {
    public Create {
      body = frozen(body);
    }
  }

  /** Several resources of one kind were created by one request; MidoNet takes all or none. */
  record CreateAll(MidonetResource resource, List<Map<String, @Nullable Object>> bodies)
      implements About {
    public CreateAll {
      bodies = bodies.stream().map(MidonetCall::frozen).toList();
    }
  }

  /**
   * The resource was changed; the body is the whole resource, since MidoNet replaces and never
   * merges.
   */
  record Update(MidonetResource resource, Map<String, @Nullable Object> body) implements About {
    public Update {
      body = frozen(body);
    }

    /** The id of the resource that was changed. */
    public String id() {
      return idOf(body);
    }
  }

  /** The resource is gone. */
  record Delete(MidonetResource resource, String id) implements About {}

  /** A port became an interface of a router; {@code id} in the body is the router's. */
  record AddRouterInterface(Map<String, @Nullable Object> body) implements MidonetCall {
    public AddRouterInterface {
      body = frozen(body);
    }

    /** The id of the router. */
    public String routerId() {
      return idOf(body);
    }
  }

  /** A port is no longer an interface of a router; {@code id} in the body is the router's. */
  record RemoveRouterInterface(Map<String, @Nullable Object> body) implements MidonetCall {
    public RemoveRouterInterface {
      body = frozen(body);
    }

    /** The id of the router. */
    public String routerId() {
      return idOf(body);
    }
  }

  /**
   * A health monitor watches one more pool.
   *
   * @param body the monitor, with all pools that it watches now
   */
  record AddPoolMonitor(String poolId, Map<String, @Nullable Object> body) implements MidonetCall {
    public AddPoolMonitor {
      body = frozen(body);
    }

    /** The id of the monitor. */
    public String id() {
      return idOf(body);
    }
  }

  /**
   * A health monitor no longer watches a pool.
   *
   * @param body the monitor, with the pools that it still watches
   */
  record RemovePoolMonitor(String poolId, Map<String, @Nullable Object> body)
      implements MidonetCall {
    public RemovePoolMonitor {
      body = frozen(body);
    }

    /** The id of the monitor. */
    public String id() {
      return idOf(body);
    }
  }

  private static String idOf(Map<String, @Nullable Object> body) {
    if (body.get("id") instanceof String id) {
      return id;
    }
    throw new IllegalArgumentException("The body has no id: " + body.keySet());
  }

  private static Map<String, @Nullable Object> frozen(Map<String, @Nullable Object> body) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(body));
  }
}
