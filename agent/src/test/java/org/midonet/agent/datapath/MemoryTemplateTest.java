package org.midonet.agent.datapath;

final class MemoryTemplateTest extends TemplateContract {
  @Override
  Bench open() {
    return MemoryDatapathTest.bench();
  }
}
