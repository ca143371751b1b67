package org.midonet.benchmarks.decisions;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;

/** No room for templates, so that each packet is decided. Stateless. */
final class NoTemplates implements TemplateCache {
  @Override
  public int slots() {
    return 0;
  }

  @Override
  public boolean install(int slot, Template template) {
    return false;
  }

  @Override
  public void retire(int slot) {}

  @Override
  public void kill(int slot) {}

  @Override
  public void free(int slot) {}

  @Override
  public long begun(int slot) {
    return 0;
  }

  @Override
  public void forEachBegun(Consumer<BegunFlow> visitor) {}

  @Override
  public @Nullable BegunFlow begun(FlowKey key) {
    return null;
  }

  @Override
  public @Nullable BegunFlow takeOut(FlowKey key) {
    return null;
  }

  @Override
  public long credit(int account) {
    return 0;
  }

  @Override
  public void addCredit(int account, long more) {}

  @Override
  public Map<Integer, Template> adopted() {
    return Map.of();
  }
}
