package org.midonet.neutron.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.auth.RequestContext;

final class RpcDispatcherTest {
  private final RpcDispatcher dispatcher =
      new RpcDispatcher(
          List.of(
              RpcEndpoint.version("1.2").method("echo", (_, args) -> args.string("text")).build(),
              RpcEndpoint.version("2.0").method("twice", (_, _) -> 2L).build()));

  @Test
  void sameOrLowerMinorVersionIsServed() throws Exception {
    assertThat(dispatch("echo", "1.2", Map.of("text", "hi"))).isEqualTo("hi");
    assertThat(dispatch("echo", "1.0", Map.of("text", "hi"))).isEqualTo("hi");
    assertThat(dispatch("twice", "2.0", Map.of())).isEqualTo(2L);
  }

  @Test
  void higherVersionIsRefusedAsOsloDoes() {
    assertThatThrownBy(() -> dispatch("echo", "1.3", Map.of()))
        .hasMessage("Endpoint does not support RPC version 1.3. Attempted method: echo");
    assertThatThrownBy(() -> dispatch("echo", "3.0", Map.of()))
        .satisfies(e -> assertThat(RpcFailure.of(e).type()).isEqualTo("UnsupportedVersion"));
  }

  @Test
  void unknownMethodIsRefusedAsOsloDoes() {
    assertThatThrownBy(() -> dispatch("nothing", "1.0", Map.of()))
        .hasMessage("Endpoint does not support RPC method nothing")
        .satisfies(e -> assertThat(RpcFailure.of(e).type()).isEqualTo("NoSuchMethod"));
  }

  @Test
  void missingOrWrongArgumentIsATypeError() {
    assertThatThrownBy(() -> dispatch("echo", "1.0", Map.of()))
        .hasMessageContaining("'text'")
        .satisfies(e -> assertThat(RpcFailure.of(e).type()).isEqualTo("TypeError"));
    assertThatThrownBy(() -> dispatch("echo", "1.0", Map.of("text", 5L)))
        .hasMessageContaining("must be a String: 5");
  }

  private @Nullable Object dispatch(
      String method, String version, Map<String, @Nullable Object> args) throws Exception {
    RequestContext context = RequestContext.admin("req-1");
    return dispatcher.dispatch(new RpcRequest(method, args, null, version, context, "u", null));
  }
}
