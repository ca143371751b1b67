package org.midonet.nsdb;

final class MemoryNsdbTest implements NsdbContract {
  private final MemoryNsdb nsdb = new MemoryNsdb();

  @Override
  public Nsdb open() {
    return nsdb.sibling();
  }
}
