package org.midonet.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.midonet.packets.EtherType;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

final class ObjectTypeTest {
  private static final UUID ID = new UUID(1, 2);

  @Test
  void everyRecordIsOfExactlyOneKind() {
    assertThat(ObjectType.all()).doesNotHaveDuplicates();
    assertThat(ObjectType.all().stream().map(type -> type.javaClass().getName()).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(TopologyObject.class.getPermittedSubclasses()).map(Class::getName).toList());
    assertThat(ObjectType.named("Network")).contains(ObjectType.BRIDGE);
  }

  @Test
  void ruleSurvivesStorage() {
    Condition condition =
        Condition.builder()
            .inPorts(List.of(new UUID(3, 4)))
            .dlType(EtherType.ARP)
            .invDlType(true)
            .dlSrc(Mac.parse("fa:16:3e:00:00:01"))
            .nwSrc(IpPrefix.parse("10.0.0.1/24"))
            .nwProto(0)
            .tpDst(new TpRange(null, 80))
            .fragmentPolicy(FragmentPolicy.HEADER)
            .build();
    NatTarget target =
        new NatTarget(Ipv4Address.parse("200.0.0.2"), Ipv4Address.parse("200.0.0.9"), 1024, 65535);
    for (RuleAction action :
        List.of(
            RuleAction.DROP,
            new RuleAction.Snat(List.of(target), RuleAction.FlowAction.ACCEPT),
            new RuleAction.ReverseDnat(RuleAction.FlowAction.CONTINUE),
            new RuleAction.Jump(new UUID(5, 6), null))) {
      assertSurvives(new Rule(ID, new UUID(7, 8), condition, action, null, "meter"));
    }
    assertSurvives(new Rule(ID, null, Condition.ALL, RuleAction.ACCEPT, null, null));
  }

  @Test
  void emptyObjectsSurviveStorage() {
    assertSurvives(PortBuilder.builder().id(ID).build());
    assertSurvives(RouterBuilder.builder().id(ID).name("").asNumber(-1).build());
  }

  @Test
  void storedTextLeavesOutWhatIsEmpty() {
    assertThat(
            new String(
                ObjectType.PORT.encode(PortBuilder.builder().id(ID).tunnelKey(7).build()),
                StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"00000000-0000-0001-0000-000000000002\",\"tunnelKey\":7}");
  }

  @Test
  void documentsKeepEveryField() {
    NeutronObject network =
        new NeutronObject(
            ObjectType.NEUTRON_NETWORK,
            ID,
            Map.of("id", ID.toString(), "mtu", 1500, "admin_state_up", false, "tags", List.of()));
    assertSurvives(network);
    assertThat(network.with("name", null).document()).containsEntry("name", null);
  }

  @Test
  void unknownFieldsArePassedOver() {
    byte[] json = ("{\"id\":\"" + ID + "\",\"colour\":\"blue\"}").getBytes(StandardCharsets.UTF_8);
    assertThat(ObjectType.CHAIN.decode(ID, json)).isEqualTo(ChainBuilder.builder().id(ID).build());
  }

  @Test
  void corruptTextIsRefused() {
    for (String text : List.of("", "{", "null", "{}", "{\"id\":\"x\"}", "[1]")) {
      assertThatIllegalArgumentException()
          .as(text)
          .isThrownBy(() -> ObjectType.PORT.decode(ID, text.getBytes(StandardCharsets.UTF_8)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ObjectType.NEUTRON_PORT.decode(ID, "17".getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertSurvives(TopologyObject object) {
    ObjectType<?> type = object.type();
    assertThat(type.decode(object.id(), type.encodeObject(object))).isEqualTo(object);
  }
}
