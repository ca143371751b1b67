package org.midonet.neutron.service;

/**
 * What a project has of a resource; immutable.
 *
 * @param project the owner's project
 * @param resource as in {@code security_group}
 */
public record Usage(String project, String resource) implements Comparable<Usage> {
  @Override
  public int compareTo(Usage other) {
    int byProject = project.compareTo(other.project);
    return byProject != 0 ? byProject : resource.compareTo(other.resource);
  }
}
