package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What machines ask of 169.254.169.254. */
@Scenario
final class MetadataIT {
  private static final String METADATA = "169.254.169.254/latest/meta-data/";

  private static String signature(String device) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(FakeNova.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(device.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void novaIsAskedInTheNameOfTheMachine(Cloud cloud) throws Exception {
    String network = cloud.network("10.0.1.0/24");
    cloud.router(network);
    String device = "8d3c1c1f-4f3a-4d0e-9d6e-2f7d0c9c0a11";
    Machine machine = cloud.machine(network, Map.of("device_id", device));
    String path = "instance-id-" + cloud.project();
    Shell.Said said =
        machine.run(
            "curl", "-sS", "-m", "5", "-H", "X-Instance-ID: forged", "http://" + METADATA + path);
    assertThat(said.text()).isEqualTo("metadata of /latest/meta-data/" + path);
    assertThat(cloud.host().nova().requests("/latest/meta-data/" + path))
        .singleElement()
        .satisfies(request -> {
          assertThat(request.headers().get("X-Instance-ID")).containsExactly(device);
          assertThat(request.headers().getFirst("X-Tenant-ID")).isEqualTo(cloud.project());
          assertThat(request.headers().getFirst("X-Forwarded-For")).isEqualTo(machine.address());
          assertThat(request.headers().getFirst("X-Instance-ID-Signature"))
              .isEqualTo(signature(device));
        });
    assertThat(
            machine.inside(
                "curl -s -m 5 -o /dev/null -w %{http_code} http://" + METADATA + "missing"))
        .isEqualTo("404");
  }

  @Test
  void twoMachinesWithTheSameAddressAreToldApart(Cloud cloud) {
    for (String device : new String[] {"first", "second"}) {
      String network = cloud.network("10.0.1.0/24");
      cloud.router(network);
      Machine machine =
          cloud.machine(network, Cloud.with(Cloud.fixed("10.0.1.10"), Map.of("device_id", device)));
      String path = device + cloud.project();
      assertThat(machine.curl(METADATA + path).text()).contains(path);
      assertThat(cloud.host().nova().requests("/latest/meta-data/" + path))
          .singleElement()
          .satisfies(
              request -> assertThat(request.headers().getFirst("X-Instance-ID")).isEqualTo(device));
    }
  }

  @Test
  void whileNovaDoesNotAnswerTheMachineIsToldSo(Cloud cloud) {
    String network = cloud.network("10.0.1.0/24");
    cloud.router(network);
    Machine machine = cloud.machine(network, Map.of("device_id", "third"));
    cloud
        .host()
        .nova()
        .whileDown(() ->
            assertThat(machine.inside("curl -s -m 5 -w %{http_code} http://" + METADATA))
                .endsWith("503")
                .containsIgnoringCase("nova"));
    assertThat(machine.curl(METADATA).text()).contains("metadata of");
  }
}
