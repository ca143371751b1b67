/**
 * The program showing itself: two projects' networks made through the API, network namespaces as
 * their machines, and what reaches what. The command {@code midonet demo} runs it.
 */
@NullMarked
package org.midonet.app.demo;

import org.jspecify.annotations.NullMarked;
