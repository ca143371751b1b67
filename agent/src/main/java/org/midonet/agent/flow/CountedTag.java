package org.midonet.agent.flow;

/** A tag whose flows are counted together, for as long as the table lives. */
public interface CountedTag extends FlowTag {}
