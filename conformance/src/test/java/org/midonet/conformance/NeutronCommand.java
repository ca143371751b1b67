package org.midonet.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The neutron command line of python3-neutronclient, which still has what the openstack one never
 * got, as one user; safe to share between threads.
 *
 * @param environment the OS_ variables that tell it where and who
 */
record NeutronCommand(Map<String, String> environment) {

  private static final JsonMapper JSON = new JsonMapper();

  static NeutronCommand as(String user, Deployment deployment) {
    return new NeutronCommand(OpenStackCommand.environment(user, deployment));
  }

  /** Runs a command line such as {@code firewall-list}; words are separated by blanks. */
  Script.Result run(String commandLine) {
    var command = new ArrayList<String>();
    command.add("/usr/bin/neutron");
    command.addAll(List.of(commandLine.split(" ")));
    return Script.run(Duration.ofMinutes(2), environment, command);
  }

  /** Runs a command that must succeed and whose output does not matter. */
  void perform(String commandLine) {
    run(commandLine).orThrow();
  }

  /** Runs a command that must succeed with {@code -f json} and gives what it printed. */
  JsonNode json(String commandLine) {
    String printed = run(commandLine + " -f json").orThrow();
    // "Created a new firewall:" and the like comes first.
    int start = printed.indexOf('{');
    int list = printed.indexOf('[');
    return JSON.readTree(
        printed.substring(list >= 0 && (start < 0 || list < start) ? list : start));
  }
}
