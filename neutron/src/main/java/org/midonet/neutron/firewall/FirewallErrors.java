package org.midonet.neutron.firewall;

import java.util.List;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.PythonFormat;

/** What firewalls, policies and rules refuse, in Neutron's words; stateless. */
final class FirewallErrors {
  private FirewallErrors() {}

  private static NeutronException bad(String type, String message) {
    return new NeutronException(400, type, message);
  }

  static NeutronException pending(String firewall, String status) {
    return NeutronException.conflict(
        "FirewallInPendingState",
        "Operation cannot be performed since associated Firewall %s is in %s."
            .formatted(firewall, status));
  }

  static NeutronException routersInUse(List<String> routers) {
    return NeutronException.conflict(
        "FirewallRouterInUse",
        "Router(s) %s provided already associated with other Firewall(s). "
            .formatted(PythonFormat.repr(routers)));
  }

  static NeutronException routerInUse(String router) {
    return NeutronException.conflict("RouterInUse", "Router " + router + " is in use");
  }

  static NeutronException policyInUse(String policy) {
    return NeutronException.conflict(
        "FirewallPolicyInUse", "Firewall Policy " + policy + " is being used.");
  }

  static NeutronException policyConflict(String policy) {
    return NeutronException.conflict(
        "FirewallPolicyConflict",
        "Operation cannot be performed since Firewall Policy %s is not shared and does not belong to your tenant."
            .formatted(policy));
  }

  static NeutronException policySharing(String policy, String rule) {
    return NeutronException.conflict(
        "FirewallPolicySharingConflict",
        "Operation cannot be performed. Before sharing Firewall Policy %s, share associated Firewall Rule %s"
            .formatted(policy, rule));
  }

  static NeutronException ruleSharing(String policy, String rule) {
    return NeutronException.conflict(
        "FirewallRuleSharingConflict",
        "Operation cannot be performed since Firewall Policy %s is shared but Firewall Rule %s is not shared"
            .formatted(policy, rule));
  }

  static NeutronException ruleConflict(String rule, String project) {
    return NeutronException.conflict(
        "FirewallRuleConflict",
        "Operation cannot be performed since Firewall Rule %s is not shared and belongs to another tenant %s"
            .formatted(rule, project));
  }

  static NeutronException ruleInUse(String rule) {
    return NeutronException.conflict(
        "FirewallRuleInUse", "Firewall Rule " + rule + " is being used.");
  }

  /** The two spaces are Neutron's. */
  static NeutronException ruleElsewhere(String policy, String rule) {
    return bad(
        "FirewallRuleNotAssociatedWithPolicy",
        "Firewall Rule %s is not associated  with Firewall Policy %s.".formatted(rule, policy));
  }

  static NeutronException ruleMissing() {
    return bad(
        "FirewallRuleInfoMissing", "Missing rule info argument for insert/remove rule operation.");
  }

  static NeutronException protocol(String protocol) {
    return bad(
        "FirewallRuleInvalidProtocol",
        "Firewall Rule protocol %s is not supported. Only protocol values [None, 'tcp', 'udp', 'icmp'] and their integer representation (0 to 255) are supported."
            .formatted(protocol));
  }

  static NeutronException port(String port) {
    return bad("FirewallRuleInvalidPortValue", "Invalid value for port " + port + ".");
  }

  static NeutronException portsWithoutProtocol() {
    return bad(
        "FirewallRuleWithPortWithoutProtocolInvalid",
        "Source/destination port requires a protocol");
  }

  static NeutronException portsOfIcmp() {
    return bad(
        "FirewallRuleInvalidICMPParameter",
        "Source, destination port are not allowed when protocol is set to ICMP.");
  }

  static NeutronException addressVersion() {
    return bad(
        "FirewallIpAddressConflict", "Invalid input - IP addresses do not agree with IP Version");
  }
}
