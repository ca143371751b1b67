package org.midonet.app.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.server.RequestObserver;

/** Counts and times requests. Safe to share. */
final class RequestMetrics implements RequestObserver {
  private static final String VERSION = "/v2.0/";
  private static final String OTHER = "other";
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
  private static final int MOST = 200;

  private final Counter requests;
  private final Histogram seconds;

  /** What was served once is a resource; whatever else people ask for is not told by name. */
  private final Set<String> resources = ConcurrentHashMap.newKeySet();

  RequestMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("midonet_api_requests_total")
            .help("Requests of the Networking API.")
            .labelNames("resource", "method", "status")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("midonet_api_request_seconds")
            .help("How long requests of the Networking API took.")
            .labelNames("resource", "method")
            .classicOnly()
            .classicUpperBounds(Metrics.SECONDS)
            .register(registry);
  }

  @Override
  public void answered(Request request, int status, long nanos) {
    String resource = resource(request.path(), status);
    String method = METHODS.contains(request.method()) ? request.method() : OTHER;
    requests.labelValues(resource, method, String.valueOf(status)).inc();
    seconds.labelValues(resource, method).observe(nanos / 1e9);
  }

  /** The collection that a path begins with. */
  private String resource(String path, int status) {
    if (!path.startsWith(VERSION)) {
      return OTHER;
    }
    int end = path.indexOf('/', VERSION.length());
    String text = path.substring(VERSION.length(), end < 0 ? path.length() : end);
    String name = text.endsWith(".json") ? text.substring(0, text.length() - 5) : text;
    String resource = name.replace('_', '-');
    if (resources.contains(resource)) {
      return resource;
    }
    if (status >= 400 || resource.isEmpty() || resources.size() >= MOST) {
      return OTHER;
    }
    resources.add(resource);
    return resource;
  }
}
