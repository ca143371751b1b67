package org.midonet.agent.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.Input;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/** The kernel and the in-memory twin do the same to any frame by any actions. */
@Tag("root")
final class KernelAgainstTwinIT {
  private static final int CASES = Integer.getInteger("twin.cases", 4000);
  private static final long SEED = Long.getLong("twin.seed", 11);
  private static final byte[] END = Packets.udp(1, 1, org.midonet.packets.frame.Octets.EMPTY);

  private static final int NOWHERE = Input.Port.MAX;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final ArbitraryFrames frames = new ArbitraryFrames(random);

  /** What became of a frame: what came out where, in any order, and how it came up. */
  private record Fate(List<List<String>> out, List<String> up) {}

  @Test
  void arbitraryFramesMeetTheSameFate() {
    DatapathConfig config = new DatapathConfig("twin", 1000, 1 << 20, 0, 0, Optional.empty());
    try (Bench twin = MemoryDatapathTest.bench(config);
        Bench kernel =
            new EbpfBench(config, List.of(DatapathContract.FIRST, DatapathContract.SECOND))) {
      Side one = new Side(twin);
      Side two = new Side(kernel);
      int forwarded = 0;
      for (int i = 0; i < CASES; i++) {
        byte[] frame = frames.next();
        List<Action> actions = actions();
        Fate expected = one.fate(frame, actions);
        Fate fate = two.fate(frame, actions);
        for (int again = 0; again < 3 && !fate.equals(expected); again++) {
          fate = two.fate(frame, actions); // one processor may overtake another
        }
        assertThat(fate)
            .as("case %d, %s by %s", i, HexFormat.of().formatHex(frame), actions)
            .isEqualTo(expected);
        forwarded += expected.out.stream().mapToInt(List::size).sum();
      }
      assertThat(forwarded).isGreaterThan(CASES / 2);
    }
  }

  /** A datapath with a way in and two ways out, by the same numbers on both. */
  private static final class Side {
    private final Datapath datapath;
    private final List<Bench.Cable> cables = new ArrayList<>();

    Side(Bench bench) {
      datapath = bench.hosts().getFirst();
      for (int i = 0; i < 3; i++) {
        cables.add(bench.plug(0));
      }
      Classifier.Classified end = read(END);
      datapath.install(
          java.util.Objects.requireNonNull(end).key(),
          Actions.of(
              new Action.Output(port(1)), new Action.Output(port(2)), new Action.Output(NOWHERE)));
    }

    private int port(int index) {
      return cables.get(index).port();
    }

    private Classifier.@Nullable Classified read(byte[] frame) {
      return Classifier.classify(new Input.Port(port(0)), frame);
    }

    /**
     * Copies keep their order, so that all are there when those of the frame behind it are; the
     * last output is no copy, and is faster.
     */
    Fate fate(byte[] frame, List<Action> actions) {
      Classifier.Classified read = read(frame);
      if (read != null) {
        datapath.install(read.key(), new Actions(actions.stream().map(this::here).toList()));
      }
      cables.getFirst().send(frame);
      cables.getFirst().send(END);
      List<List<String>> out = List.of(until(cables.get(1)), until(cables.get(2)));
      List<String> up = new ArrayList<>();
      datapath.poll(
          miss -> up.add(miss.reason() + " " + hex(miss.frame()) + " " + withoutPort(miss)), 0);
      if (read != null) {
        datapath.remove(List.of(read.key()));
      }
      return new Fate(out, up);
    }

    private static String withoutPort(Miss miss) {
      return miss.key().toString().replaceFirst("number=\\d+", "");
    }

    private Action here(Action action) {
      return action instanceof Action.Output(int index) ? new Action.Output(port(index)) : action;
    }

    private static List<String> until(Bench.Cable cable) {
      List<String> all = new ArrayList<>();
      String end = hex(END);
      while (true) {
        byte[] frame = cable.receive();
        String text = frame == null ? "nothing more" : hex(frame);
        if (text.equals(end)) {
          all.sort(null);
          return all;
        }
        all.add(text);
        if (frame == null) {
          return all;
        }
      }
    }
  }

  private static String hex(byte[] frame) {
    return HexFormat.of().formatHex(frame);
  }

  /** Outputs name cables. Checks come first, as they must. */
  private List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      actions.add(new Action.CheckMtu(random.nextInt(20, 260)));
    }
    if (random.nextInt(3) == 0) {
      actions.add(new Action.DecrementTtl(random.nextInt(1, 4)));
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      actions.add(action());
    }
    if (random.nextInt(8) > 0) {
      actions.add(new Action.Output(random.nextInt(1, 3)));
    }
    return actions;
  }

  private Action action() {
    return switch (random.nextInt(9)) {
      case 0 -> new Action.SetEther(new Mac(0x020000000000L | random.nextInt(256)), Packets.B);
      case 1 -> new Action.SetVlan(random.nextInt(4096));
      case 2 -> new Action.PopVlan();
      case 3 ->
          new Action.SetIp(new Ipv4Address(random.nextInt()), new Ipv4Address(random.nextInt()));
      case 4 -> new Action.SetIp(ipv6(), ipv6());
      case 5 -> new Action.SetPorts(random.nextInt(65_536), random.nextInt(65_536));
      case 6 -> new Action.SetIcmpId(random.nextInt(65_536));
      case 7 -> new Action.SetDscp(random.nextInt(64));
      default -> new Action.Output(random.nextInt(1, 3));
    };
  }

  private Ipv6Address ipv6() {
    return new Ipv6Address(random.nextLong(), random.nextLong());
  }
}
