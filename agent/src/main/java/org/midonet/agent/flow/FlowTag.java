package org.midonet.agent.flow;

/**
 * Something that a decision rested on: a device, a rule chain, a route, a learned address. When it
 * changes, the flows with the tag go. Implementations are values: they compare by what they name.
 */
public interface FlowTag {}
