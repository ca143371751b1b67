package org.midonet.neutron.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;

/**
 * Updates bound to a revision: {@code If-Match: revision_number=N} (alias revision-if-match).
 * Stateless.
 */
final class IfMatch {
  private static final Pattern ETAG = Pattern.compile("\"?revision_number=([^\",\\s]*)\"?");

  private IfMatch() {}

  /** The revision the request is bound to. */
  static Optional<Long> revision(Core core, Request request) {
    String header = request.header("if-match");
    Matcher matcher = ETAG.matcher(header == null ? "" : header);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String number = matcher.group(1);
    if (matcher.find()) {
      throw bad("Multiple revision_number etags are not supported.");
    }
    if (!core.catalog().has("revision-if-match")) {
      throw bad("This server does not support constraining operations based on revision numbers");
    }
    try {
      return Optional.of(Long.valueOf(number));
    } catch (NumberFormatException e) {
      throw bad("Revision number etag must be in the format of revision_number=<int>");
    }
  }

  /** Refuses with 412 if the resource is at another revision. */
  static void check(long wanted, Resource current) {
    long present = current.get(Standard.REVISION_NUMBER, 0L);
    if (wanted != present) {
      throw new NeutronException(
          412,
          "RevisionNumberConstraintFailed",
          "Constrained to " + wanted + ", but current revision is " + present);
    }
  }

  private static NeutronException bad(String reason) {
    return NeutronException.badResourceRequest("if-match", reason);
  }
}
