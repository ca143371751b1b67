package org.midonet.agent.datapath;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

@Tag("root")
final class EbpfTemplateIT extends TemplateContract {
  @Override
  Bench open() {
    DatapathConfig config = new DatapathConfig("tmpl", 1000, 1 << 20, 1000, 100, Optional.empty());
    return new EbpfBench(config, List.of(DatapathContract.FIRST, DatapathContract.SECOND));
  }
}
