package org.midonet.agent.inspect;

import java.io.IOException;
import java.io.Writer;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.forward.PacketWatch;
import org.midonet.agent.sim.Explanation;
import org.midonet.agent.sim.Verdict;
import org.midonet.nsdb.Topology;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows real packets and tells of each what became of it. Safe to share.
 *
 * <p>The packet loop only hands over what it decided; words are made by who writes them. When they
 * are made more slowly than packets come, packets are left out and counted.
 */
public final class LiveTrace implements PacketWatch {
  private static final int WAITING = 1000;
  private static final int MOST_AT_ONCE = 8;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final LiveQuestion question;
  private final BlockingQueue<Sighting> sightings = new ArrayBlockingQueue<>(WAITING);
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger leftOut = new AtomicInteger();

  private record Sighting(
      LocalTime time, int number, Miss miss, UUID port, Verdict verdict, Topology topology) {}

  private LiveTrace(LiveQuestion question) {
    this.question = question;
  }

  /**
   * Why they cannot be followed here, null if they can.
   *
   * @param question what is asked
   */
  public static @Nullable String obstacle(Forwarding forwarding, LiveQuestion question) {
    if (forwarding.statistics().watches() >= MOST_AT_ONCE) {
      return MOST_AT_ONCE + " live traces are under way already";
    }
    UUID from = question.from();
    return from == null || forwarding.isAttached(from)
        ? null
        : "port " + from + " is not attached on this host, so its packets do not enter here";
  }

  /**
   * Follows packets until there were enough, the time is over, or nobody reads any more.
   *
   * @throws IOException if nobody reads any more
   */
  public static void write(Forwarding forwarding, LiveQuestion question, Writer out)
      throws IOException {
    LiveTrace trace = new LiveTrace(question);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(question.seconds());
    try (Forwarding.Watching _ = forwarding.watch(trace)) {
      trace.write(end, out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(long end, Writer out) throws IOException, InterruptedException {
    while (System.nanoTime() < end) {
      Sighting sighting = sightings.poll(1, TimeUnit.SECONDS);
      if (sighting != null) {
        out.write(question.json() ? json(sighting) : text(sighting));
      } else if (seen.get() >= question.packets()) {
        break;
      }
      out.write('\n'); // tells whether somebody reads
      if (sightings.isEmpty()) {
        out.flush();
        if (seen.get() >= question.packets()) {
          break;
        }
      }
    }
    if (leftOut.get() > 0 && !question.json()) {
      out.write(leftOut + " more packets came too fast to be told of.\n");
    }
  }

  @Override
  public boolean matches(UUID port, FlowKey key) {
    return question.matches(port, key);
  }

  @Override
  public boolean decided(Miss miss, UUID port, Verdict verdict, Topology topology) {
    int number = seen.incrementAndGet();
    if (!sightings.offer(
        new Sighting(
            LocalTime.now(ZoneId.systemDefault()), number, miss, port, verdict, topology))) {
      leftOut.incrementAndGet();
    }
    return number < question.packets();
  }

  private String text(Sighting sighting) {
    StringBuilder text = new StringBuilder();
    text.append(TIME.format(sighting.time))
        .append(" packet ")
        .append(sighting.number)
        .append(", ")
        .append(sighting.miss.frame().length)
        .append(" octets: ")
        .append(Wording.packets(sighting.miss.key()))
        .append('\n');
    lines(sighting).forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private List<String> lines(Sighting sighting) {
    return new Explanation(sighting.topology, question.everyRule()).lines(sighting.verdict.trace());
  }

  private String json(Sighting sighting) {
    Verdict verdict = sighting.verdict;
    ObjectNode node =
        JsonMapper.shared()
            .createObjectNode()
            .put("time", TIME.format(sighting.time))
            .put("packet", sighting.number)
            .put("port", sighting.port.toString())
            .put("octets", sighting.miss.frame().length)
            .put("verdict", verdict.kind().name());
    node.set("match", FlowJson.match(sighting.miss.key()));
    if (verdict.reason() != null) {
      node.put("reason", verdict.reason().name());
    }
    ArrayNode steps = node.putArray("steps");
    lines(sighting).forEach(steps::add);
    return node.toString();
  }
}
