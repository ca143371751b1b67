package org.midonet.agent.control;

/**
 * What a program asks the agent. Immutable, safe to share.
 *
 * @param path with its query, if any
 * @param body empty if there is none
 */
public record ControlRequest(String method, String path, String body) {}
