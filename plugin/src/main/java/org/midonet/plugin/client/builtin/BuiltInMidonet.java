package org.midonet.plugin.client.builtin;

import java.util.Optional;
import org.midonet.neutron.error.NeutronException;
import org.midonet.nsdb.Nsdb;

/** The MidoNet beside this server. Implementations are safe to share between threads. */
public interface BuiltInMidonet {

  /**
   * The topology store, filled once; waits for it while the program starts.
   *
   * @throws NeutronException MidonetUnavailable (503) when it is not there in time
   */
  Nsdb nsdb();

  /** None, for those who never tell it anything: checks of the configuration, tools. */
  static BuiltInMidonet none() {
    return new BuiltInMidonet() {
      @Override
      public Nsdb nsdb() {
        throw unavailable("it was not started");
      }

      @Override
      public void committed(int task) {}
    };
  }

  /** The answer to whoever needs it while it is not there. */
  static NeutronException unavailable(String reason) {
    return new NeutronException(
        503, "MidonetUnavailable", "The built-in MidoNet is not available: " + reason + ".");
  }

  /** Says that all tasks up to an id are committed and on disk. */
  void committed(int task);

  /** Where requests leave what they know of their tasks, for an importer in this process. */
  default Optional<Prepared> prepared() {
    return Optional.empty();
  }
}
