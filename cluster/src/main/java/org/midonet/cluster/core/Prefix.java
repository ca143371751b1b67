package org.midonet.cluster.core;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;

/** An IPv4 address and its prefix length, in two fields; immutable. */
record Prefix<T, B>(
    String address,
    String length,
    boolean required,
    Function<T, @Nullable IpPrefix> get,
    BiConsumer<B, @Nullable IpPrefix> set)
    implements Field<T, B> {

  @Override
  public void show(T object, View view, Map<String, @Nullable Object> json) {
    IpPrefix prefix = get.apply(object);
    json.put(address, prefix == null ? null : prefix.address().toString());
    json.put(length, prefix == null ? 0 : prefix.prefixLength());
  }

  @Override
  public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
    Object raw = json.get(address);
    if (raw == null && required) {
      violations.add(new Violation(address, "may not be null"));
    }
    if (raw != null && Kind.IPV4.read(raw) == null) {
      violations.add(new Violation(address, "is an invalid IPv4 format"));
    }
    for (Check check : List.of(Check.min(0), Check.max(32))) {
      String complaint = check.complaint(json.get(length));
      if (complaint != null) {
        violations.add(new Violation(length, complaint));
      }
    }
  }

  @Override
  public void fill(Map<String, @Nullable Object> json, B builder) {
    Object raw = json.get(address);
    IpAddress ip = raw == null ? null : Kind.IPV4.read(raw);
    Object given = json.get(length);
    Integer bits = Kind.intOrNull(given);
    if (given != null && bits == null) {
      throw ApiException.badRequest("Field " + length + ": '" + given + "' is not a whole number.");
    }
    set.accept(builder, ip == null ? null : new IpPrefix(ip, bits == null ? 0 : bits));
  }
}
