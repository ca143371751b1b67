package org.midonet.neutron.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;

/**
 * The methods of one interface at one version; immutable and safe to share between threads.
 *
 * <p>It serves callers of the same major version and of the same or a lower minor one.
 *
 * @param namespace null for all of Neutron's own interfaces
 */
public record RpcEndpoint(@Nullable String namespace, String version, Map<String, Method> methods) {

  /** What runs when a method is called; runs on a virtual thread and may block. */
  @FunctionalInterface
  public interface Method {
    /**
     * Handles one call.
     *
     * @return the JSON-like result, sent back unless the caller cast
     * @throws Exception what the caller is told of as a failure
     */
    @Nullable Object call(RequestContext context, RpcArgs args) throws Exception;
  }

  public RpcEndpoint {
    methods = Map.copyOf(methods);
  }

  /** Starts an endpoint of the given version without a namespace. */
  public static Builder version(String version) {
    return new Builder(version);
  }

  boolean accepts(@Nullable String wantedNamespace, String wantedVersion) {
    return Objects.equals(namespace, wantedNamespace)
        && major(version) == major(wantedVersion)
        && minor(wantedVersion) <= minor(version);
  }

  private static int major(String version) {
    return number(version.split("\\.", -1), 0);
  }

  private static int minor(String version) {
    return number(version.split("\\.", -1), 1);
  }

  private static int number(String[] parts, int index) {
    try {
      return index < parts.length ? Integer.parseInt(parts[index]) : 0;
    } catch (NumberFormatException e) {
      throw new RpcArgs.BadArgument("impossible version: " + String.join(".", parts));
    }
  }

  /** Collects methods; not safe to share between threads. */
  public static final class Builder {
    private final String version;
    private final Map<String, Method> methods = new LinkedHashMap<>();

    private Builder(String version) {
      this.version = version;
    }

    /** Adds a method by the name callers use. */
    public Builder method(String name, Method method) {
      methods.put(name, method);
      return this;
    }

    /** Returns the endpoint. */
    public RpcEndpoint build() {
      return new RpcEndpoint(null, version, methods);
    }
  }
}
