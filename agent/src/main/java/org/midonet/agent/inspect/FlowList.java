package org.midonet.agent.inspect;

import java.io.IOException;
import java.io.Writer;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.forward.Forwarding;

/** Lists the flows of an agent. Stateless. */
public final class FlowList {
  private FlowList() {}

  /**
   * Writes those that match, the oldest first. The table is read at once, and then written as fast
   * as it is taken: whoever reads slowly holds up nobody.
   *
   * @param json one object on a line each, else text
   */
  public static void write(Forwarding forwarding, FlowQuery query, boolean json, Writer out)
      throws IOException {
    Names names = new Names(forwarding);
    FlowText text = new FlowText(names);
    FlowJson object = new FlowJson(names);
    int left = query.limit();
    for (FlowTable.Seen seen : forwarding.flows().flows()) {
      if (left == 0) {
        return;
      }
      if (query.matches(seen.flow(), names)) {
        left--;
        out.write(json ? object.flow(seen).toString() : String.join("\n", text.lines(seen)));
        out.write('\n');
      }
    }
  }
}
