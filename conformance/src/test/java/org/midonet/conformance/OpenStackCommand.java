package org.midonet.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The openstack command line of python3-openstackclient, as one user; safe to share between
 * threads.
 *
 * @param environment the OS_ variables that tell it where and who
 */
record OpenStackCommand(Map<String, String> environment) {

  private static final JsonMapper JSON = new JsonMapper();

  static OpenStackCommand as(String user, Deployment deployment) {
    return new OpenStackCommand(environment(user, deployment));
  }

  static Map<String, String> environment(String user, Deployment deployment) {
    return Map.of(
        "OS_AUTH_URL", deployment.keystone().url(),
        "OS_IDENTITY_API_VERSION", "3",
        "OS_USERNAME", user,
        "OS_PASSWORD", Keystone.PASSWORD,
        "OS_PROJECT_NAME", user,
        "OS_USER_DOMAIN_ID", "default",
        "OS_PROJECT_DOMAIN_ID", "default",
        "OS_REGION_NAME", "RegionOne",
        "PYTHONWARNINGS", "ignore");
  }

  /** Runs a command line such as {@code network create a}; words are separated by blanks. */
  Script.Result run(String commandLine) {
    var command = new ArrayList<String>();
    command.add("/usr/bin/openstack");
    command.addAll(List.of(commandLine.split(" ")));
    return Script.run(Duration.ofMinutes(2), environment, command);
  }

  /** Runs a command that must succeed and whose output does not matter. */
  void perform(String commandLine) {
    run(commandLine).orThrow();
  }

  /** Runs a command that must succeed with {@code -f json} and gives what it printed. */
  JsonNode json(String commandLine) {
    return JSON.readTree(run(commandLine + " -f json").orThrow());
  }
}
