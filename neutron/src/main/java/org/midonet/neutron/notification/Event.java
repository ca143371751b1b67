package org.midonet.neutron.notification;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Response;

/**
 * What is told of one request; immutable.
 *
 * @param service the first part of {@code publisher_id}
 * @param name the type of the event, without {@code .start} and {@code .end}
 * @param start what is told before the request is served; null where only its success is told, by
 *     the name alone
 * @param end what is told of its success, made from the answer
 */
record Event(
    String service,
    String name,
    @Nullable Map<String, ? extends @Nullable Object> start,
    Function<Response, Map<String, ? extends @Nullable Object>> end) {

  String startName() {
    return name + ".start";
  }

  String endName() {
    return start == null ? name : name + ".end";
  }
}
