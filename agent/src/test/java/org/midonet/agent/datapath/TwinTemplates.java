package org.midonet.agent.datapath;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;

/** The templates of two datapaths as one: both get every order. Safe to share between threads. */
record TwinTemplates(TemplateCache memory, TemplateCache kernel) implements TemplateCache {
  @Override
  public int slots() {
    return Math.min(memory.slots(), kernel.slots());
  }

  @Override
  public boolean install(int slot, Template template) {
    if (!kernel.install(slot, template)) {
      return false;
    }
    return memory.install(slot, template);
  }

  @Override
  public void retire(int slot) {
    memory.retire(slot);
    kernel.retire(slot);
  }

  @Override
  public void kill(int slot) {
    memory.kill(slot);
    kernel.kill(slot);
  }

  @Override
  public void free(int slot) {
    memory.free(slot);
    kernel.free(slot);
  }

  @Override
  public long begun(int slot) {
    return kernel.begun(slot);
  }

  @Override
  public void forEachBegun(Consumer<BegunFlow> visitor) {
    kernel.forEachBegun(visitor);
  }

  @Override
  public @Nullable BegunFlow begun(FlowKey key) {
    return kernel.begun(key);
  }

  @Override
  public @Nullable BegunFlow takeOut(FlowKey key) {
    memory.takeOut(key);
    return kernel.takeOut(key);
  }

  @Override
  public long credit(int account) {
    return kernel.credit(account);
  }

  @Override
  public void addCredit(int account, long more) {
    memory.addCredit(account, more);
    kernel.addCredit(account, more);
  }

  @Override
  public Map<Integer, Template> adopted() {
    return kernel.adopted();
  }
}
