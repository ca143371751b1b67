package org.midonet.app.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What tcpdump sees on the eth0 of a machine, line by line. Safe to share between threads. */
final class Capture implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Capture(Process process) {
    this.process = process;
  }

  /** Starts it, and returns when it sees what comes. */
  static Capture start(Machine machine, String filter) {
    Process process =
        machine.start("tcpdump", "-l", "-n", "-e", "-v", "--immediate-mode", "-i", "eth0", filter);
    Capture capture = new Capture(process);
    BufferedReader reader = process.inputReader();
    Machine.background(() -> capture.read(reader));
    Until.within(10, "tcpdump listens", () -> capture.sees("listening on"));
    return capture;
  }

  private void read(BufferedReader reader) throws IOException {
    for (String line; (line = reader.readLine()) != null; ) {
      lines.add(line);
    }
  }

  /** Whether a line has a text. */
  boolean sees(String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }

  long count(Predicate<String> line) {
    return lines.stream().filter(line).count();
  }

  /** All so far, without what tcpdump says of itself. */
  List<String> lines() {
    return lines.stream().filter(line -> !line.contains("listening on")).toList();
  }

  /** Waits for a line with a text. */
  void await(String text) {
    Until.within(10, "a packet with " + text + " in " + lines, () -> sees(text));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
