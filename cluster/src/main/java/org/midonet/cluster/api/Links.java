package org.midonet.cluster.api;

/**
 * Makes the absolute addresses that clients navigate by; immutable.
 *
 * @param root scheme, host, port and path of the API as the client sees it, without a slash at the
 *     end
 */
public record Links(String root) {
  /** The address of a path below the root, such as {@code /bridges}. */
  public String to(String path) {
    return root + path;
  }
}
