"""What every surface needs and none owns: reading files, profiles, configuration, and the result of a run."""
