package org.midonet.neutron.config;

/**
 * One assignment and where it was made ({@code file:line}, or what set it on the command line);
 * immutable.
 */
record IniEntry(OptionName name, String value, String origin) {}
