package org.midonet.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.midonet.nsdb.NsdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code mm-ctl} was asked for while no agent ran: a file for each port, with the interface's
 * name, or empty where the port is to be taken off. Stateless.
 *
 * <p>They lie beside the socket, and so, like the interfaces, are gone when the machine was started
 * again. {@code mm-ctl} looks for the agent once more after it wrote one, so that the agent reads
 * them after it began to listen.
 */
public final class BindingNotes {
  private static final Logger LOG = LoggerFactory.getLogger(BindingNotes.class);
  private static final String FOLDER = "bindings";

  private BindingNotes() {}

  /**
   * Does what is noted. What cannot be done is reported and forgotten, except while the topology
   * cannot be reached.
   *
   * @param socket the agent's
   */
  public static void carryOut(Path socket, Bindings bindings) {
    Path folder = socket.resolveSibling(FOLDER);
    for (Path note : notes(folder)) {
      try {
        doAs(note, bindings);
        Files.deleteIfExists(note);
      } catch (NsdbException | IOException e) {
        LOG.warn("{} stays for the next agent: {}", note, e.getMessage());
      }
    }
  }

  private static List<Path> notes(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
    } catch (IOException e) {
      return List.of(); // nobody left one
    }
  }

  private static void doAs(Path note, Bindings bindings) throws IOException {
    String name = note.getFileName().toString();
    String device = Files.readString(note, StandardCharsets.UTF_8).strip();
    try {
      UUID port = UUID.fromString(name);
      if (device.isEmpty()) {
        bindings.unbind(port);
        LOG.info("Port {} is taken off this host, as was asked while no agent ran", port);
      } else {
        bindings.bind(port, device);
        LOG.info("Port {} is bound to {}, as was asked while no agent ran", port, device);
      }
    } catch (BindingException | IllegalArgumentException e) {
      LOG.warn("What was asked while no agent ran cannot be done: {}", e.getMessage());
    }
  }
}
