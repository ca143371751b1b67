package org.midonet.plugin.client;

import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;

/**
 * The client of a server without a MidoNet: nobody is told. Stateless, safe to share between
 * threads.
 */
public final class NullClient implements MidonetClient {

  @Override
  public void initialize(Sessions sessions) {}

  @Override
  public void precommit(Session session, MidonetCall call) {}

  @Override
  public void postcommit(MidonetCall call) {}

  @Override
  public boolean isToldByCommit() {
    return true;
  }

  @Override
  public String describe() {
    return "No MidoNet is told (client = none in [MIDONET]): resources are stored, nothing forwards packets.";
  }
}
