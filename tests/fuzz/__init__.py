"""Code that nobody wrote: the project's own examples, changed at random, through the whole engine."""
