package org.midonet.benchmarks.api;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import tools.jackson.databind.JsonNode;

/**
 * Load on a server of ours that lets everybody in, for other benchmarks than this package's; not
 * safe to share between threads.
 */
public final class Load {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Api api;
  private final long pid;

  /**
   * A server.
   *
   * @param pid its process
   */
  public Load(URI server, long pid) {
    this.api = new Api(server, "none");
    this.pid = pid;
  }

  /** What was measured: answers per second, and latencies in milliseconds. */
  public record Result(double perSecond, double p50, double p99) {}

  /** Creates a network with a subnet, and tells the network's id. */
  public String network(String name, String cidr) throws IOException, InterruptedException {
    String id = create("networks", "network", "\"name\": \"" + name + "\"");
    create(
        "subnets",
        "subnet",
        "\"network_id\": \"%s\", \"ip_version\": 4, \"cidr\": \"%s\"".formatted(id, cidr));
    return id;
  }

  /** Creates a resource with attributes as JSON, and tells its id. */
  public String create(String collection, String name, String attributes)
      throws IOException, InterruptedException {
    String body = "{\"" + name + "\": {" + attributes + "}}";
    JsonNode answer = api.post("/" + collection, body);
    return answer.get(name).get("id").stringValue();
  }

  /** What a path shows. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return api.get(path);
  }

  /** Posts a body as it is, and tells the answer. */
  public JsonNode post(String path, String body) throws IOException, InterruptedException {
    return api.post(path, body);
  }

  /** Deletes a resource. */
  public void delete(String path) throws IOException, InterruptedException {
    api.delete(path);
  }

  /** The request that creates a port in a security group. */
  public byte[] port(String network, String group, int number) {
    String body =
        "{\"port\": {\"network_id\": \"%s\", \"security_groups\": [\"%s\"], \"name\": \"p%d\"}}"
            .formatted(network, group, number);
    return api.request("POST", "/ports", body);
  }

  /**
   * Sends requests, so many at a time.
   *
   * @throws IOException also if one is refused
   */
  public Result run(int clients, int count, Iterator<byte[]> requests) throws IOException {
    HttpLoad.Result result = HttpLoad.run(api.address(), clients, LIMIT, limited(requests, count));
    if (result.failures() > 0) {
      throw new IOException(result.failures() + " requests were refused");
    }
    return new Result(result.perSecond(), result.p50(), result.p99());
  }

  private static Iterator<byte[]> limited(Iterator<byte[]> requests, int count) {
    return new Iterator<>() {
      private int left = count;

      @Override
      public boolean hasNext() {
        return left > 0 && requests.hasNext();
      }

      @Override
      public byte[] next() {
        left--;
        return requests.next();
      }
    };
  }

  /** The server's memory in MiB. */
  public double rss() throws IOException {
    return Memory.of(pid).rss();
  }
}
